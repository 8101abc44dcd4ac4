import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** What a process of its own, which makes a few requests, prints to stderr. Node reads NODE_DEBUG when it starts. */
function printed(debug: string): string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'debug-log.process.ts')],
    { encoding: 'utf8', env: { ...process.env, NODE_DEBUG: debug } },
  );
  expect(stdout).toBe('200 304 412 200 412\n');
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/ \d+: /, ' PID: ').replace(/[\d.]+ ms$/, '… ms'));
}

describe('NODE_DEBUG', () => {
  test('makes one line of each decision', () => {
    expect(printed('http-preconditions')).toEqual([
      'HTTP-PRECONDITIONS PID: GET /notes/:id: perform, no-condition (step 0), provider … ms',
      'HTTP-PRECONDITIONS PID: GET /notes/:id: 304, If-None-Match match (step 3), provider … ms',
      'HTTP-PRECONDITIONS PID: PUT /notes/:id: 412, If-Match no-match (step 1), provider … ms',
      'HTTP-PRECONDITIONS PID: PUT "/other/%0a": perform, no-condition (step 0)',
      'HTTP-PRECONDITIONS PID: DELETE /notes/:id: perform, If-Match passed (step 6), provider … ms',
      'HTTP-PRECONDITIONS PID: DELETE /notes/:id: 412, If-Match no-match (step 1), lost race',
    ]);
  });

  test.each(['', 'http', 'other'])('is silent when it is %j', (debug) => {
    expect(printed(debug).filter((line) => line.includes('PRECONDITIONS'))).toEqual([]);
  });
});
