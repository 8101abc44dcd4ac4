/** What becomes of a Last-Modified. The suite runs in a time zone that is not UTC. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { conditionalClient } from '../../lib/client/index.js';
import { formatHttpDate, parseHttpDate } from '../../lib/core/index.js';
import { fixdateOf, httpDates, nearDates, RUNS } from '../core/arbitraries.js';
import { answer, sent, summary, text, withScript } from './scripted-server.js';

beforeAll(() => fc.configureGlobal({ numRuns: RUNS }));

const T = 'Tue, 15 Nov 1994 12:45:26 GMT';
const T_PLUS_1 = 'Tue, 15 Nov 1994 12:45:27 GMT';

test('the time zone of the suite is not UTC', () => {
  expect(new Date(T).getTimezoneOffset()).not.toBe(0);
});

test.each([
  ['as it came', T, T],
  ['as it came, also with a wrong weekday', 'Mon, 15 Nov 1994 12:45:26 GMT', 'Mon, 15 Nov 1994 12:45:26 GMT'],
  ['as an IMF-fixdate (rfc850)', 'Tuesday, 15-Nov-94 12:45:26 GMT', T],
  ['as an IMF-fixdate (asctime)', 'Tue Nov 15 12:45:26 1994', T],
  ['as an IMF-fixdate (asctime)', 'Sun Nov  6 08:49:37 1994', 'Sun, 06 Nov 1994 08:49:37 GMT'],
  // 2 am of this day does not exist in New York.
  ['as an IMF-fixdate (asctime)', 'Sun Mar 13 02:30:00 2022', 'Sun, 13 Mar 2022 02:30:00 GMT'],
])('M-3, M-6 a date goes out %s: %s', async (_how, lastModified, expected) => {
  const script = [text('a', { 'Last-Modified': lastModified }), answer(503), answer(204)];
  await withScript(script, async ({ client, requests }) => {
    const read = await client.get('/note');
    await expect(client.get('/note')).rejects.toThrow('503');
    await client.put('/note', 'b', { basedOn: read });
    expect(requests.slice(1).map(summary)).toEqual([
      `GET /note If-Modified-Since: ${expected}`,
      `PUT /note If-Unmodified-Since: ${expected}`,
    ]);
  });
});

test.each([
  ['within the same second', T, T],
  ['less than a second later', T_PLUS_1, T_PLUS_1],
  ['before', T_PLUS_1, T],
  ['at a time that nobody knows', T, 'soon'],
])('R-8.8.2.2-c a date is no basis when its answer was made %s', async (_when, lastModified, date) => {
  await expectNoBasis({ 'Last-Modified': lastModified, Date: date });
});

test('R-8.8.2.2-c a date is a basis when its answer was made a second later', async () => {
  await withScript(
    [text('a', { 'Last-Modified': T, Date: T_PLUS_1 }), answer(204)],
    async ({ client, requests }) => {
      await client.get('/note');
      await client.put('/note', 'b');
      expect(summary(requests[1]!)).toBe(`PUT /note If-Unmodified-Since: ${T}`);
    },
  );
});

test.each([
  ['nothing', ''],
  ['a word', 'yesterday'],
  ['a number', '784903526'],
  ['a date without a time', 'Tue, 15 Nov 1994'],
  ['ISO 8601', '1994-11-15T12:45:26Z'],
  ['another zone', 'Tue, 15 Nov 1994 12:45:26 EST'],
  ['an offset', 'Tue, 15 Nov 1994 12:45:26 +0100'],
  ['no zone', 'Tue, 15 Nov 1994 12:45:26'],
  ['a word before the date', 'about Tue Nov 15 12:45:26 1994'],
  ['a word after the date', 'Tue Nov 15 12:45:26 1994 about'],
  ['a comment after the date', 'Tue Nov 15 12:45:26 1994 (local)'],
  ['a comment before the date', '(local) Tue Nov 15 12:45:26 1994'],
  ['no such month', 'Tue, 15 Foo 1994 12:45:26 GMT'],
  ['no such hour', 'Tue, 15 Nov 1994 25:45:26 GMT'],
])('M-6 %s is no date: neither a read nor a write is based on it', async (_what, lastModified) => {
  await expectNoBasis({ 'Last-Modified': lastModified });
});

/** Neither a read nor a write is based on an answer with these fields. */
async function expectNoBasis(fields: Readonly<Record<string, string>>): Promise<void> {
  const page = text('a', fields);
  await withScript([page, page], async ({ client, requests }) => {
    await client.get('/note');
    const read = await client.get('/note');
    expect(sent(requests[1], 'If-Modified-Since')).toBeUndefined();
    await expect(client.put('/note', 'b', { basedOn: read })).rejects.toMatchObject({
      code: 'ERR_CLIENT_NO_VALIDATOR',
    });
    expect(requests).toHaveLength(2);
  });
}

