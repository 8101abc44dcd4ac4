/** The programs of docs/guide.md do what the page says of them: they are taken from it, run, and sent its requests. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { curl } from './helpers/curl.js';
import { type RunningExample, runExample } from './helpers/run-example.js';

const ROOT = join(__dirname, '../..');
const FOLDER = `.tmp/guide-${process.pid}`;
const page = readFileSync(join(ROOT, 'docs/guide.md'), 'utf8');

/** The blocks of the page that are programs: those that listen, with what they go on from. */
function programs(): string[] {
  const found: string[] = [];
  for (const [, directive = '', code = ''] of page.matchAll(
    /(?:<!-- check: (\w+)[^>]*-->\s+)?```ts\n([^]*?)```/g,
  )) {
    if (directive === 'continue') found.push(`${found.pop()}\n${code}`);
    else found.push(code);
  }
  return found.filter((code) => code.includes('app.listen('));
}

interface Step {
  readonly command: string;
  readonly statusLine: string;
  readonly fields: readonly string[];
  readonly body: string;
}

function steps(): Step[] {
  const transcripts = [...page.matchAll(/```console\n([^]*?)```/g)].map(([, transcript = '']) => transcript);
  return transcripts.flatMap((transcript) => transcript.trim().split(/^\$ /m).slice(1)).map(stepOf);
}

function stepOf(text: string): Step {
  const [head = '', body = ''] = text.trim().split('\n\n');
  const [command = '', statusLine = '', ...fields] = head.split('\n');
  return { command, statusLine, fields, body };
}

class Program {
  readonly #file: string;
  #process: RunningExample | undefined;
  origin = '';

  constructor(name: string, code: string) {
    this.#file = `${FOLDER}/${name}.ts`;
    mkdirSync(join(ROOT, FOLDER), { recursive: true });
    writeFileSync(join(ROOT, this.#file), code.replace('listen(3000,', 'listen(0,'));
  }

  async start(): Promise<void> {
    this.#process = runExample(this.#file, {});
    this.origin = `http://127.0.0.1:${await this.#process.printed(/port: (\d+)/)}`;
  }

  async stop(): Promise<void> {
    await this.#process?.exit('SIGTERM');
  }

  put(path: string, text: string, fields: Record<string, string> = {}): Promise<Response> {
    const headers = { 'Content-Type': 'application/json', ...fields };
    return fetch(this.origin + path, { method: 'PUT', headers, body: JSON.stringify({ text }) });
  }

  async read(path: string): Promise<{ text: string; etag: string }> {
    const response = await fetch(this.origin + path);
    return { ...((await response.json()) as { text: string }), etag: response.headers.get('ETag') ?? '' };
  }
}

const [naive, guarded] = programs().map((code, index) => new Program(`program-${index}`, code)) as [
  Program,
  Program,
];
beforeAll(() => Promise.all([naive.start(), guarded.start()]), 30_000);
afterAll(async () => {
  await Promise.all([naive.stop(), guarded.stop()]);
  rmSync(join(ROOT, FOLDER), { recursive: true });
});

test('The page has two programs', () => {
  expect(programs()).toHaveLength(2);
});

describe('The program without versions', () => {
  test('loses the eggs, and tells nobody', async () => {
    const { text } = await naive.read('/notes/1');
    expect(await naive.put('/notes/1', `${text}, eggs`)).toMatchObject({ status: 204 });
    expect(await naive.put('/notes/1', `${text}, bread`)).toMatchObject({ status: 204 });
    expect(await naive.read('/notes/1')).toMatchObject({ text: 'Milk, bread' });
  });
});

describe('The program of the guide', () => {
  /** The tags that the page shows, and the ones that came in their place. */
  const tags = new Map<string, string>();
  const actual = (text: string): string =>
    [...tags].reduce((result, [shown, came]) => result.replaceAll(shown, came), text);

  test.each(steps())('answers as the page says: $command', async ({ command, statusLine, fields, body }) => {
    const response = await curl(actual(command).replace('http://127.0.0.1:3000', guarded.origin));
    expect(response.statusLine).toBe(statusLine);
    for (const field of fields) {
      const [name = '', value = ''] = field.split(': ');
      const came = String(response.fields[name.toLowerCase()]);
      if (name === 'ETag' && !tags.has(value)) tags.set(value, came);
      expect(came).toBe(actual(value));
    }
    expect(body === '' ? '' : response.body).toBe(body);
  });

  test('lets A and B add to one note, and loses nothing', async () => {
    await guarded.put('/notes/shared', 'Milk', { 'If-None-Match': '*' });
    const seen = await guarded.read('/notes/shared');
    const eggs = await guarded.put('/notes/shared', 'Milk, eggs', { 'If-Match': seen.etag });
    const bread = await guarded.put('/notes/shared', 'Milk, bread', { 'If-Match': seen.etag });
    expect([eggs.status, bread.status]).toEqual([204, 412]);
    const again = await guarded.read('/notes/shared');
    await guarded.put('/notes/shared', `${again.text}, bread`, { 'If-Match': again.etag });
    expect(await guarded.read('/notes/shared')).toMatchObject({ text: 'Milk, eggs, bread' });
  });

  test.each(['If-Match', 'If-None-Match'])('lets one of ten with %s win', async (name) => {
    const path = `/notes/ten-${name}`;
    if (name === 'If-Match') await guarded.put(path, 'first', { 'If-None-Match': '*' });
    const value = name === 'If-Match' ? (await guarded.read(path)).etag : '*';
    const writes = Array.from({ length: 10 }, (_, index) =>
      guarded.put(path, `text ${index}`, { [name]: value }),
    );
    const statuses = (await Promise.all(writes)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 412)).toEqual([name === 'If-Match' ? 204 : 201]);
  });
});
