import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../lib/cli/version.js';
import { invoke } from './invoke.js';

const MANIFEST = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
  readonly version: string;
};

describe('The command', () => {
  test.each([['--help'], ['-h'], ['help'], ['check', '--help'], ['check', 'http://127.0.0.1:9/', '-h']])(
    'prints its help: %s %s %s',
    async (...argv) => {
      const { status, out, err } = await invoke(argv.filter((word) => word !== undefined));
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toContain('Usage: http-preconditions check URL [options]');
    },
  );

  test('takes every option that its help names, and its help names every option', async () => {
    const { out } = await invoke(['--help']);
    const [named = ''] = out.split('\nExamples\n');
    const options = [...new Set([...named.matchAll(/(?<![\w-])--[a-z-]+/g)].map(([option]) => option))];
    expect(options.toSorted()).toEqual([
      '--absent',
      '--features',
      '--header',
      '--help',
      '--json',
      '--junit',
      '--level',
      '--list',
      '--no-color',
      '--only',
      '--skip',
      '--timeout',
      '--version',
      '--write',
    ]);
    for (const option of options) {
      const { err } = await invoke([option]);
      expect(err).not.toContain('There is no option');
    }
  });

  test('names every feature that it takes', async () => {
    const { err } = await invoke(['check', 'http://127.0.0.1:9/', '--features', 'everything']);
    const [, list = ''] = /Expected some of (.*)\. See/.exec(err) ?? [];
    expect(list.split(', ').length).toBeGreaterThan(8);
    const { out } = await invoke(['--help']);
    for (const feature of list.split(', ')) expect(out).toMatch(new RegExp(`[ ,]${feature}[,\\n]`));
  });

  test('stays within 120 columns', async () => {
    const { out } = await invoke(['--help']);
    expect(out.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  test('gives an example of how to write that is taken as it stands', async () => {
    const { out } = await invoke(['--help']);
    const [, example = ''] = /writes\.json\n(\s+\{\n[^]*?\n {2}\})\n/.exec(out) ?? [];
    expect(Object.keys(JSON.parse(example) as object)).toEqual([
      'methods',
      'create',
      'content',
      'absent',
      'putCreates',
    ]);
  });

  test('prints its version, which is that of the package', async () => {
    expect(await invoke(['--version'])).toEqual({ status: 0, out: `${MANIFEST.version}\n`, err: '' });
    expect(VERSION).toBe(MANIFEST.version);
  });
});
