/** What every recipe has to do, whatever it stores in: one suite for all of them. */
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Router } from 'express';
import { NoteClient } from './note-client.js';
import { describeConformance } from './recipe-conformance.js';
import { describeRaces } from './recipe-races.js';

export interface Recipe {
  /** Two routers over one store, each with a handle of its own as two processes would have it, where that is possible. */
  readonly open: () => Promise<readonly Router[]> | readonly Router[];
  /** Whether content is stored exactly as it came, so that the response to a PUT has the ETag. */
  readonly keepsBytes: boolean;
  /** Whether the tag is a hash of the content, so that the same content has the same tag again. */
  readonly hashes?: boolean;
}

export function describeRecipe(name: string, { open, keepsBytes, hashes = false }: Recipe): void {
  describe(`The recipe for ${name}`, () => {
    const notes = new NoteClient();
    beforeAll(async () => notes.serve(await open()));
    afterAll(() => notes.close());
    afterEach(() => {
      notes.withoutInterference();
      expect(notes.takeErrors()).toEqual([]);
    });

    describeReads(notes);
    describePuts(notes);
    describeDeletes(notes);
    describeTags(notes, keepsBytes);
    if (keepsBytes) describeBytes(notes);
    if (hashes) describeHashes(notes);
    else describeUniqueTags(notes);
    describeRaces(notes, { hashes });
    describeConformance(notes);
  });
}

/** The tag of a note that was made for the test. */
async function created(notes: NoteClient, path: string): Promise<string> {
  expect(await notes.put(path, 'first')).toMatchObject({ status: 201 });
  return (await notes.read(path)).etag;
}

function describeReads(notes: NoteClient): void {
  test('answers 404 to a GET of what is not there', async () => {
    expect(await notes.read(notes.newNote())).toMatchObject({ status: 404 });
  });

  test('sends a strong tag, and 304 to who has it', async () => {
    const path = notes.newNote();
    const etag = await created(notes, path);
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(await notes.read(path)).toEqual({ status: 200, text: '{"text":"first"}', etag });
    const again = await notes.send('get', path, { 'If-None-Match': etag });
    expect(again).toMatchObject({ status: 304, text: '', headers: { etag } });
  });
}

