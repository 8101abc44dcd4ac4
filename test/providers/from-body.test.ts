import { describe, expect, test } from '@jest/globals';
import etag from 'etag';
import request from 'supertest';
import { fromBody } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { requestTo, serve } from './fixtures.js';

const weakTagOf = (content: unknown): unknown => fromBody(() => content).versionOf(content).etag;
const hashOf = (content: string | Buffer): string => etag(content, { weak: true });

function thrownBy(make: () => unknown): Error {
  try {
    make();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Expected it to throw.');
}

describe('fromBody', () => {
  test.each([
    { title: 'a text', content: 'grüße', hashed: 'grüße' },
    { title: 'an empty text', content: '', hashed: '' },
    { title: 'a Buffer', content: Buffer.from([0, 255, 128]), hashed: Buffer.from([0, 255, 128]) },
    { title: 'an object', content: { a: 1, b: [2] }, hashed: '{"a":1,"b":[2]}' },
    { title: 'a list', content: [], hashed: '[]' },
    { title: 'a number', content: 0, hashed: '0' },
    { title: 'false', content: false, hashed: 'false' },
    { title: 'an object with toJSON', content: { toJSON: () => ({ x: 1 }) }, hashed: '{"x":1}' },
    { title: 'a date', content: new Date(0), hashed: '"1970-01-01T00:00:00.000Z"' },
  ])('hashes $title', ({ content, hashed }) => {
    expect(weakTagOf(content)).toBe(hashOf(hashed));
  });

  test.each([
    { title: 'a text and its JSON', one: 'x', other: ['x'] },
    { title: 'the order of members', one: { a: 1, b: 2 }, other: { b: 2, a: 1 } },
    { title: 'a number and its text', one: { a: 1 }, other: { a: '1' } },
    { title: 'one octet', one: Buffer.from('a'), other: Buffer.from('b') },
  ])('tells $title apart', ({ one, other }) => {
    expect(weakTagOf(one)).not.toBe(weakTagOf(other));
  });

  test('R-8.8.3-j is weak unless told otherwise', () => {
    const strongTag = etag('x');
    expect(fromBody(() => 'x')(requestTo('/a'))).toMatchObject({ etag: `W/${strongTag}` });
    expect(fromBody(() => 'x', { strong: false }).versionOf('x').etag).toBe(`W/${strongTag}`);
    expect(fromBody(() => 'x', { strong: undefined }).versionOf('x').etag).toBe(`W/${strongTag}`);
    expect(fromBody(() => 'x', { strong: true }).versionOf('x').etag).toBe(strongTag);
  });

  const circle: { self?: unknown } = {};
  circle.self = circle;

  test.each([
    { title: 'a function', content: () => 1, got: 'content (function)' },
    {
      title: 'a nameless function',
      content: (
        () => () =>
          1
      )(),
      got: 'an anonymous function (function)',
    },
    { title: 'a symbol', content: Symbol('x'), got: 'Symbol(x) (symbol)' },
    { title: 'an object whose toJSON gives nothing', content: { toJSON: () => {} }, got: '[object Object]' },
    {
      title: 'a bigint inside',
      content: { n: 1n },
      got: '[object Object] (object)',
      cause: expect.any(TypeError),
    },
    { title: 'a circle', content: circle, got: '[object Object] (object)', cause: expect.any(TypeError) },
  ])('refuses $title, which has no JSON form', ({ content, got, cause }) => {
    const error = thrownBy(() => weakTagOf(content));
    expect(error).toMatchObject({ code: 'ERR_PROVIDER_VALUE', message: expect.stringContaining(got) });
    expect(error.cause).toEqual(cause);
  });
});

describe.each(EXPRESS_VERSIONS)('On $name, fromBody', ({ express }) => {
  test.each([{ content: 'a text' }, { content: { a: ['document'] } }, { content: Buffer.from('octets') }])(
    'sends the tag that Express would have made of $content',
    async ({ content }) => {
      const plain = express();
      plain.get('/a', (_req, res) => {
        res.send(content);
      });
      const automatic = await request(plain).get('/a');
      const own = await request(serve(() => fromBody(() => content).versionOf(content), { express })).get(
        '/a',
      );
      expect(own.headers['etag']).toBe(automatic.headers['etag']);
      expect(own.headers['etag']).toMatch(/^W\//);
    },
  );

  test('protects writes only when the tag is strong', async () => {
    const strongTag = etag('content');
    const strongly = serve(
      fromBody(() => 'content', { strong: true }),
      { express },
    );
    await request(strongly).put('/a').set('If-Match', strongTag).expect(200);
    await request(strongly).put('/a').set('If-Match', etag('other')).expect(412);
    const weakly = serve(
      fromBody(() => 'content'),
      { express },
    );
    await request(weakly).put('/a').set('If-Match', strongTag).expect(412);
  });

  test('answers 500 with a code for a value without a JSON form', async () => {
    const app = serve(
      fromBody(() => ({ n: 1n })),
      { express },
    );
    const response = await request(app).get('/a').expect(500);
    expect(response.body).toMatchObject({ code: 'ERR_PROVIDER_VALUE' });
  });
});
