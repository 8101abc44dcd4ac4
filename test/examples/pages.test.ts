/** The handlers of docs/writes.md and docs/providers.md, as they stand there, with somebody else who writes between check and write. */
import * as crypto from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { transformSync } from '@swc/core';
import express, { type Express } from 'express';
import * as httpPreconditions from 'http-preconditions';
import request from 'supertest';
import { pageOf } from './helpers/documented.js';

interface Row {
  readonly id: string;
  readonly title?: string;
  readonly version: number;
}

/** A store that changes only what is as asserted. */
class Rows {
  readonly rows = new Map<string, Row>([['1', { id: '1', title: 'first', version: 1 }]]);
  readonly #missing: null | undefined;
  readonly #meanwhile: (rows: Rows) => void;

  constructor(missing: null | undefined, meanwhile: (rows: Rows) => void = () => {}) {
    this.#missing = missing;
    this.#meanwhile = meanwhile;
  }

  async find(id: string): Promise<Row | null | undefined> {
    return this.rows.get(id) ?? this.#missing;
  }

  async upsert(id: string, body: object): Promise<Row> {
    return this.put(id, body);
  }

  async update(id: string, body: object, where?: { version: number }): Promise<Row | null | undefined> {
    this.#meanwhile(this);
    const row = this.rows.get(id);
    if (row === undefined || (where && where.version !== row.version)) return this.#missing;
    return this.put(id, body);
  }

  put(id: string, body: object): Row {
    const row = { ...body, id, version: (this.rows.get(id)?.version ?? 0) + 1 };
    this.rows.set(id, row);
    return row;
  }
}

const MODULES: Readonly<Record<string, unknown>> = {
  express,
  'http-preconditions': httpPreconditions,
  'node:crypto': crypto,
};

/** Runs blocks of a page, from the one that has the first text to the one that has the last, and gives what they make. */
function made(
  page: string,
  [first, last]: readonly [string, string],
  result: string,
  given: object,
): unknown {
  const blocks = [...pageOf(page).matchAll(/```ts\n([^]*?)```/g)].map(([, block = '']) => block);
  const from = blocks.findIndex((block) => block.includes(first));
  const to = blocks.findIndex((block) => block.includes(last));
  const { code } = transformSync(blocks.slice(from, to + 1).join('\n'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const scope = { exports: {}, require: (name: string) => MODULES[name], express, ...given };
  // oxlint-disable-next-line typescript/no-implied-eval -- the code is that of the page
  const run = new Function(...Object.keys(scope), `{${code}\nreturn ${result};}`) as (
    ...values: readonly unknown[]
  ) => unknown;
  return run(...Object.values(scope));
}

const writes = (db: Rows): Express =>
  made('docs/writes.md', ['async function save(', "app.put('/files/"], 'app', {
    app: express(),
    db,
  }) as Express;
const providers = (db: Rows): Express =>
  made('docs/providers.md', ["app.patch('/events/", "app.patch('/events/"], 'app', { db }) as Express;

const PATCHES = [
  { page: 'writes.md', path: '/rows', appOf: writes, missing: undefined },
  { page: 'providers.md', path: '/events', appOf: providers, missing: null },
] as const;

const change = (rows: Rows): unknown => rows.put('1', { title: 'theirs' });
const remove = (rows: Rows): unknown => rows.rows.delete('1');
const create = (rows: Rows): unknown => rows.put('new', { title: 'theirs' });

describe.each(PATCHES)('PATCH of $page', ({ path, appOf, missing }) => {
  test.each([
    { fields: {}, meanwhile: change, what: 'changed', status: 200 },
    { fields: { 'If-Match': '*' }, meanwhile: change, what: 'changed', status: 200 },
    { fields: { 'If-Match': '"1"' }, meanwhile: change, what: 'changed', status: 412 },
    { fields: {}, meanwhile: remove, what: 'deleted', status: 404 },
    { fields: { 'If-Match': '*' }, meanwhile: remove, what: 'deleted', status: 412 },
    { fields: { 'If-Match': '"1"' }, meanwhile: remove, what: 'deleted', status: 412 },
  ])('with $fields is answered $status where the row was $what meanwhile', async (row) => {
    const db = new Rows(missing, row.meanwhile);
    const { status } = await request(appOf(db)).patch(`${path}/1`).set(row.fields).send({ title: 'mine' });
    expect(status).toBe(row.status);
    expect(db.rows.get('1')?.title === 'mine').toBe(status === 200);
  });

  test('with If-None-Match: * changes nothing that was created meanwhile', async () => {
    const db = new Rows(missing, create);
    const sent = request(appOf(db)).patch(`${path}/new`).set('If-None-Match', '*');
    expect((await sent.send({ title: 'mine' })).status).toBe(404);
    expect(db.rows.get('new')?.title).not.toBe('mine');
  });
});

test('PATCH of writes.md is answered 400 without a title', async () => {
  const db = new Rows(undefined);
  expect((await request(writes(db)).patch('/rows/1')).status).toBe(400);
  expect(db.rows.get('1')).toMatchObject({ title: 'first' });
});

describe('PUT of a file in writes.md', () => {
  test.each([
    { type: 'application/octet-stream', coding: 'identity', status: 204, etag: '"2"' },
    { type: 'application/octet-stream', coding: 'gzip', status: 415, etag: undefined },
    { type: 'application/json', coding: 'identity', status: 415, etag: undefined },
  ])(
    'of $type in $coding is answered $status, with the ETag $etag',
    async ({ type, coding, status, etag }) => {
      const sent = request(writes(new Rows(undefined)))
        .put('/files/1')
        .type(type);
      const octets = coding === 'gzip' ? gzipSync('text') : Buffer.from('text');
      const response = await sent.set('Content-Encoding', coding).send(octets);
      expect({ status: response.status, etag: response.headers['etag'] }).toEqual({ status, etag });
    },
  );
});

test('Under the lock of writes.md, the tag of a note that was deleted does not pass for the one made anew', async () => {
  const block = ['memoryLock()', 'memoryLock()'] as const;
  const { app, notes } = made('docs/writes.md', block, '{ app, notes }', {
    translate: async (text: string) => text,
  }) as { app: Express; notes: Map<string, { text: string; version: string | number }> };
  const put = (field: string, value: string, text: string): request.Test =>
    request(app).put('/notes/2').set(field, value).send({ text });
  await put('If-None-Match', '*', 'first').expect(204);
  const old = `"${notes.get('/notes/2')?.version}"`;
  await request(app).delete('/notes/2').set('If-Match', old).expect(204);
  await put('If-None-Match', '*', 'anew').expect(204);
  await put('If-Match', old, 'late').expect(412);
  expect(notes.get('/notes/2')).toMatchObject({ text: 'anew' });
});
