import { describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import * as fc from 'fast-check';
import request from 'supertest';
import { parseEntityTag } from '../../lib/core/index.js';
import { fromVersion } from '../../lib/index.js';
import type { Version } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import type { Params } from './fixtures.js';
import { serve } from './fixtures.js';

const tagOf = (version: Version): string | undefined =>
  fromVersion(
    () => ({ version }),
    (row) => row.version,
  ).versionOf({ version }).etag;

describe('A version', () => {
  test.each([
    { title: 'a counter', version: 17, etag: '"17"' },
    { title: 'a bigint beyond the exact numbers', version: 2n ** 63n, etag: '"9223372036854775808"' },
    { title: 'a word', version: 'rev-1', etag: '"rev-1"' },
    { title: 'an empty text', version: '', etag: '""' },
  ])('that is $title becomes $etag', ({ version, etag }) => {
    expect(tagOf(version)).toBe(etag);
  });

  test('that the driver reads now as a number, now as a bigint or a text is the same version', () => {
    expect(new Set([tagOf(7), tagOf(7n), tagOf('7')]).size).toBe(1);
    expect(new Set([tagOf([7, 1]), tagOf([7n, '1'])]).size).toBe(1);
  });

  test.each([
    { title: 'missing', version: undefined, hint: 'Is the version column missing from the query?' },
    { title: 'null', version: null, hint: 'Is the version column missing from the query?' },
    { title: 'NaN', version: Number.NaN, hint: 'Is the version column missing from the query?' },
    { title: 'a promise', version: Promise.resolve(1), hint: 'Await it first.' },
    { title: 'too large to be exact', version: 2 ** 60, hint: 'Read a counter of that size as a bigint' },
    { title: 'a date', version: new Date(0), hint: 'fromTimestamp' },
    { title: 'an object', version: { major: 1 }, hint: '[object Object] (object)' },
    { title: 'a text with a space', version: '2026-01-02 03:04', hint: 'Encode it first' },
    {
      title: 'missing in a list of parts',
      version: ['en', undefined],
      hint: 'Is the version column missing',
    },
    { title: 'too large in a list of parts', version: [2 ** 60, 1], hint: 'Read a counter of that size' },
    { title: 'half a surrogate pair in a list of parts', version: ['\ud800', 1], hint: String.raw`"\ud800"` },
    { title: 'a list of no parts', version: [], hint: '[object Array] (object)' },
    { title: 'a list within a list', version: [['a'], 1], hint: '[object Array] (object)' },
  ])('that is $title is refused with a hint', ({ version, hint }) => {
    expect(() => tagOf(version as unknown as Version)).toThrow(
      expect.objectContaining({
        code: 'ERR_ENTITY_TAG_SYNTAX',
        message: expect.stringContaining(hint),
      }),
    );
  });
});

describe('A version of several parts', () => {
  const part = fc.oneof(
    // Where parts are glued together or escaped, these are the characters to confuse.
    fc.string({ unit: fc.constantFrom(':', '%', '"', '\\', ',', ' ', 'a', '3', 'A', '0'), maxLength: 4 }),
    fc.string({ unit: 'binary', maxLength: 3 }).filter((text) => !/\p{Surrogate}/u.test(text)),
    fc.maxSafeInteger(),
    fc.bigInt(),
  );
  const parts = fc.array(part, { minLength: 1, maxLength: 3 });
  const asText = (list: readonly (string | number | bigint)[]): string => JSON.stringify(list.map(String));

  test('is always an entity tag, whatever characters the parts have', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const tag = tagOf(list);
        expect(parseEntityTag(tag!)).toBe(tag);
      }),
      { numRuns: 500 },
    );
  });

  test('never has the tag of another list of parts', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        fc.pre(asText(one) !== asText(other));
        return tagOf(one) !== tagOf(other);
      }),
      { numRuns: 1500 },
    );
  });

  test.each([
    { one: ['a', 'b'], other: ['a:b'] },
    { one: ['a', 'b'], other: ['ab'] },
    { one: ['a', ''], other: ['', 'a'] },
    { one: ['a'], other: ['a', ''] },
    { one: [''], other: ['', ''] },
    { one: [3, 17], other: [31, 7] },
    { one: [1, 11], other: [11, 1] },
    { one: [11, 1], other: [1, 1, 1] },
    { one: ['%3A'], other: [':'] },
    { one: ['é'], other: ['e\u0301'] },
  ])('tells $one from $other', ({ one, other }) => {
    expect(tagOf(one)).not.toBe(tagOf(other));
  });
});

describe.each(EXPRESS_VERSIONS)('On $name, fromVersion', ({ express }) => {
  const rows = new Map([
    ['a', { version: 1 }],
    ['b', { version: 1 }],
  ]);
  const byVersion = fromVersion(
    async (req: Request<Params>) => rows.get(req.params.id) ?? null,
    (row) => row.version,
  );

  test('lets one of two writers with the same tag through, once the version has moved on', async () => {
    const app = serve(byVersion, { express });
    await request(app).put('/a').set('If-Match', '"1"').expect(200);
    rows.set('a', { version: 2 });
    await request(app).put('/a').set('If-Match', '"1"').expect(412);
    await request(app).put('/a').set('If-Match', '"2"').expect(200);
  });

  test('R-8.8.1-d keeps equal versions of two resources apart', async () => {
    const app = serve(byVersion, { express });
    rows.set('a', { version: 5 });
    await request(app).get('/a').set('If-None-Match', '"1"').expect(200).expect('ETag', '"5"');
    await request(app).get('/b').set('If-None-Match', '"1"').expect(304);
  });

  test('answers 500 with a code when the column is missing, and not 304 for ever', async () => {
    const forgetful = fromVersion(
      () => ({}) as { version: number },
      (row) => row.version,
    );
    const app = serve(forgetful, { express });
    const response = await request(app).get('/a').set('If-None-Match', '"undefined"').expect(500);
    expect(response.body).toMatchObject({ code: 'ERR_ENTITY_TAG_SYNTAX' });
  });
});
