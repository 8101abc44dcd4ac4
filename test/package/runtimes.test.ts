// Express with the package on other runtimes than Node: `npm run test:runtimes`. Skipped where BUN and DENO name no program.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { conformance, preconditionFailed, targetOf, type Writes } from 'http-preconditions/testing';
import { useInstalledPackage } from './installed.js';

const SERVER = join(__dirname, 'consumers/server.mjs');
const RUNTIMES = [
  { name: 'Bun', program: process.env['BUN'], args: [] },
  { name: 'Deno', program: process.env['DENO'], args: ['run', '--allow-all'] },
];

jest.setTimeout(60_000);

for (const { name, program, args } of RUNTIMES) {
  if (program) {
    describe(`On ${name}`, () => {
      defineTests(program, args);
    });
  } else {
    // oxlint-disable-next-line jest/no-disabled-tests -- the closing lines of the run name what was skipped
    test.skip(`On ${name} (not named here: npm run test:runtimes)`, () => {
      expect(program).toBeDefined();
    });
  }
}

function defineTests(program: string, args: readonly string[]): void {
  const installed = useInstalledPackage();
  let child: ChildProcess | undefined;
  let origin = '';

  beforeAll(async () => {
    const folder = installed.project(5);
    copyFileSync(SERVER, join(folder, 'server.mjs'));
    child = spawn(program, [...args, 'server.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = (await once(createInterface(child.stdout!), 'line')) as [string];
    origin = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    child?.kill();
    if (child?.exitCode === null) await once(child, 'exit');
  });

  const put = (path: string, fields: Record<string, string>): Promise<Response> =>
    fetch(origin + path, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', ...fields },
      body: JSON.stringify({ text: 'Mine' }),
    });

  test.each(['/notes', '/locked'])('all cases of the test kit pass at %s, reads and writes', async (base) => {
    const writes: Writes = {
      methods: ['PUT', 'PATCH', 'DELETE'],
      create: async (api) => (await api.send('POST', base, [], { text: 'new' })).field('Location')!,
      content: (n) => ({ text: `note ${n}` }),
      absent: () => `${base}/${crypto.randomUUID()}`,
      putCreates: true,
    };
    const cases = conformance({ ...(await targetOf(`${origin}${base}/stays`)), writes });
    const failed: string[] = [];
    for (const { title, applies, run } of cases)
      if (applies) await run().catch((error: unknown) => failed.push(`${title}: ${String(error)}`));
    expect(failed).toEqual([]);
    expect(cases.filter(({ applies }) => applies).length).toBeGreaterThan(140);
  });

  test.each(['/notes', '/locked'])('of ten writes under one tag at %s, one is made', async (base) => {
    const { headers } = await fetch(`${origin}${base}/stays`);
    const condition = { 'If-Match': headers.get('ETag')! };
    const writes = Array.from({ length: 10 }, () => put(`${base}/stays?pause=20`, condition));
    const statuses = (await Promise.all(writes)).map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array<number>(9).fill(412)]);
  });

  test('a thrown PreconditionFailedError is answered 412', async () => {
    const response = await put('/outrun', { 'If-Match': '"1"' });
    expect(() => preconditionFailed()(response)).not.toThrow();
  });

  test('a client that leaves gives the lock back', async () => {
    const leaving = AbortSignal.timeout(100);
    const body = '{"text":"Gone"}';
    const headers = { 'Content-Type': 'application/json' };
    const left = fetch(`${origin}/locked/left?pause=1000`, { method: 'PUT', body, headers, signal: leaving });
    await expect(left).rejects.toThrow(/abort|timeout/i);
    const started = Date.now();
    expect((await put('/locked/left', {})).ok).toBe(true);
    expect(Date.now() - started).toBeLessThan(5000); // after which a wait would be given up
  });

  test('the client of the package runs there, too', async () => {
    const answer = await fetch(`${origin}/modified`);
    expect(await answer.json()).toEqual({ notModified: true, lost: 412, status: 200, attempts: 1 });
  });
}
