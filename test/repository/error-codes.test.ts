// Every code that the source can produce has an entry in docs/error-codes.md, and the other way round.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(__dirname, '../..');
const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//g;

/** The codes that stand in string literals of the source; a code in a comment produces nothing. */
function codesOf(source: string): string[] {
  const literals = source.replace(COMMENT, '').matchAll(/(['"`])((?:ERR|WARN)_[A-Z0-9_]*[A-Z0-9])\1/g);
  return [...literals].map(([, , code]) => code!);
}

/** The entries of the page, each with what stands below its heading. */
function entriesOf(page: string): { code: string; text: string }[] {
  const [, ...sections] = page.split(/^## /m);
  return sections.map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    return { code: /^`((?:ERR|WARN)_[A-Z0-9_]+)`$/.exec(heading)?.[1] ?? heading, text: lines.join('\n') };
  });
}

/** What keeps the source and the page apart. */
function faultsOf(sources: readonly string[], page: string): string[] {
  const codes = new Set(sources.flatMap(codesOf));
  const entries = entriesOf(page);
  const documented = entries.map(({ code }) => code);
  const introduction = page.split(/^## /m)[0]!;
  return [
    ...[...codes].filter((code) => !documented.includes(code)).map((code) => `${code} has no entry`),
    ...documented.filter((code) => !codes.has(code)).map((code) => `${code} is not in the source`),
    ...documented
      .filter((code, index) => documented.indexOf(code) !== index)
      .map((code) => `${code} has two entries`),
    ...documented
      .filter((code) => !introduction.includes(`[\`${code}\`](#${code.toLowerCase()})`))
      .map((code) => `${code} is not linked at the top`),
    ...entries
      .filter(({ text }) => !text.includes('**What to do:**'))
      .map(({ code }) => `${code} says not what to do`),
    ...entries.filter(({ text }) => !/^```ts\n/m.test(text)).map(({ code }) => `${code} has no example`),
  ];
}

const sourceFiles = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const sourceOf = (name: string): string => readFileSync(join(ROOT, 'lib', name), 'utf8');

describe('docs/error-codes.md', () => {
  const page = readFileSync(join(ROOT, 'docs/error-codes.md'), 'utf8');

  test('has an entry, a link and an example for every code of the source, and for nothing else', () => {
    expect(faultsOf(sourceFiles.map(sourceOf), page)).toEqual([]);
  });

  test('knows the codes of all kinds: the union of errors, the refusals, those of the client, the warnings', () => {
    const codes = entriesOf(page).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(codesOf(sourceOf('errors.ts'))));
    expect(codes).toEqual(expect.arrayContaining(codesOf(sourceOf('express/types.ts'))));
    expect(codes).toEqual(expect.arrayContaining(codesOf(sourceOf('client/errors.ts'))));
    expect(codes).toEqual(expect.arrayContaining(codesOf(sourceOf('express/observing/types.ts'))));
    expect(codesOf(sourceOf('express/types.ts'))).toHaveLength(3);
    expect(codesOf(sourceOf('express/observing/types.ts'))).toHaveLength(11);
  });

  test.each(['errors.ts', 'express/observing/types.ts'])(
    'describes no code of %s that nothing gives',
    (file) => {
      const others = sourceFiles.filter((name) => name !== file);
      const given = new Set(others.flatMap((name) => codesOf(sourceOf(name))));
      expect(codesOf(sourceOf(file)).filter((code) => !given.has(code))).toEqual([]);
    },
  );
});

describe('The check itself', () => {
  const source = "throw new Oops('ERR_ONE'); /* 'ERR_COMMENT' */\n// 'ERR_COMMENT'\nconst code = `ERR_TWO`;";
  const entry = (code: string): string =>
    `## \`${code}\`\n\n**What to do:** this.\n\n\`\`\`ts\nf();\n\`\`\`\n\n`;
  const links = '[`ERR_ONE`](#err_one), [`ERR_TWO`](#err_two)\n\n';
  const right = `# Codes\n\n${links}${entry('ERR_ONE')}${entry('ERR_TWO')}`;

  test('finds nothing wrong with a right page', () => {
    expect(faultsOf([source], right)).toEqual([]);
  });

  test.each([
    {
      title: 'a code without an entry',
      page: right.replace(entry('ERR_TWO'), ''),
      fault: 'ERR_TWO has no entry',
    },
    {
      title: 'an entry in a paragraph',
      page: right.replace('## `ERR_ONE`', '`ERR_ONE`'),
      fault: 'ERR_ONE has no entry',
    },
    {
      title: 'a misspelt entry',
      page: right.replace('## `ERR_ONE`', '## `ERR_ON`'),
      fault: 'ERR_ON is not in the source',
    },
    { title: 'another heading', page: right + '## See also\n', fault: 'See also is not in the source' },
    {
      title: 'a code of a comment',
      page: right + entry('ERR_COMMENT'),
      fault: 'ERR_COMMENT is not in the source',
    },
    { title: 'an entry twice', page: right + entry('ERR_ONE'), fault: 'ERR_ONE has two entries' },
    {
      title: 'a link missing',
      page: right.replace('(#err_two)', '(#two)'),
      fault: 'ERR_TWO is not linked at the top',
    },
    {
      title: 'no advice',
      page: right.replace('**What to do:**', 'Do'),
      fault: 'ERR_ONE says not what to do',
    },
    {
      title: 'a warning that the source does not give',
      page: right + entry('WARN_THREE'),
      fault: 'WARN_THREE is not in the source',
    },
    { title: 'no example', page: right.replace('```ts', '```sh'), fault: 'ERR_ONE has no example' },
  ])('finds $title', ({ page, fault }) => {
    expect(faultsOf([source], page)).toContain(fault);
  });
});
