import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { CalendarStore } from '../../../examples/calendar/store/types.js';
import { BAD_INPUTS, type BadInput } from './bad-input.cases.js';
import { ADA, EVERYTHING, LUNCH, TEAM } from './fixtures.js';
import { ADA_TOKEN, type Calendar, calendarWithUsers } from './serve.js';
import { describeOnEachStore } from './stores.js';

describeOnEachStore((makeStore) => {
  describe('A request that is wrong', () => {
    let calendar: Calendar;

    beforeEach(async () => {
      calendar = await calendarWithUsers({ store: await makeStore() });
      const { events } = calendar.store;
      for (const id of ['lunch', 'gone0']) await events.insert({ calendarId: TEAM, id }, ADA, LUNCH);
      await events.remove({ calendarId: TEAM, id: 'gone0' }, undefined);
    });
    afterEach(() => calendar.store.close());

    function send({ method = 'get', path, content, type = 'application/json' }: BadInput): request.Test {
      const client = request(calendar.app);
      const req = client[method](`/calendar/v3${path}`).set('Authorization', `Bearer ${ADA_TOKEN}`);
      if (content === undefined) return req;
      return req
        .set('Content-Type', type)
        .send(typeof content === 'string' ? content : JSON.stringify(content));
    }

    async function everything({ events, calendars, entries }: CalendarStore): Promise<unknown> {
      const { rows } = await events.list(TEAM, { ...EVERYTHING, deleted: true });
      return { rows, calendar: await calendars.find(TEAM), entries: await entries.list(ADA) };
    }

    test.each(BAD_INPUTS)('is told so in the shape of the API, and changes nothing: $title', async (row) => {
      const before = await everything(calendar.store);
      const response = await send(row);
      expect(response.status).toBe(row.status);
      expect(response.type).toBe('application/json');
      expect(response.headers).toMatchObject({ 'cache-control': 'no-store' });
      expect(response.headers).not.toHaveProperty('etag');

      const { error } = response.body as { error: { code: number; message: string; errors: object[] } };
      expect(error).toMatchObject({ code: row.status, message: expect.stringMatching(/./) });
      const { reason, location } = row;
      const details = { domain: 'global', reason, message: error.message };
      expect(error.errors).toEqual([
        expect.objectContaining(location === undefined ? details : { ...details, location }),
      ]);
      expect(await everything(calendar.store)).toEqual(before);
    });
  });
});
