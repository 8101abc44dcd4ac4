/** What scripts of other origins get from the calendar API. */
import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { sqliteStore } from '../../../examples/calendar/store/sqlite.js';
import { eventAt, LUNCH } from './fixtures.js';
import { BOB_TOKEN, calendarWithUsers } from './serve.js';
import {
  EVENT,
  EVENTS,
  eventTag,
  type Fields,
  type Method,
  PUBLIC_EVENT,
  sendTo,
  useCalendar,
} from './use-calendar.js';

const api = useCalendar(async () => sqliteStore(':memory:'));

const FROM_ELSEWHERE = { Origin: 'https://app.example.test' };

/** The same calendar, with 428 for writes without a condition. */
async function strictApp(): Promise<Express> {
  return (await calendarWithUsers({ store: api.store, requireConditions: true })).app;
}

function preflight(app: Express, path: string, method: string, fields: Fields = {}): request.Test {
  return request(app)
    .options(path)
    .set({ ...FROM_ELSEWHERE, 'Access-Control-Request-Method': method, ...fields });
}

/** The members of a list field, in lower case. */
function listed(response: request.Response, name: string): string[] {
  return (response.headers[name] ?? '').split(',').map((member) => member.trim().toLowerCase());
}

interface Exchange {
  readonly status: number;
  readonly method: Method;
  readonly path: string;
  readonly fields: Fields;
  readonly content?: object;
}

describe('A script of another origin', () => {
  const READABLE: (Exchange & { readonly etag?: string })[] = [
    { status: 200, method: 'get', path: EVENT, fields: {}, etag: eventTag(1) },
    { status: 304, method: 'get', path: EVENT, fields: { 'If-None-Match': eventTag(1) }, etag: eventTag(1) },
    { status: 200, method: 'post', path: EVENTS, fields: {}, content: LUNCH },
    { status: 200, method: 'put', path: EVENT, fields: { 'If-Match': eventTag(1) }, content: eventAt(9) },
    {
      status: 200,
      method: 'patch',
      path: EVENT,
      fields: { 'If-Match': eventTag(1) },
      content: {},
      etag: eventTag(2),
    },
    { status: 204, method: 'delete', path: EVENT, fields: { 'If-Match': eventTag(1) } },
    { status: 412, method: 'put', path: EVENT, fields: { 'If-Match': '"0"' }, content: eventAt(9) },
  ];
  test.each(READABLE)(
    'N-2: may read ETag, where there is one, on the $status to $method, $fields',
    async ({ status, method, path, fields, content, etag }) => {
      const response = await api.send(method, path, { ...FROM_ELSEWHERE, ...fields }, content);
      expect(response.status).toBe(status);
      expect(response.headers['etag']).toBe(etag);
      expect(listed(response, 'access-control-expose-headers')).toContain('etag');
    },
  );

  const SENDABLE = [
    'authorization',
    'cache-control',
    'content-type',
    'if-match',
    'if-modified-since',
    'if-none-match',
    'if-unmodified-since',
  ];
  test.each(SENDABLE)('N-3: may send %s, and need not ask again for ten minutes', async (name) => {
    const response = await preflight(api.app, EVENT, 'PUT', { 'Access-Control-Request-Headers': name });
    expect(listed(response, 'access-control-allow-headers')).toContain(name);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-max-age': '600',
    });
  });

  test('N-3: may send no field that the API does not know', async () => {
    const response = await preflight(api.app, EVENT, 'PUT', { 'Access-Control-Request-Headers': 'x-other' });
    expect(listed(response, 'access-control-allow-headers').toSorted()).toEqual(SENDABLE);
  });

  test('may use the methods that the API has', async () => {
    const response = await preflight(api.app, EVENT, 'PUT');
    const methods = ['delete', 'get', 'head', 'patch', 'post', 'put'];
    expect(listed(response, 'access-control-allow-methods').toSorted()).toEqual(methods);
  });
});

