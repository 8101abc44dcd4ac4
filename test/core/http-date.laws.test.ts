import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { evaluate, formatHttpDate, parseHttpDate } from '../../lib/core/index.js';
import { clocks, fixdateOf, httpDates, nearDates, RUNS } from './arbitraries.js';
import { NOW } from './fixtures.js';
import { readHttpDate } from './reference-http-date.js';

beforeAll(() => fc.configureGlobal({ numRuns: RUNS }));

const SECOND = 1000;
const LONG_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const FIXDATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

describe('HTTP-dates', () => {
  test('R-5.6.7-n what was formatted is parsed as the same whole second, at any clock', () => {
    const law = fc.property(httpDates, clocks, (date, now) => {
      expect(parseHttpDate(fixdateOf(date), now)).toBe(wholeSecond(date));
    });
    fc.assert(law);
  });

  test('R-5.6.7-k what is formatted has one form, without a character more', () => {
    fc.assert(fc.property(httpDates, (date) => expect(formatHttpDate(date)).toMatch(FIXDATE)));
  });

  test('R-5.6.7-e a date is formatted when it is valid and its year has four digits, and never throws', () => {
    const law = fc.property(fc.date({ noInvalidDate: false }), (date) => {
      const year = date.getUTCFullYear();
      expect(formatHttpDate(date) !== undefined).toBe(year >= 0 && year <= 9999);
    });
    fc.assert(law);
  });

  test('R-5.6.7-h the asctime form means the same moment', () => {
    const law = fc.property(httpDates, clocks, (date, now) => {
      expect(parseHttpDate(asctimeOf(date), now)).toBe(wholeSecond(date));
    });
    fc.assert(law);
  });

  test('R-5.6.7-i the rfc850 form means the same moment from this century on to fifty years ahead', () => {
    const nearYears = fc
      .tuple(clocks, fc.integer({ min: -49, max: 49 }), httpDates)
      .map(([now, years, date]) => {
        const thisYear = new Date(now).getUTCFullYear();
        date.setUTCFullYear(thisYear + years);
        return {
          now,
          date,
          isInThisCentury: Math.floor(thisYear / 100) === Math.floor((thisYear + years) / 100),
        };
      });
    const law = fc.property(nearYears, ({ now, date, isInThisCentury }) => {
      fc.pre(isInThisCentury && fixdateOf(date) !== '');
      expect(parseHttpDate(rfc850Of(date), now)).toBe(wholeSecond(date));
    });
    fc.assert(law);
  });

  test('R-5.6.7-i an rfc850 date is never read as more than fifty years ahead', () => {
    const law = fc.property(httpDates, clocks, (date, now) => {
      const time = parseHttpDate(rfc850Of(date), now);
      const fiftyYearsAhead = new Date(now);
      fiftyYearsAhead.setUTCFullYear(fiftyYearsAhead.getUTCFullYear() + 50);
      return time === undefined || time <= fiftyYearsAhead.getTime();
    });
    fc.assert(law);
  });

  test('R-5.6.7-b any text near a date is what a reading by position says', () => {
    fc.assert(
      fc.property(nearDates, clocks, (text, now) =>
        expect(parseHttpDate(text, now)).toBe(readHttpDate(text, now)),
      ),
    );
  });

  test('R-5.6.7-i any rfc850 date at any clock is what a reading by position says', () => {
    const law = fc.property(httpDates, clocks, (date, now) => {
      const text = rfc850Of(date);
      expect(parseHttpDate(text, now)).toBe(readHttpDate(text, now));
    });
    fc.assert(law);
  });
});

describe('conditions on dates', () => {
  test('R-13.1.3-g, R-13.1.4-d of one date never agree: it is modified since, or unmodified since', () => {
    const law = fc.property(httpDates, httpDates, (since, lastModified) => {
      const text = fixdateOf(since);
      const modified = evaluate({ method: 'GET', now: NOW, ifModifiedSince: text }, { lastModified }).outcome;
      const unmodified = evaluate(
        { method: 'GET', now: NOW, ifUnmodifiedSince: text },
        { lastModified },
      ).outcome;
      return (modified === 'perform') !== (unmodified === 'perform');
    });
    fc.assert(law);
  });

  test('R-13.1.3-g the date that was sent as Last-Modified is not modified since, whatever its fraction', () => {
    const law = fc.property(httpDates, (lastModified) => {
      const request = { method: 'GET', now: NOW, ifModifiedSince: fixdateOf(lastModified) };
      return evaluate(request, { lastModified }).outcome === 'not-modified';
    });
    fc.assert(law);
  });
});

function wholeSecond(date: Date): number {
  return Math.floor(date.getTime() / SECOND) * SECOND;
}

/** `Sun Nov  6 08:49:37 1994` */
function asctimeOf(date: Date): string {
  const [day, dayOfMonth, month, year, time] = partsOf(date);
  return `${day} ${month} ${dayOfMonth.replace(/^0/, ' ')} ${time} ${year}`;
}

/** `Sunday, 06-Nov-94 08:49:37 GMT` */
function rfc850Of(date: Date): string {
  const [, dayOfMonth, month, year, time] = partsOf(date);
  return `${LONG_DAYS[date.getUTCDay()]}, ${dayOfMonth}-${month}-${year.slice(2)} ${time} GMT`;
}

function partsOf(date: Date): [string, string, string, string, string] {
  const [day = '', dayOfMonth = '', month = '', year = '', time = ''] = fixdateOf(date).split(/,? /);
  return [day, dayOfMonth, month, year, time];
}
