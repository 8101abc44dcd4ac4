// The check of docs/api/ is shown planted faults.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { runScript } from '../helpers/scripts.js';

jest.setTimeout(120_000);

test('api --check fails with the line of a type that has changed, and with a page that is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    cpSync(join(__dirname, '../../docs/api'), folder, { recursive: true });
    const report = join(folder, 'core.api.md');
    const before = readFileSync(report, 'utf8');
    writeFileSync(report, before.replace('isWeak(tag: EntityTag)', 'isWeak(tag: string)'));
    rmSync(join(folder, 'client.md'));
    const { status, output } = runScript('api.mjs', '--check', folder);
    expect(status).toBe(1);
    expect(output).toMatch(/core\.api\.md:\d+: "export function isWeak\(tag: string\).*`npm run api`/);
    expect(output).toMatch(/client\.md:1: "" is/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
