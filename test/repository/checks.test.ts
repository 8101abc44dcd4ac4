// Each check of the repository is shown a planted fault: a check that cannot fail proves nothing.
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runScript, withFiles } from '../helpers/scripts.js';

describe('check-lock', () => {
  const entry = { version: '1.0.0', integrity: 'sha512-x' };
  const tool = { ...entry, optionalDependencies: { 'tool-linux': '1.0.0', 'tool-darwin': '1.0.0' } };
  const check = (packages: object) => {
    let result;
    withFiles({ 'lock.json': JSON.stringify({ packages }) }, (folder) => {
      result = runScript('check-lock.mjs', join(folder, 'lock.json'));
    });
    return result;
  };

  test('passes when every platform package has an entry, nested or not', () => {
    const packages = {
      'node_modules/a/node_modules/tool': tool,
      'node_modules/a/node_modules/tool-linux': entry,
      'node_modules/tool-darwin': entry,
    };
    expect(check(packages)).toMatchObject({ status: 0 });
  });

  test('fails when a platform package has no entry', () => {
    const packages = { 'node_modules/tool': tool, 'node_modules/tool-linux': entry };
    expect(check(packages)).toMatchObject({
      status: 1,
      output: expect.stringContaining('names tool-darwin'),
    });
  });

  test('fails when an entry names where it came from', () => {
    const packages = { 'node_modules/a': { ...entry, resolved: 'https://packages.example/a.tgz' } };
    expect(check(packages)).toMatchObject({ status: 1, output: expect.stringContaining('"resolved"') });
  });
});

describe('check-readme', () => {
  const check = (markdown: string) => {
    let result;
    withFiles({ 'page.md': markdown }, (folder) => {
      result = runScript('check-readme.mjs', join(folder, 'page.md'));
    });
    return result;
  };
  const fenced = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\`\n`;

  test('compiles blocks, continued blocks and blocks with something given, and leaves out skipped ones', () => {
    const markdown = [
      fenced('ts', "import { isWeak } from 'http-preconditions/core';"),
      `<!-- check: continue -->\n${fenced('ts', 'const weak: boolean = isWeak(\'W/"a"\');')}`,
      `<!-- check: given\ndeclare const n: number;\n-->\n${fenced('ts', 'n.toFixed();')}`,
      `<!-- check: skip -->\n${fenced('ts', 'not code')}`,
      fenced('cjs', "const { isWeak } = require('http-preconditions/core');"),
    ].join('\n');
    expect(check(markdown)).toMatchObject({ status: 0, output: expect.stringContaining('3 code blocks') });
  });

  test('fails with the line of the document', () => {
    const markdown = `# Title\n\n${fenced('ts', "import { nothing } from 'http-preconditions/core';")}`;
    const output = expect.stringMatching(/page\.md:4:10: error TS2305/);
    expect(check(markdown)).toMatchObject({ status: 1, output });
  });
});

describe('conformance --check', () => {
  // Put together here, so that the scan of this repository's own tests does not take them for ids.
  const id = (name: string) => `R-${name}`;
  const list = {
    groups: [{ id: 'A', title: 'Tags' }],
    requirements: [
      { id: id('1-a'), group: 'A', section: '1', level: 'MUST', text: 'one', applies: true },
      { id: id('1-b'), group: 'A', section: '1', level: 'def', text: 'two', applies: false, reason: 'n/a' },
    ],
  };
  const check = (testCode: string, { written = true } = {}) => {
    let result;
    const files = { 'docs/requirements.json': JSON.stringify(list), 'test/a.test.ts': testCode };
    withFiles(files, (folder) => {
      if (written) runScript('conformance.mjs', folder);
      result = runScript('conformance.mjs', '--check', folder);
    });
    return result;
  };

  test('passes when every requirement that applies has a test and the page is up to date', () => {
    expect(check(`test('a tag, ${id('1-a')}', () => {});`)).toMatchObject({ status: 0 });
  });

  test('fails when an id stands in a comment only', () => {
    const output = expect.stringContaining(`no test carries ${id('1-a')}`);
    expect(check(`// ${id('1-a')}`)).toMatchObject({ status: 1, output });
  });

  test('fails when a test names an unknown id', () => {
    const output = expect.stringContaining(`test/a.test.ts: ${id('9-z')} is not in`);
    expect(check(`test('${id('1-a')} ${id('9-z')}', () => {});`)).toMatchObject({ status: 1, output });
  });

  test('fails when the page is out of date', () => {
    const output = expect.stringContaining('out of date');
    expect(check(`test('${id('1-a')}', () => {});`, { written: false })).toMatchObject({ status: 1, output });
  });
});
