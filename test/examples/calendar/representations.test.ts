/** One URI, two users, two representations: `primary`, and what each user has set for a calendar. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type request from 'supertest';
import { calendarApi } from '../../../examples/calendar/app.js';
import { sqliteStore } from '../../../examples/calendar/store/sqlite.js';
import { describeInChromium } from '../../helpers/chromium.js';
import { withServer } from '../../helpers/server.js';
import { ADA, BOB, eventAt, HOLIDAYS } from './fixtures.js';
import { ADA_TOKEN, BOB_TOKEN } from './serve.js';
import { type Fields, type Method, sendTo, useCalendar } from './use-calendar.js';

const BASE = '/calendar/v3';
const OWN_EVENT = `${BASE}/calendars/primary/events/own00`;

const api = useCalendar(async () => sqliteStore(':memory:'));

/** Whatever each of them has is in its first version. */
beforeEach(async () => {
  for (const user of [ADA, BOB])
    await api.store.events.insert({ calendarId: user, id: 'own00' }, user, eventAt(9, { summary: user }));
  await api.store.entries.insert(BOB, HOLIDAYS, {});
});

function asBob(method: Method, path: string, fields: Fields = {}, content?: object): request.Test {
  return api.send(method, path, { ...fields, Authorization: `Bearer ${BOB_TOKEN}` }, content);
}

async function tagOf(response: request.Test): Promise<string> {
  const { status, headers } = await response;
  expect(status).toBe(200);
  return headers['etag'] ?? '';
}

const SHARED = [
  { resource: 'an event', path: OWN_EVENT, content: eventAt(10) },
  { resource: 'a calendar', path: `${BASE}/calendars/primary`, content: { summary: 'Mine' } },
  { resource: 'an own entry', path: `${BASE}/users/me/calendarList/primary`, content: { colorId: '1' } },
  { resource: 'an entry', path: `${BASE}/users/me/calendarList/${HOLIDAYS}`, content: { colorId: '1' } },
];

describe.each(SHARED)("Another user's tag of $resource under the same URI", ({ path, content }) => {
  test.each(['get', 'head'] as const)('is not answered 304 to %s', async (method) => {
    const adas = await tagOf(api.send('get', path));
    expect(await asBob(method, path, { 'If-None-Match': adas })).toMatchObject({ status: 200 });
    const bobs = await tagOf(asBob('get', path));
    expect(await asBob(method, path, { 'If-None-Match': bobs })).toMatchObject({ status: 304 });
  });

  test.each(['put', 'patch', 'delete'] as const)('satisfies no If-Match of %s', async (method) => {
    const adas = await tagOf(api.send('get', path));
    expect(await asBob(method, path, { 'If-Match': adas }, content)).toMatchObject({ status: 412 });
  });
});

const ALIASES = [
  { resource: 'an event', own: OWN_EVENT, other: `${BASE}/calendars/${ADA}/events/own00` },
  { resource: 'a calendar', own: `${BASE}/calendars/primary`, other: `${BASE}/calendars/${ADA}` },
  {
    resource: 'an entry',
    own: `${BASE}/users/me/calendarList/primary`,
    other: `${BASE}/users/me/calendarList/${ADA}`,
  },
];

test.each(ALIASES)(
  'The tag of $resource is the same under primary and under the id',
  async ({ own, other }) => {
    expect(await tagOf(api.send('get', own))).toBe(await tagOf(api.send('get', other)));
  },
);

test("A reader's tag of a list is not that of another reader, whose reminders it shows", async () => {
  const [path, eve] = [`${BASE}/calendars/${HOLIDAYS}/events`, 'eve@example.test'];
  await api.store.entries.insert(eve, HOLIDAYS, { defaultReminders: [{ method: 'popup', minutes: 5 }] });
  const app = calendarApi({ store: api.store, tokens: new Map([['eve-token', eve]]) });
  const bobs = await tagOf(asBob('get', path));
  const asEve = { Authorization: 'Bearer eve-token', 'If-None-Match': bobs };
  expect(await sendTo(app, 'get', path, asEve)).toMatchObject({
    status: 200,
    body: { defaultReminders: [{ minutes: 5 }] },
  });
});

describeInChromium('A page that changes its user', (browser) => {
  /** What a script of the page gets with that token. */
  function summaryFor(page: Page, token: string): Promise<unknown> {
    return page.evaluate(
      async ([url = '', authorization = '']) => {
        const response = await fetch(url, { headers: { authorization } });
        return ((await response.json()) as { summary: unknown }).summary;
      },
      [OWN_EVENT, `Bearer ${token}`],
    );
  }

  // The cache has Ada's event, does not serve it to Bob, and asks with its tag whether it may (RFC 9111, section 4.1).
  test('is not shown from the cache what it has got as somebody else', async () => {
    const summaries = await withServer(api.app, (port) =>
      browser.withPage(async (page) => {
        await page.goto(`http://127.0.0.1:${port}${BASE}/calendars/${HOLIDAYS}`);
        return [await summaryFor(page, ADA_TOKEN), await summaryFor(page, BOB_TOKEN)];
      }),
    );
    expect(summaries).toEqual([ADA, BOB]);
  });
});
