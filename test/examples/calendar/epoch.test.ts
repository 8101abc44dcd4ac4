/** CALENDAR_EPOCH: what clients keep from before a backup was put back is not taken for what is there now. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import Database from 'libsql';
import { openStore } from '../../../examples/calendar/database.js';
import { readEnvironment } from '../../../examples/calendar/environment.js';
import { sqliteStore } from '../../../examples/calendar/store/sqlite.js';
import type { CalendarStore } from '../../../examples/calendar/store/types.js';
import { ADA, addCalendars, eventAt, LUNCH, TEAM } from './fixtures.js';
import { calendarWithUsers } from './serve.js';
import { describeOnEachStore } from './stores.js';
import { EVENT, EVENTS, KEY, sendTo, useCalendar } from './use-calendar.js';

const CALENDAR = `/calendar/v3/calendars/${TEAM}`;
const LIST = '/calendar/v3/users/me/calendarList';

interface Lists {
  readonly nextPageToken: string;
  readonly nextSyncToken: string;
}

describeOnEachStore((makeStore) => {
  const api = useCalendar(makeStore);
  const inEpoch = async (epoch: string): Promise<Express> =>
    (await calendarWithUsers({ store: { ...api.store, epoch } })).app;

  const RESOURCES = [
    { resource: 'an event', path: EVENT },
    { resource: 'a list of events', path: EVENTS },
    { resource: 'a calendar', path: CALENDAR },
    { resource: 'an entry', path: `${LIST}/${TEAM}` },
    { resource: 'the calendar list', path: LIST },
  ];

  describe.each(RESOURCES)('The tag of $resource', ({ path }) => {
    test('is another one in each epoch', async () => {
      const tags: unknown[] = [];
      for (const epoch of ['', 'second', 'third'])
        tags.push((await sendTo(await inEpoch(epoch), 'get', path)).headers['etag']);
      expect(new Set(tags).size).toBe(3);
    });

    test('is good for a 304 within its epoch', async () => {
      const { etag = '' } = (await sendTo(await inEpoch('second'), 'get', path)).headers;
      const again = sendTo(await inEpoch('second'), 'get', path, { 'If-None-Match': etag });
      expect(await again).toMatchObject({ status: 304 });
    });
  });

  const TOKENS = [
    { parameter: 'syncToken', list: EVENTS, query: '', status: 410, reason: 'fullSyncRequired' },
    { parameter: 'pageToken', list: EVENTS, query: 'maxResults=1', status: 400, reason: 'invalid' },
    { parameter: 'pageToken', list: LIST, query: 'maxResults=1', status: 400, reason: 'invalid' },
  ] as const;

  test.each(TOKENS)(
    'A $parameter of $list is refused with $status in another epoch',
    async ({ parameter, list, query, status, reason }) => {
      await api.store.events.insert({ calendarId: TEAM, id: 'second' }, ADA, eventAt(9));
      for (const [from, to] of [
        ['', 'second'],
        ['second', 'third'],
        ['second', ''],
      ] as const) {
        const { body } = await sendTo(await inEpoch(from), 'get', `${list}?${query}`);
        const token = (body as Lists)[parameter === 'syncToken' ? 'nextSyncToken' : 'nextPageToken'];
        const url = `${list}?${query}&${parameter}=${token}`;
        expect(await sendTo(await inEpoch(from), 'get', url)).toMatchObject({ status: 200 });
        expect(await sendTo(await inEpoch(to), 'get', url)).toMatchObject({
          status,
          body: { error: { errors: [{ reason, location: parameter }] } },
        });
      }
    },
  );

  test('A sync token from before there were epochs is good in the empty one', async () => {
    const token = Buffer.from(JSON.stringify(['sync', TEAM, 0])).toString('base64url');
    const url = `${EVENTS}?syncToken=${token}`;
    expect(await sendTo(await inEpoch(''), 'get', url)).toMatchObject({ status: 200 });
    expect(await sendTo(await inEpoch('second'), 'get', url)).toMatchObject({ status: 410 });
  });
});

describe('A backup that was put back, with another epoch', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'calendar-epoch-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('gives no tag and no sync token of a lost write to another write', async () => {
    const [file, backup] = [join(folder, 'calendar.db'), join(folder, 'backup.db')];
    const write = async (store: CalendarStore, summary: string): Promise<{ etag: string; token: string }> => {
      const { app } = await calendarWithUsers({ store });
      const { etag } = (await sendTo(app, 'patch', EVENT, {}, { summary })).body as { etag: string };
      const { nextSyncToken } = (await sendTo(app, 'get', EVENTS)).body as Lists;
      return { etag, token: nextSyncToken };
    };
    const first = sqliteStore(file);
    await addCalendars(first);
    await first.events.insert(KEY, ADA, LUNCH);
    const db = new Database(file);
    db.exec(`VACUUM INTO '${backup}'`);
    db.close();
    const lost = await write(first, 'Lost');
    await first.close();

    const store = sqliteStore(backup, { epoch: 'restored' });
    await write(store, 'Made in its place');
    expect(await store.events.find(KEY)).toMatchObject({ version: Number(/\d+/.exec(lost.etag)) });
    const { app } = await calendarWithUsers({ store });
    expect(await sendTo(app, 'get', EVENT, { 'If-None-Match': lost.etag })).toMatchObject({ status: 200 });
    const overwrite = sendTo(app, 'put', EVENT, { 'If-Match': lost.etag }, LUNCH);
    expect(await overwrite).toMatchObject({ status: 412 });
    const sync = sendTo(app, 'get', `${EVENTS}?syncToken=${lost.token}`);
    expect(await sync).toMatchObject({ status: 410 });
    await store.close();
  });
});

test.each([{ DATABASE_FILE: ':memory:' }, { DATABASE_URL: 'postgres://127.0.0.1:1/none' }])(
  'CALENDAR_EPOCH is the epoch of the store in %p',
  async (environment) => {
    const store = openStore(readEnvironment({ ...environment, CALENDAR_EPOCH: 'second' }));
    expect(store.epoch).toBe('second');
    await store.close();
  },
);
