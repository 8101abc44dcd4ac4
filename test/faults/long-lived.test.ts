import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';

interface Report {
  readonly requests: number;
  /** How many requests and responses are still there. */
  readonly kept: number;
  /** Of the heap, in octets. */
  readonly growth: number;
  readonly listeners: readonly [before: unknown, after: unknown];
  /** Warnings, unhandled rejections and uncaught exceptions. */
  readonly complaints: readonly string[];
}

async function reportOf(name: string): Promise<Report> {
  const args = ['--expose-gc', '--import', 'tsx', join(__dirname, 'long-lived.ts'), name];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Report;
}

describe.each(EXPRESS_VERSIONS)('a process that serves for a while, $name', ({ name }) => {
  test('keeps nothing of 20,000 requests, of which every twentieth is left by its client, and complains of nothing', async () => {
    const { requests, kept, growth, listeners, complaints } = await reportOf(name);
    expect([requests, complaints]).toEqual([20_000, []]);
    // What was in use last may still be there.
    expect(kept).toBeLessThan(20);
    // Another property of each of 16,000 requests would be more.
    expect(growth).toBeLessThan(1_000_000);
    expect(listeners[1]).toEqual(listeners[0]);
  }, 180_000);
});