describe('A preflight', () => {
  const STRAY: Fields[] = [
    {},
    { 'If-Match': '"0"' },
    { 'If-None-Match': '*' },
    { 'If-None-Match': eventTag(1) },
    { Authorization: 'Bearer wrong' },
  ];
  test.each(STRAY)('N-5: is answered before credentials and conditions: %p', async (stray) => {
    for (const app of [api.app, await strictApp()]) {
      for (const path of [EVENT, EVENTS, PUBLIC_EVENT, '/calendar/v3/calendars/nowhere']) {
        for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
          expect(await preflight(app, path, method, stray)).toMatchObject({ status: 204, text: '' });
        }
      }
    }
  });

  test.each(['put', 'patch', 'delete'] as const)(
    'N-5: permits a %s that is then told to be conditional, and done when it is',
    async (method) => {
      const app = await strictApp();
      expect(await preflight(app, EVENT, method.toUpperCase())).toMatchObject({ status: 204 });
      const unconditional = await sendTo(app, method, EVENT, FROM_ELSEWHERE, eventAt(9));
      expect(unconditional.status).toBe(428);
      const fields = { ...FROM_ELSEWHERE, 'If-Match': eventTag(1) };
      expect(await sendTo(app, method, EVENT, fields, eventAt(9))).toMatchObject({ ok: true });
    },
  );
});

describe('An answer that ends a request early', () => {
  const EARLY: Exchange[] = [
    { status: 304, method: 'get', path: EVENT, fields: { 'If-None-Match': eventTag(1) } },
    { status: 304, method: 'head', path: EVENTS, fields: { 'If-None-Match': '*' } },
    { status: 401, method: 'get', path: EVENT, fields: { Authorization: 'Bearer wrong' } },
    { status: 403, method: 'put', path: PUBLIC_EVENT, fields: { Authorization: `Bearer ${BOB_TOKEN}` } },
    { status: 404, method: 'get', path: `${EVENTS}/unknown`, fields: {} },
    { status: 404, method: 'get', path: '/calendar/v3/nowhere', fields: {} },
    { status: 412, method: 'put', path: EVENT, fields: { 'If-Match': '"0"' } },
    { status: 412, method: 'get', path: EVENT, fields: { 'If-Match': '"0"' } },
    { status: 428, method: 'delete', path: EVENT, fields: {} },
  ];

  test.each(EARLY)(
    'N-6: can be read by any origin: the $status to $method $path, $fields',
    async ({ status, method, path, fields }) => {
      const response = await sendTo(await strictApp(), method, path, { ...FROM_ELSEWHERE, ...fields });
      expect(response.status).toBe(status);
      expect(response.headers).toMatchObject({ 'access-control-allow-origin': '*' });
      expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  test('N-6: can be read by any origin: the 412 of a race that was lost', async () => {
    const { events } = api.store;
    const overtaken = { ...events, update: async () => ({ outcome: 'changed' as const }) };
    const { app } = await calendarWithUsers({ store: { ...api.store, events: overtaken } });
    const fields = { ...FROM_ELSEWHERE, 'If-Match': eventTag(1) };
    const response = await sendTo(app, 'put', EVENT, fields, eventAt(9));
    expect(response.status).toBe(412);
    expect(response.headers).toMatchObject({ 'access-control-allow-origin': '*' });
  });
});

describe('A read', () => {
  const ORIGINS: Fields[] = [{}, FROM_ELSEWHERE, { Origin: 'null' }];
  const CONDITIONS: Fields[] = [{}, { 'If-None-Match': eventTag(1) }];
  const rows = ORIGINS.flatMap((origin) => CONDITIONS.map((conditions) => ({ ...origin, ...conditions })));

  test.each(rows)(
    'N-6: has the same fields for every origin and for none, so that a cache may serve all of them: %p',
    async (fields) => {
      const response = await api.send('get', EVENT, fields);
      expect(response.status).toBe('If-None-Match' in fields ? 304 : 200);
      expect(response.headers).toMatchObject({ 'access-control-allow-origin': '*', vary: 'Authorization' });
    },
  );
});
