/** The second half of the contract: several writers of one note. */
import { describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import type { Fields, NoteClient } from './note-client.js';

const TEN = Array.from({ length: 10 }, (_, index) => index);
const NINE = TEN.slice(1);

interface Tags {
  /** The same content has the same tag again: what was made anew is what it was. */
  readonly hashes: boolean;
}

export function describeRaces(notes: NoteClient, { hashes }: Tags): void {
  describe('with ten writers that have all been checked', () => {
    describeCrowd(notes);
  });
  describe('with somebody who writes between check and write', () => {
    describeInterference(notes, hashes ? RACES.filter(({ interfere }) => interfere !== madeAnew) : RACES);
  });
}

async function statusesOf(sent: readonly Promise<Response>[]): Promise<number[]> {
  return (await Promise.all(sent)).map(({ status }) => status);
}

const ascending = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

function describeCrowd(notes: NoteClient): void {
  test('lets one of ten PUTs with one tag win', async () => {
    const path = notes.newNote();
    await notes.put(path, 'first');
    const { etag } = await notes.read(path);
    notes.afterTenChecks();
    const statuses = await statusesOf(
      TEN.map((index) => notes.put(path, `text ${index}`, { 'If-Match': etag })),
    );
    expect(ascending(statuses)).toEqual([204, ...NINE.map(() => 412)]);
    expect(await notes.read(path)).toMatchObject({ text: `{"text":"text ${statuses.indexOf(204)}"}` });
  });

  test('lets one of ten creations with If-None-Match: * win', async () => {
    const path = notes.newNote();
    notes.afterTenChecks();
    const statuses = await statusesOf(
      TEN.map((index) => notes.put(path, `text ${index}`, { 'If-None-Match': '*' })),
    );
    expect(ascending(statuses)).toEqual([201, ...NINE.map(() => 412)]);
    expect(await notes.read(path)).toMatchObject({ text: `{"text":"text ${statuses.indexOf(201)}"}` });
  });

  test('lets one of five PUTs and five DELETEs with one tag win', async () => {
    const path = notes.newNote();
    await notes.put(path, 'first');
    const fields = { 'If-Match': (await notes.read(path)).etag };
    notes.afterTenChecks();
    const statuses = await statusesOf(
      TEN.map((index) => (index % 2 === 0 ? notes.put(path, 'second', fields) : notes.delete(path, fields))),
    );
    expect(ascending(statuses)).toEqual([204, ...NINE.map(() => 412)]);
    expect(await notes.read(path)).toMatchObject({ status: statuses.indexOf(204) % 2 === 0 ? 200 : 404 });
  });

  test('takes ten PUTs without a condition, of which one creates', async () => {
    const path = notes.newNote();
    notes.afterTenChecks();
    const statuses = await statusesOf(TEN.map((index) => notes.put(path, `text ${index}`)));
    expect(ascending(statuses)).toEqual([201, ...NINE.map(() => 204)]);
  });
}

type Interference = (notes: NoteClient, path: string) => Promise<unknown>;

const replaced: Interference = (notes, path) => notes.put(path, 'overtaken');
const deleted: Interference = (notes, path) => notes.delete(path);
const madeAnew: Interference = async (notes, path) => {
  await notes.delete(path);
  await notes.put(path, 'first');
};

interface Race {
  readonly method: 'put' | 'delete';
  /** TAG stands for the tag that was current at the check. */
  readonly fields: Fields;
  readonly between: string;
  readonly interfere: Interference;
}

const RACES: readonly Race[] = [
  { method: 'put', fields: { 'If-Match': 'TAG' }, between: 'replaced', interfere: replaced },
  { method: 'put', fields: { 'If-Match': 'TAG' }, between: 'deleted', interfere: deleted },
  { method: 'put', fields: { 'If-Match': 'TAG' }, between: 'made anew', interfere: madeAnew },
  { method: 'put', fields: { 'If-Match': '*' }, between: 'deleted', interfere: deleted },
  { method: 'put', fields: { 'If-None-Match': '"other"' }, between: 'replaced', interfere: replaced },
  { method: 'delete', fields: { 'If-Match': 'TAG' }, between: 'replaced', interfere: replaced },
  { method: 'delete', fields: { 'If-Match': 'TAG' }, between: 'deleted', interfere: deleted },
  { method: 'delete', fields: { 'If-Match': 'TAG' }, between: 'made anew', interfere: madeAnew },
  { method: 'delete', fields: { 'If-Match': '*' }, between: 'deleted', interfere: deleted },
];

function describeInterference(notes: NoteClient, races: readonly Race[]): void {
  test.each(races)(
    'answers 412 to $method with $fields when it is $between',
    async ({ method, fields, interfere }) => {
      const path = notes.newNote();
      await notes.put(path, 'first');
      const { etag } = await notes.read(path);
      let then: unknown;
      notes.beforeTheNextWrite(async () => {
        await interfere(notes, path);
        then = await notes.read(path);
      });
      const body = method === 'put' ? '{"text":"late"}' : undefined;
      const answer = await notes.send(method, path, withTag(fields, etag), body);
      expect(answer).toMatchObject({ status: 412, headers: { 'cache-control': 'no-store' } });
      expect(answer.headers).not.toHaveProperty('etag');
      expect(await notes.read(path)).toEqual(then);
    },
  );

  test('answers 412 to a creation when it is created', async () => {
    const path = notes.newNote();
    notes.beforeTheNextWrite(() => replaced(notes, path));
    expect(await notes.put(path, 'late', { 'If-None-Match': '*' })).toMatchObject({ status: 412 });
    expect(await notes.read(path)).toMatchObject({ text: '{"text":"overtaken"}' });
  });
}

function withTag(fields: Fields, etag: string): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value.replace('TAG', etag)]),
  );
}
