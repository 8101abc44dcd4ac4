// Compiles every ts, js, mjs and cjs code block of README.md and docs/*.md against lib/, so that no example in the
// documentation can go stale. Errors are reported at the line of the document.
// How a block is left out, continued or given something in advance: scripts/lib/markdown.mjs.
// Usage: node scripts/check-readme.mjs [files, default README.md and docs/*.md]
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compiledUnits } from './lib/markdown.mjs';
import { outputOf, report, root } from './lib/run.mjs';

// Inside the repository, so that `express` and its types are found; ignored by git, gone afterwards.
const FOLDER = `.tmp/readme-${process.pid}`;

// Only what would make examples longer than they have to be is relaxed. A .js example carries no types to be strict about.
const RELAXED = {
  noUnusedLocals: false,
  noUnusedParameters: false,
  noPropertyAccessFromIndexSignature: false,
  isolatedDeclarations: false,
  declaration: false,
  declarationMap: false,
  skipLibCheck: true, // the declarations of Drizzle and Sequelize, which a recipe shows, do not stand up to it
};
const PROJECTS = {
  'tsconfig.ts.json': { compilerOptions: RELAXED, include: ['*.ts'] },
  'tsconfig.js.json': {
    compilerOptions: { ...RELAXED, allowJs: true, checkJs: true, noImplicitAny: false },
    include: ['*.js', '*.mjs', '*.cjs'],
  },
};

const documents = process.argv.length > 2 ? process.argv.slice(2) : defaultDocuments();
const units = new Map();
for (const document of documents) {
  for (const unit of compiledUnits(readFileSync(resolve(root, document), 'utf8'))) {
    const name = `${document.replace(/\W/g, '-')}-${unit.lines[0]?.line ?? 0}.${unit.extension}`;
    units.set(name, { document, ...unit });
  }
}
writeUnits();
const faults = Object.keys(PROJECTS).filter(hasUnits).flatMap(compile);
report(faults, `${documents.join(', ')}: ${units.size} code blocks compile`);
rmSync(`${root}${FOLDER}`, { recursive: true, force: true });

function defaultDocuments() {
  const docs = existsSync(`${root}docs`) ? readdirSync(`${root}docs`) : [];
  return ['README.md', ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
}

function writeUnits() {
  mkdirSync(`${root}${FOLDER}`, { recursive: true });
  for (const [name, { lines }] of units) {
    writeFileSync(`${root}${FOLDER}/${name}`, lines.map(({ text }) => `${text}\n`).join(''));
  }
  for (const [name, settings] of Object.entries(PROJECTS)) {
    const config = { extends: '../../tsconfig.json', ...settings };
    writeFileSync(`${root}${FOLDER}/${name}`, JSON.stringify(config, null, 2));
  }
}

function hasUnits(project) {
  const isTypeScript = project === 'tsconfig.ts.json';
  return [...units.values()].some(({ extension }) => (extension === 'ts') === isTypeScript);
}

/** What tsc says about one project, each message moved to where the line stands in the document. */
function compile(project) {
  const { status, output } = outputOf('tsc', ['-p', `${FOLDER}/${project}`, '--pretty', 'false']);
  if (status === 0) return [];
  return output.trim().split('\n').map(inDocument);
}

function inDocument(message) {
  const [, name, line, column, rest] = /^.*?([^/]+)\((\d+),(\d+)\): (.*)$/.exec(message) ?? [];
  const unit = units.get(name);
  if (!unit) return message;
  const origin = unit.lines[Number(line) - 1] ?? unit.lines.at(-1);
  return `${unit.document}:${origin.line}:${column}: ${rest}`;
}
