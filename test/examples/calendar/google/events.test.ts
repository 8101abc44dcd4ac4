/** Events, as Google's own client for Node sees them. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { LUNCH } from '../fixtures.js';
import type { GoogleError } from './client.js';
import { errorOf, type Event, idsOf, inTeam, type List, useGoogleClient } from './harness.js';
import { describeOnEachStore } from '../stores.js';

describeOnEachStore((makeStore) => {
  const api = useGoogleClient(makeStore);
  let id: string;
  beforeEach(() => {
    id = api.id;
  });

  describe("Google's client: insert", () => {
    test('gives 200 and the event, under an id of the server', async () => {
      const { status, data } = await api.google.call<Event & { kind: string }>(
        'events.insert',
        inTeam({ requestBody: LUNCH }),
      );
      expect(status).toBe(200);
      expect(data).toMatchObject({ ...LUNCH, kind: 'calendar#event', status: 'confirmed' });
      expect(data.id).toMatch(/^[a-v0-9]{5,}$/);
      expect(await api.get(data.id)).toEqual(data);
    });

    test('twice with one id gives 409, also after the event was deleted', async () => {
      await api.insert(id);
      const taken = { code: 409, reason: 'duplicate', message: 'The requested identifier already exists.' };
      expect(await errorOf(api.insert(id))).toMatchObject(taken);
      await api.google.call('events.delete', inTeam({ eventId: id }));
      expect(await errorOf(api.insert(id))).toMatchObject(taken);
    });

    test('ignores preconditions', async () => {
      const parameters = inTeam({ requestBody: { id, ...LUNCH } });
      const { status } = await api.google.call('events.insert', parameters, { 'If-Match': '"nothing"' });
      expect(status).toBe(200);
    });
  });

  describe("Google's client: conditional retrieval", () => {
    test('gives 304 and no data while the event has not changed', async () => {
      const { etag } = await api.insert(id);
      const parameters = inTeam({ eventId: id });
      const again = await api.google.call('events.get', parameters, { 'If-None-Match': etag });
      expect(again).toMatchObject({ status: 304, data: '', fields: { etag, vary: 'Authorization' } });
      expect(again.fields['cache-control']).toContain('no-cache');

      await api.google.call('events.patch', inTeam({ eventId: id, requestBody: { summary: 'Brunch' } }));
      const changed = await api.google.call<Event>('events.get', parameters, { 'If-None-Match': etag });
      expect(changed).toMatchObject({ status: 200, data: { summary: 'Brunch' } });
      expect(changed.data.etag).not.toBe(etag);
    });

    test('gives 304 for a list until any member changes', async () => {
      await api.insert(id);
      const first = await api.google.call<List>('events.list', inTeam());
      const { etag } = first.data;
      expect(first.fields['etag']).toBe(etag);
      expect(await api.google.call('events.list', inTeam(), { 'If-None-Match': etag })).toMatchObject({
        status: 304,
      });

      const patch = inTeam({ eventId: id, requestBody: { location: 'Roof' } });
      const changes = [
        () => api.google.call('events.patch', patch),
        () => api.google.call('events.delete', inTeam({ eventId: id })),
        () => api.insert(`${id}b`),
      ];
      const tags = [etag];
      for (const change of changes) {
        await change();
        tags.push((await api.list()).etag);
      }
      expect(new Set(tags).size).toBe(tags.length);
    });

    test('sees the same tag in the body and in the ETag field, of events and lists', async () => {
      await api.insert(id);
      for (const [method, parameters] of [
        ['events.get', inTeam({ eventId: id })],
        ['events.list', inTeam({ q: 'lunch' })],
        ['calendars.get', inTeam()],
        ['calendarList.get', inTeam()],
        ['calendarList.list', {}],
      ] as const) {
        const { data, fields } = await api.google.call<Event>(method, parameters);
        expect([method, fields['etag']]).toEqual([method, data.etag]);
      }
    });
  });

  describe("Google's client: conditional modification", () => {
    test('updates with the current tag, and shows the new one in the body', async () => {
      const { etag } = await api.insert(id);
      const parameters = inTeam({ eventId: id, requestBody: { ...LUNCH, summary: 'Brunch' } });
      const { status, data, fields } = await api.google.call<Event>('events.update', parameters, {
        'If-Match': etag,
      });
      expect({ status, summary: data.summary }).toEqual({ status: 200, summary: 'Brunch' });
      expect(data.etag).not.toBe(etag);
      expect(fields['etag']).toBeUndefined();
      expect(await api.get(id)).toEqual(data);
    });

    test('loses with an outdated tag, re-reads, re-applies and wins', async () => {
      const stale = await api.insert(id);
      await api.google.call('events.patch', inTeam({ eventId: id, requestBody: { location: 'Roof' } }));

      const statuses: (number | undefined)[] = [];
      let event = stale;
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const requestBody = { ...event, summary: 'Brunch' };
        const update = api.google.call<Event>('events.update', inTeam({ eventId: id, requestBody }), {
          'If-Match': event.etag,
        });
        const outcome = await update.catch((error: unknown) => error as GoogleError);
        statuses.push(outcome.status);
        if (outcome.status !== 412) break;
        event = await api.get(id);
      }
      expect(statuses).toEqual([412, 200]);
      expect(await api.get(id)).toMatchObject({ summary: 'Brunch', location: 'Roof' });
    });

    test.each(['update', 'patch', 'delete'])(
      '%s tells a lost race as 412 conditionNotMet, and changes nothing',
      async (method) => {
        const before = await api.insert(id);
        const call = api.google.call(`events.${method}`, inTeam({ eventId: id, requestBody: LUNCH }), {
          'If-Match': '"0"',
        });
        const error = await errorOf(call);
        expect(error).toMatchObject({
          code: 412,
          status: 412,
          message: 'Precondition Failed',
          reason: 'conditionNotMet',
        });
        expect(await api.get(id)).toEqual(before);
      },
    );

    test('refuses a weak tag on a write', async () => {
      const { etag } = await api.insert(id);
      const parameters = inTeam({ eventId: id, requestBody: LUNCH });
      expect(
        await errorOf(api.google.call('events.update', parameters, { 'If-Match': `W/${etag}` })),
      ).toMatchObject({ code: 412 });
    });

    test('forces with *', async () => {
      await api.insert(id);
      const parameters = inTeam({ eventId: id, requestBody: { ...LUNCH, summary: 'Mine' } });
      expect(await api.google.call('events.update', parameters, { 'If-Match': '*' })).toMatchObject({
        status: 200,
        data: { summary: 'Mine' },
      });
    });

    test('patches what is named, removes what is null, and announces the new tag', async () => {
      const { etag } = await api.insert(id, { location: 'Canteen', description: 'Soup' });
      const parameters = inTeam({ eventId: id, requestBody: { location: null, summary: 'Brunch' } });
      const { data, fields } = await api.google.call<Event>('events.patch', parameters, { 'If-Match': etag });
      expect(data).toMatchObject({ summary: 'Brunch', description: 'Soup' });
      expect(data.location).toBeUndefined();
      expect(fields['etag']).toBe(data.etag);
    });
  });

  describe("Google's client: delete", () => {
    test('gives 204; then the event is cancelled, and writes meet 410', async () => {
      const { etag } = await api.insert(id);
      const parameters = inTeam({ eventId: id });
      const { status, data, fields } = await api.google.call('events.delete', parameters, {
        'If-Match': etag,
      });
      expect({ status, data, etag: fields['etag'] }).toEqual({ status: 204, data: '', etag: undefined });

      expect(await api.get(id)).toMatchObject({ id, status: 'cancelled' });
      const gone = { code: 410, reason: 'deleted', message: 'Resource has been deleted' };
      expect(await errorOf(api.google.call('events.delete', parameters))).toMatchObject(gone);
      for (const method of ['events.update', 'events.patch']) {
        const write = { ...parameters, requestBody: LUNCH };
        expect(await errorOf(api.google.call(method, write))).toMatchObject(gone);
        expect(await errorOf(api.google.call(method, write, { 'If-Match': etag }))).toMatchObject(gone);
      }
    });

    test('takes the event from lists, which show it with showDeleted', async () => {
      await api.insert(id);
      await api.google.call('events.delete', inTeam({ eventId: id }));
      expect(idsOf(await api.list())).not.toContain(id);
      const { items } = await api.list({ showDeleted: true });
      expect(items).toContainEqual(expect.objectContaining({ id, status: 'cancelled' }));
    });
  });
});
