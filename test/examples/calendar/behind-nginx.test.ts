/** The calendar API behind an nginx that compresses what it passes on, and thereby weakens strong tags. */
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { sqliteStore } from '../../../examples/calendar/store/sqlite.js';
import { describeBehindNginx, type NginxOptions } from '../../helpers/nginx.js';
import { withServer } from '../../helpers/server.js';
import { eventAt } from './fixtures.js';
import { ADA_TOKEN } from './serve.js';
import { EVENT, eventTag, type Fields, KEY, type Method, useCalendar } from './use-calendar.js';

describeBehindNginx('The calendar API behind nginx', (nginx) => {
  const api = useCalendar(async () => sqliteStore(':memory:'));

  type Send = (method: Method, fields: Fields, content?: object) => request.Test;

  /** Lends a function that sends requests for the event, as Ada, to an nginx in front of the API. */
  async function behindNginx<T>(options: NginxOptions, use: (send: Send) => Promise<T>): Promise<T> {
    return withServer(api.app, async (upstream) => {
      const client = request(`http://127.0.0.1:${await nginx.inFrontOf(upstream, options)}`);
      return use((method, fields, content) =>
        client[method](EVENT)
          .set({ Authorization: `Bearer ${ADA_TOKEN}`, 'Accept-Encoding': 'gzip', ...fields })
          .send(content),
      );
    });
  }

  const ARRIVALS = [
    { gzip: true, accepted: 'gzip', etag: `W/${eventTag(1)}`, coding: 'gzip' },
    { gzip: true, accepted: 'identity', etag: eventTag(1), coding: undefined },
    { gzip: false, accepted: 'gzip', etag: eventTag(1), coding: undefined },
  ];
  test.each(ARRIVALS)(
    'sends $etag for its strong tag: gzip is on: $gzip, and the client accepts $accepted',
    async ({ gzip, accepted, etag, coding }) => {
      const { headers, body } = await behindNginx({ gzip }, (send) =>
        send('get', { 'Accept-Encoding': accepted }),
      );
      expect([headers['etag'], headers['content-encoding']]).toEqual([etag, coding]);
      expect(body).toMatchObject({ etag: eventTag(1), summary: 'Lunch' });
    },
  );

  test('answers 304 to If-None-Match with the weakened tag, and sends the strong one along', async () => {
    const { status, headers } = await behindNginx({ gzip: true }, (send) =>
      send('get', { 'If-None-Match': `W/${eventTag(1)}` }),
    );
    expect([status, headers['etag']]).toEqual([304, eventTag(1)]);
  });

  test('answers 412 to If-Match with the weakened tag, and changes nothing', async () => {
    await behindNginx({ gzip: true }, async (send) => {
      for (const method of ['put', 'patch', 'delete'] as const) {
        expect(await send(method, { 'If-Match': `W/${eventTag(1)}` }, eventAt(9))).toMatchObject({
          status: 412,
        });
      }
    });
    expect(await api.store.events.find(KEY)).toMatchObject({ version: 1 });
  });

  test('writes under the tag that is a member of the body, after a read and after each write', async () => {
    await behindNginx({ gzip: true }, async (send) => {
      let { etag } = (await send('get', {})).body as { etag: string };
      for (const [method, next] of [
        ['put', eventTag(2)],
        ['patch', eventTag(3)],
        ['put', eventTag(4)],
      ] as const) {
        const { status, body } = await send(method, { 'If-Match': etag }, eventAt(9));
        expect([status, body]).toEqual([200, expect.objectContaining({ etag: next })]);
        ({ etag } = body as { etag: string });
      }
      expect(await send('delete', { 'If-Match': etag })).toMatchObject({ status: 204 });
    });
  });

  test('weakens also the tag that announces the version after PATCH', async () => {
    const { headers, body } = await behindNginx({ gzip: true }, (send) =>
      send('patch', { 'If-Match': eventTag(1) }, eventAt(9)),
    );
    expect([headers['etag'], body]).toEqual([
      `W/${eventTag(2)}`,
      expect.objectContaining({ etag: eventTag(2) }),
    ]);
  });
});
