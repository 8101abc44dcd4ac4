/** What the calendar API does besides preconditions. */
import { describe, expect, jest, test } from '@jest/globals';
import type { Express } from 'express';
import { calendarApi } from '../../../examples/calendar/app.js';
import { ADA, eventAt, LUNCH, TEAM } from './fixtures.js';
import { ADA_TOKEN } from './serve.js';
import { describeOnEachStore } from './stores.js';
import { EVENT, EVENTS, eventTag, KEY, sendTo, useCalendar } from './use-calendar.js';

interface EventBody {
  readonly id: string;
  readonly summary: string;
}

interface ListBody {
  readonly items: readonly EventBody[];
  readonly nextPageToken?: string;
  readonly nextSyncToken?: string;
}

describeOnEachStore((makeStore) => {
  const api = useCalendar(makeStore);
  async function list(query: Record<string, string>): Promise<ListBody> {
    const response = await api.send('get', `${EVENTS}?${new URLSearchParams(query).toString()}`);
    expect(response.status).toBe(200);
    return response.body as ListBody;
  }

  describe('An event', () => {
    test('can be sent back as it was read: what is read-only is left alone', async () => {
      const before = (await api.send('get', EVENT)).body as EventBody;
      const edited = {
        ...before,
        summary: 'Brunch',
        id: 'other',
        creator: { email: 'mallory@example.test' },
        etag: '"9"',
      };
      const after = await api.send('put', EVENT, {}, edited);
      expect(after.status).toBe(200);
      expect(after.body).toMatchObject({
        ...before,
        summary: 'Brunch',
        etag: eventTag(2),
        updated: expect.any(String),
      });
    });

    test('is replaced by PUT: what is left out is gone', async () => {
      await api.send('patch', EVENT, {}, { location: 'Canteen' });
      expect((await api.send('put', EVENT, {}, LUNCH)).body).not.toHaveProperty('location');
    });

    test('keeps its recurrence untouched', async () => {
      const recurrence = ['RRULE:FREQ=WEEKLY;BYDAY=MO', 'EXDATE:20270308T120000Z'];
      expect((await api.send('put', EVENT, {}, { ...LUNCH, recurrence })).body).toMatchObject({ recurrence });
      expect((await list({ singleEvents: 'true' })).items).toMatchObject([{ recurrence }]);
    });

    test('takes names like __proto__ as names', async () => {
      const content = `{"__proto__": {"polluted": 1}, "extendedProperties": {"shared": {"__proto__": "x", "constructor": "y"}}}`;
      const { status, text } = await api.send('patch', EVENT, {}, content);
      expect(status).toBe(200);
      expect(text).toContain('"shared":{"__proto__":"x","constructor":"y"}');
      expect(text).not.toContain('polluted');
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    });

    test('takes deep nesting for what it is', async () => {
      const deep = (name: string): string =>
        `{"extendedProperties": ${`{"${name}":`.repeat(15_000)}1${'}'.repeat(15_000)}}`;
      expect(await api.send('patch', EVENT, {}, deep('unknown'))).toMatchObject({ status: 200 });
      expect(await api.send('patch', EVENT, {}, deep('shared'))).toMatchObject({ status: 400 });
    });

    test('takes place when its time zone says', async () => {
      const time = (clock: string): object => ({
        dateTime: `2027-07-01T${clock}`,
        timeZone: 'America/New_York',
      });
      await api.send('put', EVENT, {}, { ...LUNCH, start: time('20:00:00'), end: time('21:00:00') });
      // 20:00 in New York is midnight in UTC.
      expect((await list({ timeMax: '2027-07-02T00:00:00Z' })).items).toHaveLength(0);
      expect((await list({ timeMax: '2027-07-02T00:00:01Z' })).items).toHaveLength(1);
      expect((await list({ timeMin: '2027-07-02T01:00:00Z' })).items).toHaveLength(0);
      expect((await list({ timeMin: '2027-07-02T02:59:59+02:00' })).items).toHaveLength(1);
    });
  });

  describe('A list', () => {
    test('synchronizes also what changed between its pages', async () => {
      for (const hour of [1, 2, 3])
        await api.store.events.insert({ calendarId: TEAM, id: `event${hour}` }, ADA, eventAt(hour));
      const first = await list({ maxResults: '2' });
      const [seen] = first.items;
      await api.send('patch', `${EVENTS}/${seen?.id}`, {}, { summary: 'Changed meanwhile' });
      const last = await list({ maxResults: '2', pageToken: first.nextPageToken ?? '' });
      expect(last.nextPageToken).toBeUndefined();

      const { items } = await list({ syncToken: last.nextSyncToken ?? '' });
      expect(items.map(({ id, summary }) => [id, summary])).toEqual([[seen?.id, 'Changed meanwhile']]);
    });

    test('refuses the page token of another query', async () => {
      await api.store.events.insert({ calendarId: TEAM, id: 'second' }, ADA, eventAt(1));
      const { nextPageToken = '' } = await list({ maxResults: '1' });
      expect(await api.send('get', `${EVENTS}?q=x&pageToken=${nextPageToken}`)).toMatchObject({
        status: 400,
      });
      expect(await list({ maxResults: '2', pageToken: nextPageToken })).toMatchObject({
        items: [{ id: 'second' }],
      });
    });

    test('refuses a page token with U+0000, which no id and no time contains', async () => {
      await api.store.events.insert({ calendarId: TEAM, id: 'second' }, ADA, eventAt(1));
      for (const orderBy of ['', 'updated', 'startTime']) {
        const query = { maxResults: '1', singleEvents: 'true', orderBy };
        const { nextPageToken = '' } = await list(query);
        const parts = JSON.parse(Buffer.from(nextPageToken, 'base64url').toString()) as unknown[];
        const forged = Buffer.from(JSON.stringify([...parts.slice(0, -1), 'a\0b'])).toString('base64url');
        const path = `${EVENTS}?${new URLSearchParams({ ...query, pageToken: forged }).toString()}`;
        expect(await api.send('get', path)).toMatchObject({
          status: 400,
          body: { error: { errors: [{ reason: 'invalid', location: 'pageToken' }] } },
        });
      }
    });

    test('starts from scratch for a sync token from the future, or of another calendar', async () => {
      const { nextSyncToken = '' } = await list({});
      for (const id of ['first', 'second']) {
        await api.store.events.insert({ calendarId: ADA, id }, ADA, LUNCH);
      }
      const other = await api.send('get', `/calendar/v3/calendars/primary/events?syncToken=${nextSyncToken}`);
      expect(other).toMatchObject({ status: 410 });
      const future = Buffer.from(JSON.stringify(['sync', TEAM, 99])).toString('base64url');
      expect(await api.send('get', `${EVENTS}?syncToken=${future}`)).toMatchObject({ status: 410 });
    });

    test('has pages whose tags change with the events', async () => {
      await api.store.events.insert({ calendarId: TEAM, id: 'second' }, ADA, eventAt(1));
      const { nextPageToken = '' } = await list({ maxResults: '1' });
      const page = `${EVENTS}?maxResults=1&pageToken=${nextPageToken}`;
      const { etag = '' } = (await api.send('get', page)).headers;
      expect(etag).not.toBe((await api.send('get', `${EVENTS}?maxResults=1`)).headers['etag']);
      await api.send('patch', `${EVENTS}/second`, {}, { summary: 'Changed' });
      const again = await api.send('get', page).set('If-None-Match', etag);
      expect(again).toMatchObject({ status: 200, body: { items: [{ summary: 'Changed' }] } });
    });

    test('shows deleted events since updatedMin', async () => {
      await api.store.events.remove(KEY, undefined);
      expect(await list({ updatedMin: '2020-01-01T00:00:00Z' })).toMatchObject({
        items: [{ status: 'cancelled' }],
      });
    });
  });

  describe('A database that fails', () => {
    /** The API on a store of which some functions are replaced. */
    const withEvents = (changes: object): Express => {
      const { store } = api;
      const tokens = new Map([[ADA_TOKEN, ADA]]);
      return calendarApi({ store: { ...store, events: { ...store.events, ...changes } }, tokens });
    };
    const fail = (): never => {
      throw new Error('disk on fire at /var/lib/calendar.db');
    };
    const CASES = [
      { method: 'put', path: EVENT, fields: {} },
      { method: 'put', path: EVENT, fields: { 'If-Match': eventTag(1) } },
      // The version is known here, so the tag is set already.
      { method: 'get', path: EVENTS, fields: {} },
    ] as const;

    test.each(CASES)('is a 500 that tells nothing of the inside: %p', async ({ method, path, fields }) => {
      const log = jest.spyOn(console, 'error').mockImplementation(() => {});
      const app = withEvents({ find: fail, update: fail, list: fail });
      const response = await sendTo(app, method, path, fields, method === 'put' ? LUNCH : undefined);
      expect(response.status).toBe(500);
      expect(response.body).toMatchObject({ error: { code: 500, errors: [{ reason: 'backendError' }] } });
      expect(response.text).not.toContain('fire');
      expect(response.headers).toMatchObject({ 'cache-control': 'no-store' });
      expect(response.headers).not.toHaveProperty('etag');
      expect(log).toHaveBeenCalledTimes(1);
      log.mockRestore();
    });

    test('is not asked for ids with U+0000, which some refuse', async () => {
      const app = withEvents({ find: fail });
      expect(await sendTo(app, 'get', `${EVENTS}/a%00b`)).toMatchObject({ status: 404 });
    });
  });
});
