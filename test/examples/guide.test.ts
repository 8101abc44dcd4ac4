/** The programs of docs/guide.md do what the page says of them: they are taken from it, run, and sent its requests. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { curl } from './helpers/curl.js';
import { DocumentedProgram, pageOf, programsOf, stepsOf } from './helpers/documented.js';

const page = pageOf('docs/guide.md');

class Program extends DocumentedProgram {
  put(path: string, text: string, fields: Record<string, string> = {}): Promise<Response> {
    const headers = { 'Content-Type': 'application/json', ...fields };
    return fetch(this.origin + path, { method: 'PUT', headers, body: JSON.stringify({ text }) });
  }

  async read(path: string): Promise<{ text: string; etag: string }> {
    const response = await fetch(this.origin + path);
    return { ...((await response.json()) as { text: string }), etag: response.headers.get('ETag') ?? '' };
  }
}

const [naive, guarded] = programsOf(page).map((code, index) => new Program(`guide-${index}`, code)) as [
  Program,
  Program,
];
beforeAll(() => Promise.all([naive.start(), guarded.start()]), 30_000);
afterAll(() => Promise.all([naive.stop(), guarded.stop()]));

test('The page has two programs', () => {
  expect(programsOf(page)).toHaveLength(2);
});

test.each([
  ['first', naive],
  ['second', guarded],
])('The %s program ends with an error where its port is taken', async (_which, program) => {
  const { code, output } = await program.startOnTakenPort();
  expect(code).toBe(1);
  expect(output).toContain('EADDRINUSE');
});

describe('The program without versions', () => {
  test('answers with the text alone, so that its ETag changes with the text alone', async () => {
    const answers = await Promise.all([naive.read('/notes/1'), naive.read('/notes/1')]);
    expect(answers[0]).toEqual({ text: 'Milk', etag: expect.stringMatching(/^W\/"/) });
    expect(answers[1]).toEqual(answers[0]);
    expect((await fetch(`${naive.origin}/notes/none`)).status).toBe(404);
  });

  test('keeps the text when a PUT has none', async () => {
    const sent = { method: 'PUT', body: '{"text":"Form"}' };
    expect(await fetch(`${naive.origin}/notes/1`, sent)).toMatchObject({ status: 400 });
    expect(await naive.read('/notes/1')).toMatchObject({ text: 'Milk' });
  });

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

  test.each(stepsOf(page))(
    'answers as the page says: $command',
    async ({ command, statusLine, fields, body }) => {
      const response = await curl(actual(command).replace('http://127.0.0.1:3000', guarded.origin));
      expect(response.statusLine).toBe(statusLine);
      for (const field of fields) {
        const [name = '', value = ''] = field.split(': ');
        const came = String(response.fields[name.toLowerCase()]);
        if (name === 'ETag' && !tags.has(value)) tags.set(value, came);
        expect(came).toBe(actual(value));
      }
      expect(body === '' ? '' : response.body).toBe(body);
    },
  );

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

  test('keeps the text when a PUT has none, such as one of curl -d alone', async () => {
    await guarded.put('/notes/kept', 'Milk', { 'If-None-Match': '*' });
    const before = await guarded.read('/notes/kept');
    const sent = { method: 'PUT', headers: { 'If-Match': before.etag }, body: '{"text":"Form"}' };
    expect(await fetch(`${guarded.origin}/notes/kept`, sent)).toMatchObject({ status: 400 });
    expect(await guarded.read('/notes/kept')).toEqual(before);
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
