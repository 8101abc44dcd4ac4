/** Lists of events, as Google's own client for Node sees them. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { errorOf, idsOf, inTeam, useGoogleClient } from './harness.js';
import { describeOnEachStore } from '../stores.js';

describeOnEachStore((makeStore) => {
  const api = useGoogleClient(makeStore);
  let id: string;
  beforeEach(() => {
    id = api.id;
  });

  describe("Google's client: list", () => {
    beforeEach(async () => {
      for (const suffix of ['a', 'b', 'c'])
        await api.insert(id + suffix, { summary: `Paged ${id} ${suffix}` });
    });
    afterEach(async () => {
      for (const suffix of ['a', 'b', 'c'])
        await api.google.call('events.delete', inTeam({ eventId: id + suffix })).catch(() => {});
    });

    test('finds by words', async () => {
      const found = await api.list({ q: `PAGED ${id} b` });
      expect(found.kind).toBe('calendar#events');
      expect(idsOf(found)).toEqual([`${id}b`]);
    });

    test('gives page after page, and a sync token on the last', async () => {
      const query = { q: id, maxResults: 2 };
      const first = await api.list(query);
      expect(idsOf(first)).toEqual([`${id}a`, `${id}b`]);
      expect(first.nextSyncToken).toBeUndefined();
      const second = await api.list({ ...query, pageToken: first.nextPageToken });
      expect(idsOf(second)).toEqual([`${id}c`]);
      expect(second.nextPageToken).toBeUndefined();
      expect(second.nextSyncToken).toBeDefined();
      expect(second.etag).not.toBe(first.etag);
    });

    test('gives what changed since a sync token, deleted events as cancelled', async () => {
      const { nextSyncToken } = await api.list();
      expect((await api.list({ syncToken: nextSyncToken })).items).toEqual([]);
      await api.google.call(
        'events.patch',
        inTeam({ eventId: `${id}c`, requestBody: { summary: 'Changed' } }),
      );
      await api.google.call('events.delete', inTeam({ eventId: `${id}a` }));
      const { items } = await api.list({ syncToken: nextSyncToken });
      expect(items.map((event) => [event.id, event.status])).toEqual([
        [`${id}c`, 'confirmed'],
        [`${id}a`, 'cancelled'],
      ]);
    });

    test('asks for a full synchronization when the sync token is none', async () => {
      expect(await errorOf(api.list({ syncToken: 'nonsense' }))).toMatchObject({
        code: 410,
        reason: 'fullSyncRequired',
      });
    });

    test('orders by start when events are single', async () => {
      const hour = (from: number): object => ({
        start: { dateTime: `2027-05-01T0${from}:00:00Z` },
        end: { dateTime: `2027-05-01T0${from + 1}:00:00Z` },
      });
      for (const [suffix, from] of [
        ['a', 5],
        ['b', 1],
        ['c', 3],
      ] as const) {
        await api.google.call('events.patch', inTeam({ eventId: id + suffix, requestBody: hour(from) }));
      }
      const day = { timeMin: '2027-05-01T00:00:00Z', timeMax: '2027-05-02T00:00:00+00:00' };
      const found = await api.list({ ...day, singleEvents: true, orderBy: 'startTime' });
      expect(idsOf(found)).toEqual([`${id}b`, `${id}c`, `${id}a`]);
    });
  });
});
