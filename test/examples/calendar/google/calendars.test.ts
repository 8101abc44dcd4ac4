/** Calendars, the calendar list and credentials, as Google's own client for Node sees them. */
import { describe, expect, test } from '@jest/globals';
import { HOLIDAYS, LUNCH, TEAM } from '../fixtures.js';
import { googleClient } from './client.js';
import { type Entry, errorOf, type Event, idsOf, inTeam, type List, useGoogleClient } from './harness.js';
import { describeOnEachStore } from '../stores.js';

describeOnEachStore((makeStore) => {
  const api = useGoogleClient(makeStore);

  describe("Google's client: calendars and the calendar list", () => {
    test('makes, renames and deletes a calendar', async () => {
      const made = await api.google.call<Event>('calendars.insert', { requestBody: { summary: 'Choir' } });
      expect(made).toMatchObject({ status: 200, data: { kind: 'calendar#calendar', summary: 'Choir' } });
      const calendarId = made.data.id;
      const renaming = { calendarId, requestBody: { summary: 'Band' } };
      const renamed = await api.google.call<Event>('calendars.patch', renaming, {
        'If-Match': made.data.etag,
      });
      expect(renamed.data.summary).toBe('Band');
      expect(
        await errorOf(api.google.call('calendars.update', renaming, { 'If-Match': made.data.etag })),
      ).toMatchObject({ code: 412 });
      expect(await api.google.call('calendars.delete', { calendarId })).toMatchObject({ status: 204 });
      expect(await errorOf(api.google.call('calendars.get', { calendarId }))).toMatchObject({
        code: 404,
        reason: 'notFound',
      });
    });

    test('knows the calendar of the caller as primary', async () => {
      const { data } = await api.google.call<Event>('calendars.get', { calendarId: 'primary' });
      expect(data.id).toBe('ada@example.test');
      const entry = await api.google.call<object>('calendarList.get', { calendarId: 'primary' });
      expect(entry.data).toMatchObject({ id: 'ada@example.test', primary: true, accessRole: 'owner' });
    });

    test('lists the calendars of the caller', async () => {
      const { data } = await api.google.call<List>('calendarList.list', {});
      expect(data.kind).toBe('calendar#calendarList');
      expect(idsOf(data)).toEqual(expect.arrayContaining(['ada@example.test', HOLIDAYS, TEAM]));
      const page = await api.google.call<List>('calendarList.list', { maxResults: 1 });
      expect(idsOf(page.data)).toEqual(['ada@example.test']);
      const { data: next } = await api.google.call<List>('calendarList.list', {
        pageToken: page.data.nextPageToken,
      });
      expect(idsOf(next)).toEqual(idsOf(data).slice(1));
    });

    test('keeps the tag of an entry when its read-only fields change, and changes it with the own settings', async () => {
      const read = async (): Promise<Entry> =>
        (await api.google.call<Entry>('calendarList.get', inTeam())).data;
      const before = await read();
      await api.google.call('calendars.patch', inTeam({ requestBody: { summary: 'Crew' } }));
      const renamed = await read();
      expect(renamed).toMatchObject({ summary: 'Crew', etag: before.etag });

      const colouring = inTeam({ requestBody: { colorId: '7' } });
      const coloured = await api.google.call<Entry>('calendarList.patch', colouring, {
        'If-Match': before.etag,
      });
      expect(coloured.data).toMatchObject({ summary: 'Crew', colorId: '7' });
      expect(coloured.data.etag).not.toBe(before.etag);
      expect(
        await errorOf(api.google.call('calendarList.update', colouring, { 'If-Match': before.etag })),
      ).toMatchObject({ code: 412 });
    });

    test('leaves hidden calendars out of the list, and takes them away and back', async () => {
      const calendarId = HOLIDAYS;
      await api.google.call('calendarList.update', { calendarId, requestBody: { hidden: true } });
      expect(idsOf((await api.google.call<List>('calendarList.list', {})).data)).not.toContain(HOLIDAYS);
      expect(idsOf((await api.google.call<List>('calendarList.list', { showHidden: true })).data)).toContain(
        HOLIDAYS,
      );

      expect(await api.google.call('calendarList.delete', { calendarId })).toMatchObject({ status: 204 });
      expect(await errorOf(api.google.call('calendarList.get', { calendarId }))).toMatchObject({ code: 404 });
      const insertion = { requestBody: { id: HOLIDAYS, colorId: '3' } };
      expect(await api.google.call('calendarList.insert', insertion)).toMatchObject({
        status: 200,
        data: { colorId: '3' },
      });
      expect(await errorOf(api.google.call('calendarList.insert', insertion))).toMatchObject({ code: 409 });
    });
  });

  describe("Google's client: credentials", () => {
    test('an API key reads public calendars only', async () => {
      const keyed = googleClient(api.origin, 'key:some-key');
      try {
        expect(await keyed.call('events.list', { calendarId: HOLIDAYS })).toMatchObject({ status: 200 });
        expect(await errorOf(keyed.call('events.list', { calendarId: TEAM }))).toMatchObject({
          code: 401,
          reason: 'authError',
        });
        const insertion = { calendarId: HOLIDAYS, requestBody: LUNCH };
        expect(await errorOf(keyed.call('events.insert', insertion))).toMatchObject({ code: 401 });
      } finally {
        await keyed.close();
      }
    });

    test('a wrong token is 401, whatever the conditions', async () => {
      const stranger = googleClient(api.origin, 'wrong-token');
      try {
        for (const headers of [{}, { 'If-None-Match': '*' }, { 'If-Match': '"0"' }]) {
          const call = stranger.call('events.list', { calendarId: HOLIDAYS }, headers);
          expect(await errorOf(call)).toMatchObject({
            code: 401,
            reason: 'authError',
            message: 'Invalid Credentials',
          });
        }
      } finally {
        await stranger.close();
      }
    });
  });
});
