import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { formatHttpDate, parseHttpDate } from '../../lib/core/index.js';
import { HTTP_DATE_CASES, outcomeOf } from './http-date.cases.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LAST_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const NOW = Date.parse('2026-11-22T01:02:03Z');

describe('parseHttpDate', () => {
  test.each(HTTP_DATE_CASES)('$id reads $title as $expected', (row) => {
    expect(outcomeOf(row, parseHttpDate)).toBe(row.expected);
  });

  test.each(MONTHS.map((month, index) => ({ month, index, lastDay: LAST_DAYS[index] ?? 0 })))(
    'R-5.6.7-m lets $month end on its last day',
    ({ month, index, lastDay }) => {
      const dayOf = (day: number): number | undefined =>
        parseHttpDate(`Sun, ${day} ${month} 2023 00:00:00 GMT`, NOW);

      expect(dayOf(lastDay)).toBe(Date.UTC(2023, index, lastDay));
      expect(dayOf(lastDay + 1)).toBeUndefined();
    },
  );

  test.each(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])('R-5.6.7-b knows the weekday %s', (day) => {
    expect(parseHttpDate(`${day}, 15 Nov 1994 12:45:26 GMT`, NOW)).toBe(Date.UTC(1994, 10, 15, 12, 45, 26));
    expect(parseHttpDate(`${day} Nov 15 12:45:26 1994`, NOW)).toBe(Date.UTC(1994, 10, 15, 12, 45, 26));
  });

  test.each(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])(
    'R-5.6.7-c knows the weekday %s',
    (day) => {
      expect(parseHttpDate(`${day}, 15-Nov-94 12:45:26 GMT`, NOW)).toBe(Date.UTC(1994, 10, 15, 12, 45, 26));
    },
  );
});

describe('the time zone of the process', () => {
  test('is not UTC, unless TZ asks for it, so that a local reading shows', () => {
    const isUtc = new Date(Date.UTC(1994, 10, 15)).getTimezoneOffset() === 0;

    expect(isUtc).toBe(/UTC|GMT/.test(process.env['TZ'] ?? ''));
  });

  test.each([
    { zone: 'UTC', offset: 0 },
    { zone: 'Asia/Kolkata', offset: -330 },
    { zone: 'Pacific/Apia', offset: 660 },
  ])(
    'R-5.6.7-h changes no row of the table: $zone',
    async ({ zone, offset }) => {
      const expected = HTTP_DATE_CASES.map((row) => row.expected ?? null);

      await expect(tableInZone(zone)).resolves.toStrictEqual({ offset, outcomes: expected });
    },
    60_000,
  );
});

/** The table as another process reads it, of which the zone is set before it starts. */
async function tableInZone(zone: string): Promise<unknown> {
  const script = `${__dirname}/http-date.in-zone.ts`;
  const options = { cwd: __dirname, env: { ...process.env, TZ: zone } };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], options);
  return JSON.parse(stdout);
}

describe('formatHttpDate', () => {
  test.each([
    { id: 'R-5.6.7-e', date: '1994-11-06T08:49:37Z', expected: 'Sun, 06 Nov 1994 08:49:37 GMT' },
    { id: 'R-5.6.7-n', date: '1994-11-06T08:49:37.999Z', expected: 'Sun, 06 Nov 1994 08:49:37 GMT' },
    { id: 'R-5.6.7-n', date: '1969-12-31T23:59:59.999Z', expected: 'Wed, 31 Dec 1969 23:59:59 GMT' },
    { id: 'R-5.6.7-e', date: '0000-01-01T00:00:00Z', expected: 'Sat, 01 Jan 0000 00:00:00 GMT' },
    { id: 'R-5.6.7-e', date: '0099-12-31T23:59:59Z', expected: 'Thu, 31 Dec 0099 23:59:59 GMT' },
    { id: 'R-5.6.7-e', date: '9999-12-31T23:59:59.999Z', expected: 'Fri, 31 Dec 9999 23:59:59 GMT' },
    { id: 'R-5.6.7-e', date: '-000001-12-31T23:59:59.999Z', expected: undefined },
    { id: 'R-5.6.7-e', date: '+010000-01-01T00:00:00Z', expected: undefined },
    { id: 'R-5.6.7-e', date: 'never', expected: undefined },
  ])('$id writes $date as $expected', ({ date, expected }) => {
    expect(formatHttpDate(new Date(date))).toBe(expected);
  });
});
