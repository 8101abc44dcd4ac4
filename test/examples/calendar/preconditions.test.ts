/** How the calendar API treats conditional requests. */
import { describe, expect, test } from '@jest/globals';
import { BOB, eventAt, HOLIDAYS, LUNCH, TEAM } from './fixtures.js';
import { BOB_TOKEN, calendarWithUsers } from './serve.js';
import { describeOnEachStore } from './stores.js';
import {
  EVENT,
  EVENTS,
  eventTag,
  type Fields,
  KEY,
  type Method,
  PUBLIC_EVENT,
  sendTo,
  useCalendar,
} from './use-calendar.js';

describeOnEachStore((makeStore) => {
  const api = useCalendar(makeStore);

  describe('A conditional read', () => {
    test.each(['get', 'head'] as const)(
      'by %s of what has not changed is 304, without content',
      async (method) => {
        for (const path of [
          EVENT,
          EVENTS,
          `/calendar/v3/calendars/${TEAM}`,
          '/calendar/v3/users/me/calendarList',
        ]) {
          const { etag = '' } = (await api.send('get', path)).headers;
          const response = await api.send(method, path, { 'If-None-Match': `"other", W/${etag}` });
          expect(response.status).toBe(304);
          expect(response.text ?? '').toBe('');
          expect(response.headers).toMatchObject({
            etag,
            'cache-control': 'private, no-cache',
            vary: 'Authorization',
          });
          expect(response.headers).not.toHaveProperty('content-type');
        }
      },
    );

    test('is 304 though the request says no-cache', async () => {
      const fields = { 'If-None-Match': eventTag(1), 'Cache-Control': 'no-cache' };
      expect(await api.send('get', EVENT, fields)).toMatchObject({ status: 304 });
    });

    test('of a list is 304 whatever unknown parameters say, and not for another query', async () => {
      const tagOf = async (query: string): Promise<string> =>
        (await api.send('get', `${EVENTS}?${query}`)).headers['etag'] ?? '';
      const etag = await tagOf('');
      for (const query of ['alt=json&prettyPrint=false', 'key=x', 'maxResults=250', 'showDeleted=false']) {
        expect(await tagOf(query)).toBe(etag);
      }
      for (const query of [
        'q=lunch',
        'maxResults=249',
        'showDeleted=true',
        'timeMin=2000-01-01T00:00:00Z',
        'updatedMin=2000-01-01T00:00:00Z',
      ]) {
        expect(await tagOf(query)).not.toBe(etag);
      }
    });

    test('of a list sees whatever the list shows change', async () => {
      const tags = [(await api.send('get', EVENTS)).headers['etag']];
      const entry = `/calendar/v3/users/me/calendarList/${TEAM}`;
      const changes: [Method, string, object][] = [
        ['patch', EVENT, { description: 'Soup' }],
        ['patch', `/calendar/v3/calendars/${TEAM}`, { summary: 'Crew' }],
        ['patch', entry, { defaultReminders: [{ method: 'popup', minutes: 5 }] }],
      ];
      for (const [method, path, content] of changes) {
        expect(await api.send(method, path, {}, content)).toMatchObject({ status: 200 });
        tags.push((await api.send('get', EVENTS)).headers['etag']);
      }
      expect(new Set(tags).size).toBe(tags.length);
    });

    test('of a list does not see another calendar change', async () => {
      const { etag = '' } = (await api.send('get', EVENTS)).headers;
      await api.send('patch', PUBLIC_EVENT, {}, { summary: 'Party' });
      expect(await api.send('get', EVENTS, { 'If-None-Match': etag })).toMatchObject({ status: 304 });
    });

    test('of an unknown event is 404, whatever the conditions', async () => {
      for (const conditions of [{ 'If-None-Match': '*' }, { 'If-Match': '*' }, { 'If-Match': eventTag(1) }]) {
        expect(await api.send('get', `${EVENTS}/unknown`, conditions)).toMatchObject({ status: 404 });
      }
    });
  });

  describe('A conditional write', () => {
    const REFUSED: Fields[] = [
      { 'If-Match': '"0"' },
      { 'If-Match': `W/${eventTag(1)}` },
      { 'If-Match': eventTag(1).replaceAll('"', '') },
      { 'If-Match': '' },
      { 'If-Match': `${eventTag(1)}, oops` },
      { 'If-None-Match': '*' },
      { 'If-None-Match': `W/${eventTag(1)}` },
      { 'If-Match': eventTag(1), 'If-None-Match': eventTag(1) },
    ];
    test.each(REFUSED)('is 412 and changes nothing: %p', async (conditions) => {
      const before = await api.store.events.find(KEY);
      for (const method of ['put', 'patch', 'delete'] as const) {
        const response = await api.send(method, EVENT, conditions, eventAt(9));
        expect(response.status).toBe(412);
        const location =
          'If-Match' in conditions && !('If-None-Match' in conditions) ? 'If-Match' : 'If-None-Match';
        const message = 'Precondition Failed';
        expect(response.body).toEqual({
          error: {
            errors: [
              { domain: 'global', reason: 'conditionNotMet', message, locationType: 'header', location },
            ],
            code: 412,
            message,
          },
        });
        expect(response.headers).toMatchObject({ 'cache-control': 'no-store' });
        expect(response.headers).not.toHaveProperty('etag');
      }
      expect(await api.store.events.find(KEY)).toEqual(before);
    });

    const PERFORMED: Fields[] = [
      { 'If-Match': eventTag(1) },
      { 'If-Match': `"0", ${eventTag(1)}` },
      { 'If-Match': '*' },
      { 'If-None-Match': '"0"' },
      {},
    ];
    test.each(PERFORMED)('is made: %p', async (conditions) => {
      const response = await api.send('put', EVENT, conditions, eventAt(9));
      expect(response).toMatchObject({ status: 200, body: { etag: eventTag(2), summary: 'At 9' } });
    });

    test('announces the new tag in the field after PATCH only, and in the body after PUT too', async () => {
      const put = await api.send('put', EVENT, { 'If-Match': eventTag(1) }, eventAt(9));
      expect(put.body).toMatchObject({ etag: eventTag(2) });
      expect(put.headers).not.toHaveProperty('etag');
      const patch = await api.send('patch', EVENT, { 'If-Match': eventTag(2) }, { summary: 'Later' });
      expect(patch.body).toMatchObject({ etag: eventTag(3) });
      expect(patch.headers).toMatchObject({ etag: eventTag(3) });
      const removed = await api.send('delete', EVENT, { 'If-Match': eventTag(3) });
      expect(removed.status).toBe(204);
      expect(removed.headers).not.toHaveProperty('etag');
      const inserted = await api.send('post', EVENTS, {}, LUNCH);
      expect(inserted.status).toBe(200);
      expect(inserted.headers).not.toHaveProperty('etag');
    });

    test('of an unknown event is 404 and creates nothing, whatever the conditions', async () => {
      for (const conditions of [
        { 'If-None-Match': '*' },
        { 'If-Match': '*' },
        { 'If-Match': eventTag(1) },
        {},
      ]) {
        for (const method of ['put', 'patch', 'delete'] as const) {
          expect(await api.send(method, `${EVENTS}/unknown`, conditions, LUNCH)).toMatchObject({
            status: 404,
          });
        }
      }
      expect(await api.store.events.find({ calendarId: TEAM, id: 'unknown' })).toBeUndefined();
    });

    test('of what is not there is 412 under an If-None-Match that cannot be read', async () => {
      await api.send('delete', EVENT);
      for (const path of [EVENT, `${EVENTS}/unknown`]) {
        for (const method of ['put', 'patch', 'delete'] as const) {
          const response = await api.send(method, path, { 'If-None-Match': 'garbage' }, LUNCH);
          expect(response).toMatchObject({ status: 412 });
        }
      }
    });

    test('of a deleted event is 410, whatever the conditions that can be read', async () => {
      await api.send('delete', EVENT);
      for (const conditions of [
        { 'If-None-Match': '*' },
        { 'If-None-Match': eventTag(2) },
        { 'If-Unmodified-Since': 'Tue, 01 Jan 2019 00:00:00 GMT' },
        { 'If-Match': 'garbage' },
        { 'If-Match': '*', 'If-None-Match': 'garbage' },
        { 'If-Match': '*' },
        { 'If-Match': eventTag(3) },
        {},
      ]) {
        for (const method of ['put', 'patch', 'delete'] as const) {
          expect(await api.send(method, EVENT, conditions, LUNCH)).toMatchObject({ status: 410 });
        }
      }
    });

    test('that fails is not read: its content may be anything', async () => {
      const fields = { 'If-Match': '"0"', 'Content-Type': 'application/json' };
      expect(await api.send('put', EVENT, fields, '{')).toMatchObject({ status: 412 });
    });

    test('is demanded with 428 where the server is told so', async () => {
      const { store } = api;
      const strict = await calendarWithUsers({ store, requireConditions: true });
      const response = await sendTo(strict.app, 'put', EVENT, {}, eventAt(9));
      expect(response.status).toBe(428);
      expect(response.body).toMatchObject({
        error: { code: 428, errors: [{ reason: 'required', location: 'If-Match' }] },
      });
      expect(await store.events.find(KEY)).toMatchObject({ version: 1 });
      const conditional = await sendTo(strict.app, 'put', EVENT, { 'If-Match': eventTag(1) }, eventAt(9));
      expect(conditional.status).toBe(200);
    });
  });

  describe('The calendar list of each user', () => {
    test('has tags of its own', async () => {
      const path = `/calendar/v3/users/me/calendarList/${HOLIDAYS}`;
      await api.store.entries.insert(BOB, HOLIDAYS, {});
      const asBob = { Authorization: `Bearer ${BOB_TOKEN}` };
      const { etag = '' } = (await api.send('get', path, asBob)).headers;
      await api.send('patch', path, {}, { colorId: '3' });
      const again = await api.send('get', path, { ...asBob, 'If-None-Match': etag });
      expect(again.status).toBe(304);
      expect(await api.send('get', path)).toMatchObject({ status: 200, body: { colorId: '3' } });
    });
  });
});
