/** The calendar API keeps to RFC 9110, section 13: the cases that everybody may run against their own. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { type Api, conformance, type Target } from 'http-preconditions/testing';
import { ADA, eventAt, LUNCH, TEAM } from './fixtures.js';
import { ADA_TOKEN, type Calendar, calendarWithUsers } from './serve.js';
import { describeOnEachStore } from './stores.js';
import { EVENT, EVENTS, KEY } from './use-calendar.js';

describeOnEachStore((makeStore) => {
  let calendar: Calendar;
  const COMMON = {
    server: (req, res) => void calendar.app(req, res),
    headers: { Authorization: `Bearer ${ADA_TOKEN}` },
    etag: 'strong',
  } satisfies Partial<Target>;

  const event = (required: boolean): Target => ({
    ...COMMON,
    path: EVENT,
    absentPath: `${EVENTS}/unknown`,
    writes: {
      methods: ['PUT', 'PATCH', 'DELETE'],
      async create(api: Api) {
        const { body } = await api.send('POST', EVENTS, [], LUNCH);
        return `${EVENTS}/${(JSON.parse(body.toString()) as { id: string }).id}`;
      },
      remove: (path, api) => api.send('DELETE', path, [['If-Match', '*']]),
      content: (n, method) =>
        method === 'PATCH' ? { summary: `At ${n}` } : { ...eventAt(1), summary: `At ${n}` },
      absent: () => `${EVENTS}/${randomUUID().replaceAll('-', '')}`,
      // Events are made by POST.
      putCreates: false,
      required,
    },
  });

  const TARGETS: readonly {
    readonly name: string;
    readonly target: Target;
    readonly requireConditions?: boolean;
  }[] = [
    { name: 'An event', target: event(false) },
    { name: 'An event, where conditions are required,', target: event(true), requireConditions: true },
    { name: 'A list of events', target: { ...COMMON, path: `${EVENTS}?q=lunch&maxResults=10` } },
    { name: 'A calendar', target: { ...COMMON, path: `/calendar/v3/calendars/${TEAM}` } },
    { name: 'A list of calendars', target: { ...COMMON, path: '/calendar/v3/users/me/calendarList' } },
  ];

  describe.each(TARGETS)('$name conforms', ({ target, requireConditions = false }) => {
    beforeAll(async () => {
      calendar = await calendarWithUsers({ store: await makeStore(), requireConditions });
      await calendar.store.events.insert(KEY, ADA, LUNCH);
    });
    afterAll(() => calendar.store.close());

    const cases = conformance(target).filter(({ applies }) => applies);
    test.each(cases)('$id: $title', ({ run: check }) => check());
  });
});
