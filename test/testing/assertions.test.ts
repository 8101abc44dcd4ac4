/** The helpers for tests with supertest, on a small real app, and on answers that are not right. */
import { describe, expect, test } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import { preconditions, strong } from '../../lib/index.js';
import {
  etagOf,
  ifMatch,
  ifNoneMatch,
  notModified,
  preconditionFailed,
  preconditionRequired,
} from '../../lib/testing/index.js';
import { withServer } from '../helpers/server.js';

function notes(): Express {
  let [text, version] = ['Hello', 1];
  const current = preconditions(() => ({ etag: strong(version) }), {
    headers: { 'Cache-Control': 'no-cache', Vary: 'Accept' },
    required: ['PUT'],
  });
  const app = express();
  app.get('/notes/1', current, (_req, res) => void res.json({ text }));
  app.put('/notes/1', current, express.json(), (req, res) => {
    [text, version] = [(req.body as { text: string }).text, version + 1];
    res.sendStatus(204);
  });
  return app;
}

describe('In a test with supertest', () => {
  test('one reads, writes under the tag, and is refused the second time', async () => {
    const app = notes();
    const read = await request(app).get('/notes/1').expect(200);
    const write = (): request.Test => request(app).put('/notes/1').set(ifMatch(read)).send({ text: 'Mine' });
    await write().expect(204);
    await write().expect(preconditionFailed());
  });

  test('one reads again only what has changed', async () => {
    const app = notes();
    const read = await request(app).get('/notes/1');
    await request(app).get('/notes/1').set(ifNoneMatch(read)).expect(notModified(read));
    await request(app).head('/notes/1').set(ifNoneMatch(read)).expect(notModified(read));
  });

  test('one is told to send a condition', async () => {
    await request(notes()).put('/notes/1').send({ text: 'Mine' }).expect(preconditionRequired());
  });

  test('the answers of fetch will do as well', async () => {
    await withServer(notes(), async (port) => {
      const url = `http://127.0.0.1:${port}/notes/1`;
      const read = await fetch(url);
      expect(etagOf(read)).toBe('"1"');
      notModified(read)(await fetch(url, { headers: ifNoneMatch(read) }));
      preconditionFailed()(await fetch(url, { method: 'PUT', headers: { 'If-Match': '"0"' } }));
      preconditionRequired()(await fetch(url, { method: 'PUT' }));
    });
  });
});

describe('They notice', () => {
  const read = { status: 200, headers: { etag: '"1"', 'cache-control': 'no-cache' }, text: '{}' };
  const right304 = { status: 304, headers: read.headers, text: '' };

  test('nothing about a right 304', () => {
    expect(() => notModified(read)(right304)).not.toThrow();
  });

  test.each([
    ['another status', { ...right304, status: 200 }, /200.*304/s],
    ['a 304 without the tag', { ...right304, headers: { 'cache-control': 'no-cache' } }, /^etag is another/],
    [
      'a 304 with another tag',
      { ...right304, headers: { ...read.headers, etag: '"2"' } },
      /^etag is another/,
    ],
    ['a 304 without Cache-Control', { ...right304, headers: { etag: '"1"' } }, /^cache-control is another/],
    [
      'a 304 with a Vary that the 200 lacks',
      { ...right304, headers: { ...read.headers, vary: 'Accept' } },
      /^vary is another/,
    ],
    [
      'a 304 with a Content-Type',
      { ...right304, headers: { ...read.headers, 'content-type': 'text/html' } },
      /^a 304 has no content-type/,
    ],
    ['a 304 with content', { ...right304, text: 'x' }, /^a 304 has no content/],
  ])('%s', (_what, response, message) => {
    expect(() => notModified(read)(response)).toThrow(message);
  });

  test.each([
    ['another status', { status: 409, headers: {}, text: 'x' }, /409.*412/s],
    [
      'one that caches may keep',
      { status: 412, headers: { 'cache-control': 'max-age=60' }, text: 'x' },
      'max-age=60',
    ],
    ['one that says nothing', { status: 412, headers: {}, text: '' }, 'a 412 says what is wrong'],
  ])('a 412 that is not right: %s', (_what, response, message) => {
    expect(() => preconditionFailed()(response)).toThrow(message);
  });

  test('a 428 that does not say what to send', () => {
    const response = { status: 428, headers: {}, text: 'a condition is required' };
    expect(() => preconditionRequired()(response)).toThrow(/if-match/);
    expect(() => preconditionRequired()({ ...response, text: 'Send If-Match.' })).not.toThrow();
  });

  test.each([
    ['no tag', {}],
    ['a tag without quotes', { etag: '1' }],
    ['two tags', { etag: '"1", "2"' }],
  ])('a response with %s', (_what, headers) => {
    expect(() => etagOf({ headers })).toThrow('Expected an ETag that is one entity tag');
    expect(() => ifMatch({ headers })).toThrow('Expected an ETag');
  });
});
