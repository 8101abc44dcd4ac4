import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import request from 'supertest';
import { fromMembers } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { serve } from './fixtures.js';

interface Row {
  readonly id: string | number | bigint;
  readonly version: string | number | bigint;
}

const byMembers = fromMembers(
  () => [] as readonly Row[],
  (row) => [row.id, row.version],
);
const tagOf = (rows: readonly Row[]): string => byMembers.versionOf(rows).etag!;

const A1 = { id: 'a', version: 1 };
const B1 = { id: 'b', version: 1 };
const C2 = { id: 'c', version: 2 };
const LIST = [A1, B1, C2];

describe('The tag of a list', () => {
  test.each([
    { title: 'a member changes', other: [A1, { ...B1, version: 2 }, C2] },
    { title: 'a member comes', other: [A1, B1, C2, { id: 'd', version: 1 }] },
    { title: 'a member goes', other: [A1, C2] },
    { title: 'all members go', other: [] },
    { title: 'a member moves', other: [B1, A1, C2] },
    { title: 'one is replaced by another with the same version', other: [A1, { ...B1, id: 'x' }, C2] },
    {
      title: 'two members exchange their versions',
      other: [{ ...A1, version: 2 }, B1, { ...C2, version: 1 }],
    },
    { title: 'a member stands there twice', other: [A1, B1, B1, C2] },
    { title: 'id and version change places', other: [A1, B1, { id: 2, version: 'c' }] },
  ])('is another one when $title', ({ other }) => {
    expect(tagOf(other)).not.toBe(tagOf(LIST));
  });

  test.each([
    { title: 'digits on either side', one: [{ id: 'a', version: 11 }], other: [{ id: 'a1', version: 1 }] },
    { title: 'commas', one: [{ id: 'a,b', version: 1 }], other: [{ id: 'a', version: 'b,1' }] },
    { title: 'quotes', one: [{ id: 'a","1', version: 1 }], other: [{ id: 'a', version: '1","1' }] },
    { title: 'brackets', one: [{ id: 'a', version: '1"],["b' }], other: [A1, { id: 'b', version: '' }] },
    { title: 'an empty member', one: [{ id: '', version: '' }], other: [] },
    {
      title: 'halves of surrogate pairs',
      one: [{ id: '\ud800', version: 1 }],
      other: [{ id: '\ud801', version: 1 }],
    },
  ])('is not mistaken for another by $title', ({ one, other }) => {
    expect(tagOf(one)).not.toBe(tagOf(other));
  });

  test('is the same for the same members, whatever else they carry', () => {
    const reread = LIST.map((row) => Object.assign({ title: 'x' }, row));
    expect(tagOf(reread)).toBe(tagOf(LIST));
    expect(tagOf([{ id: 1n, version: 2n }])).toBe(tagOf([{ id: '1', version: 2 }]));
  });

  test('is strong, also that of the empty list', () => {
    expect(tagOf(LIST)).toMatch(/^"[^"]+"$/);
    expect(tagOf([])).toMatch(/^"[^"]+"$/);
  });

  test('belongs to one list only', () => {
    const part = fc.oneof(
      fc.string({ unit: fc.constantFrom('"', ',', '[', ']', '\\', 'a', '1') }),
      fc.nat(11),
    );
    const list = fc.array(fc.record({ id: part, version: part }), { maxLength: 3 });
    const asText = (rows: readonly Row[]): string =>
      JSON.stringify(rows.map(({ id, version }) => [String(id), String(version)]));
    fc.assert(
      fc.property(list, list, (one, other) => {
        expect(tagOf(one) === tagOf(other)).toBe(asText(one) === asText(other));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    { title: 'its version', row: { id: 'a' }, hint: 'Is the version column missing from the query?' },
    { title: 'its id', row: { version: 1 }, hint: 'Is the version column missing from the query?' },
    { title: 'an exact version', row: { id: 'a', version: 2 ** 60 }, hint: 'Read a counter of that size' },
    { title: 'a version that is a number', row: { id: 'a', version: Number.NaN }, hint: 'NaN (number)' },
    {
      title: 'a version, but a date',
      row: { id: 'a', version: new Date(0) },
      hint: '[object Date] (object)',
    },
  ])('is refused when a member lacks $title', ({ row, hint }) => {
    expect(() => tagOf([A1, row as Row])).toThrow(
      expect.objectContaining({
        code: 'ERR_ENTITY_TAG_SYNTAX',
        message: expect.stringContaining(hint),
      }),
    );
  });
});

describe.each(EXPRESS_VERSIONS)('On $name, fromMembers', ({ express }) => {
  test('answers 304 until a member changes, for the empty list as well', async () => {
    const rows: Row[] = [];
    const app = serve(
      fromMembers(
        async () => rows,
        (row) => [row.id, row.version],
      ),
      { express },
    );
    const empty = await request(app).get('/feed').expect(200);
    await request(app).get('/feed').set('If-None-Match', empty.headers['etag']!).expect(304);
    rows.push({ id: 'a', version: 1 });
    const one = await request(app).get('/feed').set('If-None-Match', empty.headers['etag']!).expect(200);
    await request(app).get('/feed').set('If-None-Match', one.headers['etag']!).expect(304);
    await request(app).post('/feed').set('If-Match', empty.headers['etag']!).expect(412);
    await request(app).post('/feed').set('If-Match', one.headers['etag']!).expect(200);
  });
});
