/** Two processes on one store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type RunningExample, runExample } from '../helpers/run-example.js';

const folder = mkdtempSync(join(tmpdir(), 'recipe-processes-'));
const running: RunningExample[] = [];

afterAll(async () => {
  await Promise.all(running.map((server) => server.exit('SIGTERM')));
  rmSync(folder, { recursive: true });
});

/** The address of the note in another process. */
async function serve(recipe: string): Promise<string> {
  const server = runExample('test/examples/recipes/recipe-server.ts', {
    RECIPE: recipe,
    STORE: join(folder, recipe),
  });
  running.push(server);
  return `http://127.0.0.1:${await server.printed(/port: (\d+)/)}/notes/counter`;
}

function put(url: string, text: string, fields: Record<string, string>): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', ...fields };
  return fetch(url, { method: 'PUT', headers, body: JSON.stringify({ text }) });
}

/** Adds one, as often as it takes until nobody else was faster. */
async function addOne(url: string): Promise<void> {
  for (;;) {
    const current = await fetch(url);
    const { text } = (await current.json()) as { text: string };
    const { status } = await put(url, String(Number(text) + 1), { 'If-Match': current.headers.get('etag')! });
    if (status === 204) return;
    expect(status).toBe(412);
  }
}

async function addTwenty(url: string): Promise<void> {
  for (let count = 0; count < 20; count += 1) await addOne(url);
}

test.each(['files', 'sqlite'])(
  'two processes that count in one note lose nothing: %s',
  async (recipe) => {
    const [one, other] = await Promise.all([serve(recipe), serve(recipe)]);
    const created = await Promise.all([one, other].map((url) => put(url, '0', { 'If-None-Match': '*' })));
    expect(created.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 412]);
    await Promise.all([one, one, other, other].map(addTwenty));
    expect(await (await fetch(other)).json()).toEqual({ text: '80' });
  },
  30_000,
);
