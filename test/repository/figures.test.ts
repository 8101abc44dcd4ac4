import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { includedIn } from '../../bench/include.js';
import type { Results } from '../../bench/report.js';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Tables are aligned by the formatter. */
const plain = (page: string): string => page.replace(/ +/g, ' ').replace(/-{2,}/g, '--');

describe('the figures of the benchmark', () => {
  test.each(['README.md', 'docs/performance.md'])('are in %s as they were measured', (path) => {
    const page = read(path);
    expect(page).toContain('<!-- bench: ');
    expect(plain(page)).toBe(plain(includedIn(page, JSON.parse(read('bench/results.json')) as Results)));
  });
});