/** So that no date is one of the last second. */
const LATEST = 'Fri, 31 Dec 9999 23:59:59 GMT';

/** The If-Modified-Since that a Last-Modified gives rise to; without a network, so that there is time for many. */
async function conditionFrom(lastModified: string): Promise<string | undefined> {
  let condition: string | null = null;
  const answerFrom = async (_url: string, { headers }: RequestInit): Promise<Response> => {
    condition = new Headers(headers).get('If-Modified-Since');
    return new Response('a', { headers: { 'Last-Modified': lastModified, Date: LATEST } });
  };
  const client = conditionalClient({ fetch: answerFrom });
  for (let count = 0; count < 2; count++) await client.get('http://x.test/');
  return condition ?? undefined;
}

describe('What is sent', () => {
  const NOW = Date.now();
  const AGO_49_YEARS = new Date(NOW).setUTCFullYear(new Date(NOW).getUTCFullYear() - 49);
  // No Last-Modified lies in the future (RFC 9110, section 8.8.2.1), so two digits are enough for these years.
  const lately = fc.date({ min: new Date(AGO_49_YEARS), max: new Date(NOW), noInvalidDate: true });

  const dates = httpDates.filter((date) => fixdateOf(date) !== LATEST);

  test('M-3 is the same, where what came is an IMF-fixdate', async () => {
    const law = fc.asyncProperty(dates, async (date) => {
      expect(await conditionFrom(fixdateOf(date))).toBe(fixdateOf(date));
    });
    await fc.assert(law);
  });

  test.each([
    ['rfc850', lately, rfc850Of],
    ['asctime', dates.filter((date) => date.getUTCFullYear() >= 1000), asctimeOf],
  ])('M-3, R-5.6.7-e means what the server reads into it: %s', async (_form, all, format) => {
    const law = fc.asyncProperty(all, async (date) => {
      const time = parseHttpDate(format(date), NOW);
      expect(await conditionFrom(format(date))).toBe(formatHttpDate(new Date(time!)));
    });
    await fc.assert(law);
  });

  const FIXDATE = /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/;

  test('R-5.6.7-k has the form of an IMF-fixdate, without a character more, whatever came', async () => {
    const law = fc.asyncProperty(nearDates, async (lastModified) => {
      fc.pre(/^[\t\x20-\xff]*$/.test(lastModified));
      expect((await conditionFrom(lastModified)) ?? T).toMatch(FIXDATE);
    });
    await fc.assert(law);
  });

  test.each([
    'Tue,  15 Nov 1994 12:45:26 GMT',
    'Tue, 15 Nov 1994  12:45:26 GMT',
    'Tue, 15 November 1994 12:45:26 GMT',
    'Tue, 15 Nov 51994 12:45:26 GMT',
    'Tue, 15 Nov51994 12:45:26 GMT',
  ])('R-5.6.7-k has the form of an IMF-fixdate, where what came nearly has: %s', async (lastModified) => {
    expect((await conditionFrom(lastModified)) ?? T).toMatch(FIXDATE);
  });
});

const LONG_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `Sunday, 06-Nov-94 08:49:37 GMT` */
function rfc850Of(date: Date): string {
  const [, day, month, year, time] = fixdateOf(date).split(/,? /);
  return `${LONG_DAYS[date.getUTCDay()]}, ${day}-${month}-${year?.slice(2)} ${time} GMT`;
}

/** `Sun Nov  6 08:49:37 1994` */
function asctimeOf(date: Date): string {
  const [weekday, day = '', month, year, time] = fixdateOf(date).split(/,? /);
  return `${weekday} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`;
}
