// Finds imports that run the wrong way, and import cycles, in a set of source files. Pure: text in, messages out.
import { posix } from 'node:path';
import { lineAt, withoutComments } from './source.mjs';

const IMPORT_FROM = /^import\s+([^;'"]*?)\s*from\s*['"]([^'"]+)['"]/gm;
const EXPORT_FROM = /^export\s+((?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?))\s*from\s*['"]([^'"]+)['"]/gm;
const BARE_IMPORT = /^import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC_IMPORT = /\bimport\(\s*['"]([^'"]+)['"]/g;

/** Every import of one file: `{ line, specifier, typeOnly }`. */
export function importsOf(text) {
  const code = withoutComments(text);
  const found = (pattern, read) =>
    [...code.matchAll(pattern)].map((match) => ({ line: lineAt(code, match.index), ...read(match) }));
  const withClause = ([, clause, specifier]) => ({ specifier, typeOnly: isTypeOnly(clause) });
  return [
    ...found(IMPORT_FROM, withClause),
    ...found(EXPORT_FROM, withClause),
    ...found(BARE_IMPORT, ([, specifier]) => ({ specifier, typeOnly: false })),
    ...found(DYNAMIC_IMPORT, ([, specifier]) => ({ specifier, typeOnly: false })),
  ];
}

/** `type { … }` as a whole, or braces in which every name is marked: `{ type A, type B }`. */
function isTypeOnly(clause) {
  if (/^type\s+[{*A-Za-z_$]/.test(clause)) return true;
  const names = /^\{([\s\S]*)\}$/.exec(clause)?.[1].split(',') ?? [''];
  const given = names.map((name) => name.trim()).filter((name) => name !== '');
  return given.length > 0 && given.every((name) => name.startsWith('type '));
}

/** The messages for all files, given as `{ path, text }` with paths relative to the folder the rules speak of. */
export function layerFaults(files, rules, folder) {
  const paths = new Set(files.map((file) => file.path));
  const faults = [];
  const graph = new Map();
  for (const { path, text } of files) {
    const imports = importsOf(text).map((found) => ({ ...found, target: targetOf(path, found.specifier) }));
    const at = (found) => `${folder}/${path}:${found.line}`;
    for (const found of imports) {
      const local = found.target !== undefined;
      if (local && !paths.has(found.target))
        faults.push(`${at(found)}: imports ${found.specifier}, which is not there`);
      else faults.push(...ruleFault(path, found, rules).map((message) => `${at(found)}: ${message}`));
    }
    graph.set(
      path,
      imports.map((found) => found.target).filter((target) => paths.has(target)),
    );
  }
  return [...faults, ...cycles(graph).map((cycle) => `import cycle: ${cycle.join(' -> ')}`)];
}

function targetOf(path, specifier) {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
}

function ruleFault(path, { specifier, target, typeOnly }, rules) {
  const layer = layerOf(path);
  const rule = rules[layer];
  if (!rule) return [`no rule for "${layer}": add it to the table in scripts/check-layers.mjs`];
  const wanted = target ?? specifier;
  if (target !== undefined && layerOf(target) === layer) return [];
  if (allows(rule.values, wanted) || (typeOnly && allows(rule.types, wanted))) return [];
  const what = `${layer} imports ${typeOnly ? 'types' : 'values'} from ${wanted}`;
  return [`${what}; it may import ${listed(rule.values)}, and types from ${listed(rule.types)}`];
}

/** The first folder of a path, or the file itself when it lies in no folder. */
function layerOf(path) {
  return path.split('/')[0];
}

function allows(patterns, wanted) {
  return patterns.some(
    (pattern) =>
      pattern === '*' ||
      wanted === pattern ||
      (pattern.endsWith(':') ? wanted.startsWith(pattern) : wanted.startsWith(`${pattern}/`)),
  );
}

function listed(patterns) {
  return patterns.length === 0 ? 'nothing' : patterns.join(', ');
}

/** One way round each cycle: the graph is walked depth first, and an arrow to a file still being walked closes one. */
function cycles(graph) {
  const found = [];
  const done = new Set();
  const walk = (path, trail) => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path]);
    if (done.has(path) || trail.includes(path)) return;
    for (const next of graph.get(path)) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return found;
}
