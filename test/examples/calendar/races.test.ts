/** Several writers of one event of the calendar API. */
import { describe, expect, test } from '@jest/globals';
import type request from 'supertest';
import type { CalendarStore } from '../../../examples/calendar/store/types.js';
import { ADA, eventAt, LUNCH, TEAM } from './fixtures.js';
import { type Calendar, calendarWithUsers } from './serve.js';
import { describeOnEachStore } from './stores.js';
import { EVENT, EVENTS, eventTag, type Fields, KEY, sendTo, useCalendar } from './use-calendar.js';

describeOnEachStore((makeStore) => {
  const api = useCalendar(makeStore);

  /** Lets somebody else write between the check and the write of the next request. */
  async function overtaken(by: (store: CalendarStore) => Promise<unknown>): Promise<Calendar> {
    const { store } = api;
    let isNext = true;
    const find: CalendarStore['events']['find'] = async (key) => {
      const found = await store.events.find(key);
      if (isNext) await by(store);
      isNext = false;
      return found;
    };
    return calendarWithUsers({ store: { ...store, events: { ...store.events, find } } });
  }

  describe('Of several writers', () => {
    const statuses = async (requests: request.Test[]): Promise<number[]> =>
      (await Promise.all(requests)).map(({ status }) => status).toSorted((a, b) => a - b);
    const TEN = Array.from({ length: 10 }, (_, index) => index);

    test.each(['put', 'patch', 'delete'] as const)(
      'who %s with one tag at once, one wins and nine get 412',
      async (method) => {
        const requests = TEN.map((hour) =>
          api.send(method, EVENT, { 'If-Match': eventTag(1) }, eventAt(hour)),
        );
        const found = await statuses(requests);
        // After a deletion that has won, a request that comes late finds nothing to compare with.
        expect(found.filter((status) => status < 300)).toHaveLength(1);
        expect(
          found.filter((status) => status === 412 || (method === 'delete' && status === 410)),
        ).toHaveLength(9);
        expect((await api.store.events.find(KEY))?.version).toBe(2);
      },
    );

    test('who insert with one id at once, one wins and nine get 409', async () => {
      const requests = TEN.map((hour) => api.send('post', EVENTS, {}, { id: 'brunch', ...eventAt(hour) }));
      expect(await statuses(requests)).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    });

    test('who patch different members without conditions, each finds theirs kept', async () => {
      const patches = TEN.map((number) => ({ extendedProperties: { shared: { [`p${number}`]: 'x' } } }));
      expect(await statuses(patches.map((patch) => api.send('patch', EVENT, {}, patch)))).toEqual(
        TEN.map(() => 200),
      );
      const row = await api.store.events.find(KEY);
      expect(Object.keys(row?.fields.extendedProperties?.shared ?? {})).toHaveLength(10);
    });

    const update = (store: CalendarStore): Promise<unknown> =>
      store.events.update(KEY, eventAt(7), undefined);
    const remove = (store: CalendarStore): Promise<unknown> => store.events.remove(KEY, undefined);

    test.each(['put', 'patch', 'delete'] as const)(
      'who %s after a check that is overtaken, get the same 412',
      async (method) => {
        const { app } = await overtaken(update);
        const response = await sendTo(app, method, EVENT, { 'If-Match': eventTag(1) }, LUNCH);
        expect(response.status).toBe(412);
        expect(response.body).toMatchObject({
          error: { errors: [{ reason: 'conditionNotMet', location: 'If-Match' }] },
        });
        expect(response.headers).toMatchObject({ 'cache-control': 'no-store' });
        expect(await api.store.events.find(KEY)).toMatchObject({ version: 2, fields: eventAt(7) });
      },
    );

    test('who patch without conditions and are overtaken, keep the change of the other', async () => {
      const { app } = await overtaken(update);
      expect(await sendTo(app, 'patch', EVENT, {}, { location: 'Roof' })).toMatchObject({ status: 200 });
      expect(await api.store.events.find(KEY)).toMatchObject({
        fields: { ...eventAt(7), location: 'Roof' },
      });
    });

    test.each([
      { by: 'a change', overtake: update, method: 'put', ifMatch: '*', status: 200 },
      { by: 'a change', overtake: update, method: 'patch', ifMatch: '*', status: 200 },
      { by: 'a deletion', overtake: remove, method: 'put', ifMatch: eventTag(1), status: 410 },
      { by: 'a deletion', overtake: remove, method: 'patch', ifMatch: '*', status: 410 },
    ] as const)('who $method with $ifMatch and are overtaken by $by, get $status', async (row) => {
      const { app } = await overtaken(row.overtake);
      const response = await sendTo(app, row.method, EVENT, { 'If-Match': row.ifMatch }, LUNCH);
      expect(response.status).toBe(row.status);
    });
  });

  describe('A write of what comes into being after the check', () => {
    test.each([{ 'If-None-Match': '*' }, { 'If-Match': eventTag(1) }] as Fields[])(
      'is 412 with %p, and leaves it as it is',
      async (conditions) => {
        const key = { calendarId: TEAM, id: 'brunch' };
        const { app } = await overtaken((store) => store.events.insert(key, ADA, eventAt(7)));
        for (const method of ['put', 'patch', 'delete'] as const) {
          const response = await sendTo(app, method, `${EVENTS}/brunch`, conditions, LUNCH);
          expect(response.status).toBe(412);
        }
        expect(await api.store.events.find(key)).toMatchObject({
          version: 2,
          deleted: false,
          fields: eventAt(7),
        });
      },
    );
  });
});
