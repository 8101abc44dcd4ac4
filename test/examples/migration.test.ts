/** The programs of docs/migration.md, as they stand there, answer as its tables say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';
import express, { type Express, type Request } from 'express';
import fresh from 'fresh';
import * as httpPreconditions from 'http-preconditions';
import request, { type Test } from 'supertest';
import { everybodyIsHere } from '../helpers/arrivals.js';

const page = readFileSync(join(__dirname, '../../docs/migration.md'), 'utf8');

interface Note {
  readonly text: string;
  readonly version: number;
}

/** What the programs take for granted. */
class Notes {
  writes = 0;
  renderings = 0;
  loaded: () => Promise<unknown> = () => after(1);
  #note: Note = { text: 'Milk', version: 1 };

  async find(id: string): Promise<Note | undefined> {
    const note = this.#note;
    await this.loaded();
    return id === '1' ? note : undefined;
  }

  async update(_id: string, text: string, where: { version?: number } = {}): Promise<boolean> {
    await after(1);
    if (where.version !== undefined && where.version !== this.#note.version) return false;
    this.#note = { text, version: this.#note.version + 1 };
    this.writes += 1;
    return true;
  }

  render(note: Note | undefined): object {
    this.renderings += 1;
    return { ...note };
  }
}

type Program = (notes: Notes) => Express;

const MODULES: Readonly<Record<string, unknown>> = {
  express,
  fresh,
  'http-preconditions': httpPreconditions,
};

/** The block of a section that begins with `// before` or `// after`. */
function program(
  section: string,
  which: 'before' | 'after',
  change = (code: string): string => code,
): Program {
  const text = page.slice(page.indexOf(`\n## ${section}\n`));
  const [, code = ''] = new RegExp(`\`\`\`ts\n// ${which}\n([^]*?)\`\`\``).exec(text) ?? [];
  const { code: javascript } = transformSync(change(code), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const names = ['exports', 'require', 'express', 'app', 'notes', 'render', 'byVersion'];
  // oxlint-disable-next-line typescript/no-implied-eval -- the code is that of the page
  const run = new Function(...names, `{${javascript}}`) as (...given: readonly unknown[]) => void;
  return (notes) => {
    const app = express();
    const byVersion = httpPreconditions.fromVersion(
      async (req: Request<{ id: string }>) => (await notes.find(req.params.id)) ?? null,
      (note) => note.version,
    );
    const render = notes.render.bind(notes);
    run({}, (name: string) => MODULES[name], express, app, notes, render, byVersion);
    return app;
  };
}

const fromMember = program('From a version in the content', 'after');
const byHand = program('From hand-written checks', 'before');
const lenient = program('From hand-written checks', 'before', (code) =>
  code.replace("req.get('If-Match') !==", "req.get('If-Match') && $&"),
);
const underGuard = program('From hand-written checks', 'after');

const expressAlone: Program = (notes) =>
  express().get('/notes/:id', async (req, res) => {
    res.json(notes.render(await notes.find(req.params.id)));
  });
const withFresh = program("From Express's own 304", 'before');
const withProvider = program("From Express's own 304", 'after');

const TABLES = [
  {
    head: '| PUT with | before | lenient | after |',
    method: 'put',
    programs: [byHand, lenient, underGuard],
    length: 8,
  },
  {
    head: '| GET with | Express | fresh | after |',
    method: 'get',
    programs: [expressAlone, withFresh, withProvider],
    length: 4,
  },
  {
    head: '| PUT with | before | after |',
    method: 'put',
    programs: [program('From a version in the content', 'before'), fromMember],
    length: 6,
  },
] as const;

interface Row {
  readonly sent: string;
  readonly statuses: readonly string[];
}

function rowsOf(head: string): Row[] {
  const tables = page.split('\n\n').map((block) => block.replaceAll(/ +/g, ' '));
  const [, , ...rows] = (tables.find((table) => table.startsWith(head)) ?? '').split('\n');
  return rows.map((row) => {
    const [, sent = '', ...statuses] = row.split('|').map((cell) => cell.trim());
    return { sent, statuses: statuses.slice(0, -1) };
  });
}

/** What stands in backquotes is a field, or a member of the content. */
function sendAs(row: string, tag: string, sent: Test): Test {
  const members = ['"text":"Eggs"'];
  for (const [, part = ''] of row.matchAll(/`([^`]*)`/g)) {
    const [, name, value = ''] = /^([\w-]+): ?(.*)$/.exec(part) ?? [];
    if (name === undefined) members.push(part);
    else void sent.set(name, value.replace('TAG', tag));
  }
  return sent.method === 'GET' ? sent : sent.type('json').send(`{${members.join()}}`);
}

describe.each(TABLES)('$head', ({ head, method, programs, length }) => {
  test('is a table of the page', () => {
    expect(rowsOf(head)).toHaveLength(length);
  });

  test.each(rowsOf(head))('$sent: $statuses', async ({ sent, statuses }) => {
    const answers: string[] = [];
    for (const appOf of programs) {
      const app = appOf(new Notes());
      const { etag = '' } = (await request(app).get('/notes/1')).headers;
      const { status } = await sendAs(sent, etag, request(app)[method]('/notes/1'));
      answers.push(String(status));
    }
    expect(answers).toEqual(statuses);
  });
});

describe('From hand-written checks', () => {
  test.each([
    { which: 'before', appOf: byHand, won: 10 },
    { which: 'after', appOf: underGuard, won: 1 },
  ])('$which, of ten at once under the current tag $won are performed', async ({ appOf, won }) => {
    const notes = new Notes();
    notes.loaded = everybodyIsHere(10);
    const server = appOf(notes).listen(0);
    const sent = Array.from({ length: 10 }, () =>
      request(server).put('/notes/1').set('If-Match', '"1"').send({ text: 'Eggs' }),
    );
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    server.close();
    expect(statuses.filter((status) => status === 204)).toHaveLength(won);
    expect(notes.writes).toBe(won);
  });

  test.each([
    { field: 'If-Unmodified-Since', value: 'Mon, 01 Jan 2001 00:00:00 GMT' },
    { field: 'If-None-Match', value: '"0"' },
    { field: 'If-None-Match', value: '*' },
    { field: 'If-Match', value: '*' },
  ])(
    'after, $field: $value where nothing is writes nothing, and is answered 404',
    async ({ field, value }) => {
      const notes = new Notes();
      const sent = request(underGuard(notes)).put('/notes/none').set(field, value);
      expect((await sent.send({ text: 'Eggs' })).status).toBe(404);
      expect(notes.writes).toBe(0);
    },
  );

  test.each([byHand, underGuard])('If-Match where nothing is stays 404 (%#)', async (appOf) => {
    const { status } = await request(appOf(new Notes())).put('/notes/none').set('If-Match', '"1"').send({});
    expect(status).toBe(404);
  });
});

test.each([
  { name: 'From hand-written checks', appOf: underGuard },
  { name: 'From a version in the content', appOf: fromMember },
])('$name: after, a PUT without text writes nothing, and is answered 400', async ({ appOf }) => {
  const notes = new Notes();
  const put = (): Test => request(appOf(notes)).put('/notes/1').set('If-Match', '"1"');
  for (const sent of [put(), put().send({}), put().type('form').send('text=Form')]) {
    expect((await sent).status).toBe(400);
  }
  expect(notes.writes).toBe(0);
});

test('From hand-written checks: before, a PUT without content was a 500', async () => {
  const { status } = await request(byHand(new Notes())).put('/notes/1').set('If-Match', '"1"');
  expect(status).toBe(500);
});

test('A responder may give clients the 409 that they know', async () => {
  const app = express().put(
    '/notes/:id',
    httpPreconditions.preconditions(() => ({ etag: httpPreconditions.strong(1) }), {
      respond: ({ detail }, _req, res) => res.status(409).json({ detail }),
    }),
  );
  const { status } = await request(app).put('/notes/1').set('If-Match', '"0"');
  expect(status).toBe(409);
});

describe("From Express's own 304", () => {
  test.each([
    { name: 'Express', appOf: expressAlone, renderings: 2 },
    { name: 'fresh', appOf: withFresh, renderings: 1 },
    { name: 'after', appOf: withProvider, renderings: 1 },
  ])('$name: $renderings renderings for a 200 and a 304', async ({ appOf, renderings }) => {
    const notes = new Notes();
    const app = appOf(notes);
    const { headers } = await request(app).get('/notes/1').expect(200);
    await request(app).get('/notes/1').set('If-None-Match', headers['etag']!).expect(304);
    expect(notes.renderings).toBe(renderings);
  });
});
