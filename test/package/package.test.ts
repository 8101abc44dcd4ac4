// The package as it is published, installed into small projects of others.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { type ExpressMajor, succeed, useInstalledPackage } from './installed.js';

const CONSUMERS = join(__dirname, 'consumers');
const TSC = join(__dirname, '../../node_modules/typescript/bin/tsc');
const MAJORS: readonly ExpressMajor[] = [4, 5];

jest.setTimeout(60_000);
const installed = useInstalledPackage();

describe.each(MAJORS)('With Express %i', (major) => {
  test.each(['mjs', 'cjs'])('a project in .%s answers 304 and 412 through every entry point', (format) => {
    const folder = installed.project(major);
    for (const name of ['scenario.cjs', `plain.${format}`]) cpSync(join(CONSUMERS, name), join(folder, name));
    const { stdout } = succeed(process.execPath, [`plain.${format}`], folder);
    expect(JSON.parse(stdout)).toEqual({
      middleware: [304, 412],
      core: [304, 412],
      client: [304, 412],
      testing: [304, 412],
      command: 0,
    });
  });

  test.each([
    { mode: 'node16', module: 'node16', formats: ['module', 'commonjs'] },
    { mode: 'nodenext', module: 'nodenext', formats: ['module', 'commonjs'] },
    { mode: 'bundler', module: 'esnext', formats: ['module'] },
  ])('a project in TypeScript compiles under $mode, and answers 304 and 412', ({ mode, module, formats }) => {
    // One program, as where a project and what it depends on have different formats.
    const program = join(installed.project(major), mode);
    for (const type of formats) addTyped(join(program, type), type);
    compile(program, { module, moduleResolution: mode, target: 'es2022', types: ['node'] });
    for (const type of formats) {
      const { stdout } = succeed(process.execPath, ['typed.js'], join(program, type));
      expect(JSON.parse(stdout)).toMatchObject({ seen: [304, 412], tag: '"1"' });
    }
  });
});

function addTyped(folder: string, type: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
  cpSync(join(CONSUMERS, 'typed.ts'), join(folder, 'typed.ts'));
}

function compile(folder: string, options: object): void {
  const compilerOptions = { strict: true, skipLibCheck: false, ...options };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  succeed(process.execPath, [TSC, '-p', '.'], folder);
}

test('core and client compile for browsers, without the types of Node and Express', () => {
  const folder = installed.project();
  const entries = ['core', 'client'].map((name) => `export * as ${name} from 'http-preconditions/${name}';`);
  writeFileSync(join(folder, 'page.ts'), entries.join('\n'));
  const lib = ['es2022', 'dom'];
  compile(folder, { module: 'esnext', moduleResolution: 'bundler', target: 'es2022', lib, types: [] });
  expect(succeed(process.execPath, ['page.js'], folder).status).toBe(0);
});

describe('The tarball', () => {
  const codeFiles = (): string[] => installed.files.filter((file) => /^dist\/.*\.(js|d\.ts)$/.test(file));

  test('holds what is needed and what the source maps lead to, and no tests', () => {
    const folders = new Set(installed.files.map((file) => file.split('/')[0]));
    const expected = ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'lib', 'package.json'];
    expect(folders).toEqual(new Set(expected));
    expect(installed.files.filter((file) => /test-d|\.test\.|\.cases\.|__|(^|\/)\./.test(file))).toEqual([]);
  });

  test('holds the pages that its README and its errors name, and nothing else of docs', () => {
    const links = installed.textOf('README.md').matchAll(/\]\((docs\/[^/)#]+\.md)/g);
    const named = ['docs/error-codes.md', ...[...links].map(([, page]) => page!)];
    expect(named.length).toBeGreaterThan(10);
    expect(installed.files).toEqual(expect.arrayContaining(named));
    const inDocs = installed.files.filter((file) => file.startsWith('docs/'));
    expect(inDocs.filter((file) => !/^docs\/[a-z-]+\.md$/.test(file))).toEqual([]);
  });

  test('has a source map for every script and every declaration, and every source that it names', () => {
    const files = new Set(installed.files);
    const sources = codeFiles().flatMap((file) => sourcesOf(file));
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.filter((source) => !files.has(source))).toEqual([]);
  });

  test('imports etag and Node alone; its types name Express besides', () => {
    const imported = (extension: string): string[] => {
      const files = codeFiles().filter((file) => file.endsWith(extension));
      const names = files.flatMap((file) => importsOf(installed.textOf(file)));
      return [...new Set(names)].filter((name) => !name.startsWith('node:'));
    };
    expect(imported('.js')).toEqual(['etag']);
    expect(new Set(imported('.d.ts'))).toEqual(new Set(['express', 'express-serve-static-core']));
  });

  test('has a manifest that says what bundlers, lawyers and installers ask', () => {
    const manifest = JSON.parse(installed.textOf('package.json')) as object;
    expect(manifest).toMatchObject({ sideEffects: false, license: 'MIT', dependencies: { etag: '^1.8.1' } });
    expect(installed.textOf('LICENSE')).toMatch(/^MIT License/);
  });

  test('runs nothing when it is installed', () => {
    const { scripts } = JSON.parse(installed.textOf('package.json')) as { scripts: Record<string, string> };
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
    expect(installed.installation).toMatch(/^\n?added 2 packages/);
  });
});

function sourcesOf(file: string): string[] {
  const { sources } = JSON.parse(installed.textOf(`${file}.map`)) as { sources: string[] };
  return sources.map((source) => posix.join(posix.dirname(file), source));
}

/** What a file asks of other packages. */
function importsOf(code: string): string[] {
  const specifiers = code.matchAll(
    /(?:\bfrom|\bimport|\brequire\(|\bimport\(|\bmodule)\s*['"]([^.'"][^'"]*)['"]/g,
  );
  return [...specifiers].map(([, specifier]) => specifier!);
}

describe('Source maps', () => {
  const FAILS = `try { strong('"'); } catch (error) { console.log(error.stack); }`;

  test.each([
    { format: 'ES modules', file: 'fail.mjs', line: `import { strong } from 'http-preconditions'; ${FAILS}` },
    {
      format: 'CommonJS',
      file: 'fail.cjs',
      line: `const { strong } = require('http-preconditions'); ${FAILS}`,
    },
  ])('lead from a stack in $format to the line of TypeScript that throws', ({ file, line }) => {
    const folder = installed.project();
    writeFileSync(join(folder, file), line);
    const { stdout } = succeed(process.execPath, ['--enable-source-maps', file], folder);
    const [, path, number] = /^\s+at .*http-preconditions\/(lib\/.+\.ts):(\d+):/m.exec(stdout) ?? [];
    expect(installed.textOf(path!).split('\n')[Number(number) - 1]).toMatch(/throw new|new HttpPre/);
  });
});

test('What a project loads stays within the size budget', () => {
  const sizeLimit = join(__dirname, '../../node_modules/.bin/size-limit');
  const { stdout } = succeed(sizeLimit, ['--json'], installed.stage);
  expect((JSON.parse(stdout) as { passed: boolean }[]).every(({ passed }) => passed)).toBe(true);
});
