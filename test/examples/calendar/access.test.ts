/** Who may do what with the calendar API, and that the conditions of a request have no say in it. */
import { describe, expect, test } from '@jest/globals';
import { ADA, HOLIDAYS, LUNCH } from './fixtures.js';
import { ADA_TOKEN, BOB_TOKEN } from './serve.js';
import { describeOnEachStore } from './stores.js';
import {
  EVENT,
  EVENTS,
  eventTag,
  type Fields,
  PUBLIC_EVENT,
  PUBLIC_EVENTS,
  useCalendar,
} from './use-calendar.js';

describeOnEachStore((makeStore) => {
  const api = useCalendar(makeStore);

  describe('Authentication and access', () => {
    const CONDITIONS: Fields[] = [
      {},
      { 'If-None-Match': '*' },
      { 'If-None-Match': `${eventTag(1)}, ${eventTag(1, HOLIDAYS)}` },
      { 'If-Match': '"0"' },
      { 'If-Match': '*' },
    ];

    test.each(CONDITIONS)('come before the conditions %p', async (conditions) => {
      for (const method of ['get', 'put', 'patch', 'delete'] as const) {
        for (const path of [EVENT, `${EVENTS}/unknown`, '/calendar/v3/calendars/nowhere']) {
          const response = await api.anonymously(method, path, conditions);
          expect(response.status).toBe(401);
          expect(response.headers).toMatchObject({
            'www-authenticate': 'Bearer',
            'cache-control': 'no-store',
          });
          expect(response.body).toMatchObject({
            error: { errors: [{ reason: 'authError', location: 'Authorization' }] },
          });
        }
        const asBob = { ...conditions, Authorization: `Bearer ${BOB_TOKEN}` };
        expect(await api.anonymously(method, EVENT, asBob)).toMatchObject({ status: 404 });
      }
    });

    test.each(CONDITIONS)('let only the owner write, whatever the conditions: %p', async (conditions) => {
      for (const method of ['put', 'patch', 'delete'] as const) {
        const response = await api.anonymously(method, PUBLIC_EVENT, {
          ...conditions,
          Authorization: `Bearer ${BOB_TOKEN}`,
        });
        expect(response).toMatchObject({
          status: 403,
          body: { error: { errors: [{ reason: 'forbidden' }] } },
        });
      }
    });

    test.each(['Bearer', 'Bearer wrong', 'Basic YTpi', `Bearer ${ADA_TOKEN} x`, ADA_TOKEN])(
      'refuse the credentials %p even where none are needed',
      async (authorization) => {
        expect(await api.anonymously('get', PUBLIC_EVENT, { Authorization: authorization })).toMatchObject({
          status: 401,
        });
      },
    );

    test('let anybody read a public calendar, with or without an API key', async () => {
      expect(await api.anonymously('get', PUBLIC_EVENT)).toMatchObject({ status: 200 });
      expect(await api.anonymously('get', `${PUBLIC_EVENT}?key=some-key`)).toMatchObject({ status: 200 });
      expect(await api.anonymously('get', `${EVENT}?key=some-key`)).toMatchObject({ status: 401 });
      expect(await api.anonymously('put', `${PUBLIC_EVENT}?key=some-key`)).toMatchObject({ status: 401 });
      expect(await api.anonymously('get', '/calendar/v3/users/me/calendarList?key=some-key')).toMatchObject({
        status: 401,
      });
    });

    test('keep private events of a public calendar to its owner', async () => {
      const secret = { calendarId: HOLIDAYS, id: 'secret' };
      await api.store.events.insert(secret, ADA, { ...LUNCH, visibility: 'private' });
      expect(await api.anonymously('get', `${PUBLIC_EVENTS}/secret`)).toMatchObject({ status: 404 });
      expect((await api.anonymously('get', PUBLIC_EVENTS)).text).not.toContain('secret');
      expect(await api.send('get', `${PUBLIC_EVENTS}/secret`)).toMatchObject({ status: 200 });
      expect((await api.send('get', PUBLIC_EVENTS)).text).toContain('secret');
    });
  });

  describe('Synchronization', () => {
    const HIDDEN = { ...LUNCH, visibility: 'private' };
    const SECRET = `${PUBLIC_EVENTS}/secret`;

    const sync = async (token?: string): Promise<{ items: object[]; nextSyncToken: string }> => {
      const query = token === undefined ? '' : `?syncToken=${token}`;
      const { status, body } = await api.anonymously('get', PUBLIC_EVENTS + query);
      expect(status).toBe(200);
      return body as { items: object[]; nextSyncToken: string };
    };

    test('tells readers nothing of an event that they could never see, until they may', async () => {
      const { nextSyncToken } = await sync();
      await api.send('post', PUBLIC_EVENTS, {}, { id: 'secret', ...HIDDEN });
      expect((await sync(nextSyncToken)).items).toEqual([]);
      await api.send('patch', SECRET, {}, { summary: 'Surprise' });
      expect((await sync(nextSyncToken)).items).toEqual([]);
      await api.send('patch', SECRET, {}, { visibility: 'public' });
      expect((await sync(nextSyncToken)).items).toMatchObject([{ id: 'secret', summary: 'Surprise' }]);
    });

    test('tells readers nothing of the end of an event that they could never see', async () => {
      const { nextSyncToken } = await sync();
      await api.send('post', PUBLIC_EVENTS, {}, { id: 'secret', ...HIDDEN });
      await api.send('delete', SECRET);
      expect((await sync(nextSyncToken)).items).toEqual([]);
    });

    test.each([0, -1, -5])('has nothing of it for a token that was made up: %p', async (revision) => {
      await api.send('post', PUBLIC_EVENTS, {}, { id: 'secret', ...HIDDEN });
      const forged = Buffer.from(JSON.stringify(['sync', HOLIDAYS, revision, ''])).toString('base64url');
      expect((await sync(forged)).items).toMatchObject([{ id: 'newyear' }]);
    });

    test('tells readers once that an event is gone from their sight, whatever becomes of it', async () => {
      const before = await sync();
      await api.send('patch', PUBLIC_EVENT, {}, { visibility: 'private' });
      const hidden = await sync(before.nextSyncToken);
      expect(hidden.items).toMatchObject([{ id: 'newyear', status: 'cancelled' }]);
      const later = [
        () => api.send('patch', PUBLIC_EVENT, {}, { summary: 'Party' }),
        () => api.send('delete', PUBLIC_EVENT),
      ];
      for (const change of later) {
        await change();
        expect((await sync(before.nextSyncToken)).items).toEqual(hidden.items);
        expect((await sync(hidden.nextSyncToken)).items).toEqual([]);
      }
    });

    test('tells the owner all of it', async () => {
      const { nextSyncToken } = await sync();
      await api.send('post', PUBLIC_EVENTS, {}, { id: 'secret', ...HIDDEN });
      await api.send('delete', SECRET);
      expect((await api.send('get', `${PUBLIC_EVENTS}?syncToken=${nextSyncToken}`)).body).toMatchObject({
        items: [{ id: 'secret', status: 'cancelled', summary: 'Lunch' }],
      });
    });

    test('tells readers of deleted events', async () => {
      const { nextSyncToken } = await sync();
      await api.send('delete', PUBLIC_EVENT);
      expect((await sync(nextSyncToken)).items).toMatchObject([{ id: 'newyear', status: 'cancelled' }]);
    });

    test('tells readers that an event was made private, without its content', async () => {
      const { nextSyncToken } = (await api.anonymously('get', PUBLIC_EVENTS)).body as {
        nextSyncToken: string;
      };
      await api.send('patch', PUBLIC_EVENT, {}, { visibility: 'private', description: 'Surprise' });
      const { body } = await api.anonymously('get', `${PUBLIC_EVENTS}?syncToken=${nextSyncToken}`);
      expect(body).toMatchObject({
        items: [{ kind: 'calendar#event', etag: eventTag(2, HOLIDAYS), id: 'newyear', status: 'cancelled' }],
      });
      expect(JSON.stringify(body)).not.toContain('Surprise');
      expect((await api.send('get', `${PUBLIC_EVENTS}?syncToken=${nextSyncToken}`)).text).toContain(
        'Surprise',
      );
    });
  });
});