function describePuts(notes: NoteClient): void {
  test('creates and replaces without a condition, and says which', async () => {
    const path = notes.newNote();
    const etag = await created(notes, path);
    expect(await notes.put(path, 'second')).toMatchObject({ status: 204 });
    const now = await notes.read(path);
    expect(now.text).toBe('{"text":"second"}');
    expect(now.etag).not.toBe(etag);
  });

  test('takes a PUT with the current tag, and refuses the next one with it', async () => {
    const path = notes.newNote();
    const etag = await created(notes, path);
    expect(await notes.put(path, 'second', { 'If-Match': etag })).toMatchObject({ status: 204 });
    const second = await notes.read(path);
    expect(second.text).toBe('{"text":"second"}');
    expect(await notes.put(path, 'late', { 'If-Match': etag })).toMatchObject({
      status: 412,
      body: { code: 'ERR_PRECONDITION_FAILED', field: 'If-Match' },
    });
    expect(await notes.read(path)).toEqual(second);
  });

  test('creates once with If-None-Match: *', async () => {
    const path = notes.newNote();
    expect(await notes.put(path, 'first', { 'If-None-Match': '*' })).toMatchObject({ status: 201 });
    const first = await notes.read(path);
    expect(await notes.put(path, 'second', { 'If-None-Match': '*' })).toMatchObject({ status: 412 });
    expect(await notes.read(path)).toEqual(first);
  });

  test('replaces and never creates with If-Match: *', async () => {
    const path = notes.newNote();
    expect(await notes.put(path, 'none', { 'If-Match': '*' })).toMatchObject({ status: 412 });
    expect(await notes.read(path)).toMatchObject({ status: 404 });
    await created(notes, path);
    expect(await notes.put(path, 'second', { 'If-Match': '*' })).toMatchObject({ status: 204 });
    expect(await notes.read(path)).toMatchObject({ text: '{"text":"second"}' });
  });

  test('refuses content that is no note, and keeps what it has', async () => {
    const path = notes.newNote();
    await created(notes, path);
    const { status } = await notes.send('put', path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(notes.takeErrors()).toEqual([expect.objectContaining({ status })]);
    expect(await notes.read(path)).toMatchObject({ text: '{"text":"first"}' });
  });
}

function describeDeletes(notes: NoteClient): void {
  test('deletes with the current tag only', async () => {
    const path = notes.newNote();
    const old = await created(notes, path);
    await notes.put(path, 'second');
    const second = await notes.read(path);
    expect(await notes.delete(path, { 'If-Match': old })).toMatchObject({ status: 412 });
    expect(await notes.read(path)).toEqual(second);
    expect(await notes.delete(path, { 'If-Match': second.etag })).toMatchObject({ status: 204 });
    expect(await notes.read(path)).toMatchObject({ status: 404 });
  });

  test.each([{}, { 'If-Match': '*' }])('deletes whatever is there with %j', async (fields) => {
    const path = notes.newNote();
    await created(notes, path);
    expect(await notes.delete(path, fields)).toMatchObject({ status: 204 });
    expect(await notes.read(path)).toMatchObject({ status: 404 });
  });

  test.each([{}, { 'If-None-Match': '*' }])('answers 404 where nothing is, with %j', async (fields) => {
    expect(await notes.delete(notes.newNote(), fields)).toMatchObject({ status: 404 });
  });
}

function describeUniqueTags(notes: NoteClient): void {
  test('gives no tag twice, not even to the same text made anew', async () => {
    const path = notes.newNote();
    const tags: string[] = [];
    for (let life = 1; life <= 3; life += 1) {
      tags.push(await created(notes, path));
      for (const old of tags.slice(0, -1)) {
        expect(await notes.put(path, 'old', { 'If-Match': old })).toMatchObject({ status: 412 });
      }
      await notes.put(path, 'first');
      tags.push((await notes.read(path)).etag);
      expect(await notes.delete(path)).toMatchObject({ status: 204 });
    }
    expect(new Set(tags).size).toBe(6);
  });
}

function describeHashes(notes: NoteClient): void {
  test('gives the same bytes the same tag, and a write under it replaces just these', async () => {
    const path = notes.newNote();
    const first = await created(notes, path);
    await notes.put(path, 'second');
    expect(await notes.put(path, 'third', { 'If-Match': first })).toMatchObject({ status: 412 });
    await notes.put(path, 'first');
    expect(await notes.read(path)).toMatchObject({ text: '{"text":"first"}', etag: first });
    expect(await notes.put(path, 'third', { 'If-Match': first })).toMatchObject({ status: 204 });
  });
}

/** With an ETag on the response to a PUT, what is stored has to be what came (RFC 9110, section 9.3.4). */
function describeBytes(notes: NoteClient): void {
  const text = '{"text":"as it came"}';

  test.each(['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'takes %s',
    async (type) => {
      const path = notes.newNote();
      expect(await notes.send('put', path, {}, text, type)).toMatchObject({ status: 201 });
      expect(await notes.read(path)).toMatchObject({ text });
    },
  );

  test.each([
    { what: 'is compressed', fields: { 'Content-Encoding': 'gzip' }, body: gzipSync(text) },
    { what: 'is in UTF-16', type: 'application/json; charset=utf-16le', body: Buffer.from(text, 'utf16le') },
    { what: 'is no JSON', type: 'text/plain', body: text },
  ])('refuses what $what, and keeps what it has', async ({ fields = {}, body, type }) => {
    const path = notes.newNote();
    await created(notes, path);
    const { status, headers } = await notes.send('put', path, fields, body, type);
    expect({ status, etag: headers['etag'] }).toEqual({ status: 415, etag: undefined });
    expect(notes.takeErrors()).toEqual([expect.objectContaining({ status })]);
    expect(await notes.read(path)).toMatchObject({ text: '{"text":"first"}' });
  });
}

function describeTags(notes: NoteClient, keepsBytes: boolean): void {
  test(`has ${keepsBytes ? 'the' : 'no'} ETag on the response to a PUT`, async () => {
    const path = notes.newNote();
    const sent = '{ "text" : "as it came" }';
    const { headers } = await notes.send('put', path, {}, sent);
    const now = await notes.read(path);
    expect(headers['etag']).toBe(keepsBytes ? now.etag : undefined);
    expect(now.text).toBe(keepsBytes ? sent : '{"text":"as it came"}');
  });
}
