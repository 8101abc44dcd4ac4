const DAY = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const LONG_DAY = 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday';
const MONTH = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const TIME = '\\d\\d:\\d\\d:\\d\\d';

/** `Sun, 06 Nov 1994 08:49:37 GMT`: the one form that is generated. */
const IMF_FIXDATE = new RegExp(`^(?:${DAY}), \\d\\d (?:${MONTH}) \\d{4} ${TIME} GMT$`);
/** `Sunday, 06-Nov-94 08:49:37 GMT`: obsolete, must be accepted. */
const RFC850_DATE = new RegExp(`^(?:${LONG_DAY}), \\d\\d-(?:${MONTH})-\\d\\d ${TIME} GMT$`);
/** `Sun Nov  6 08:49:37 1994`: obsolete, must be accepted, and means UTC although it does not say so. */
const ASCTIME_DATE = new RegExp(`^(?:${DAY}) (?:${MONTH}) (?:\\d\\d| \\d) ${TIME} \\d{4}$`);

const MONTHS = MONTH.split('|');
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const GREGORIAN_CYCLE_YEARS = 400;
const GREGORIAN_CYCLE_MS = 146_097 * 86_400_000;

/**
 * Parses an HTTP-date in any of its three forms and returns milliseconds since the epoch, always whole seconds.
 * Returns `undefined` for anything else: another zone, another case, an impossible day or time, white space around it.
 *
 * A weekday that contradicts the date is accepted, as elsewhere: refusing it would make If-Unmodified-Since fail open.
 * A leap second counts as the last second of its minute.
 *
 * @param now milliseconds since the epoch: a two-digit year that would lie more than 50 years after it is a past one
 * @see RFC 9110, section 5.6.7
 */
export function parseHttpDate(text: string, now: number): number | undefined {
  if (IMF_FIXDATE.test(text)) return instant(numberAt(text, 12, 4), text, 8, 5, 17);
  if (RFC850_DATE.test(text)) return parseRfc850Date(text, text.indexOf(',') + 2, now);
  if (ASCTIME_DATE.test(text)) return instant(numberAt(text, 20, 4), text, 4, 8, 11);
  return undefined;
}

/**
 * Formats a date as IMF-fixdate, without its fraction of a second; `undefined` when it is invalid or its year does not
 * have at most four digits.
 */
export function formatHttpDate(date: Date): string | undefined {
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9999 ? date.toUTCString() : undefined;
}

function parseRfc850Date(text: string, day: number, now: number): number | undefined {
  const inYear = (year: number): number | undefined => instant(year, text, day + 3, day, day + 10);
  const year = Math.floor(new Date(now).getUTCFullYear() / 100) * 100 + numberAt(text, day + 7, 2);
  const time = inYear(year);
  // 29 February may exist in one of the two centuries only, so the past century is tried for an impossible day, too.
  return time === undefined || time > fiftyYearsAfter(now) ? inYear(year - 100) : time;
}

/** The instant of a text that has the name of its month, two digits of its day and its time at these positions. */
function instant(
  year: number,
  text: string,
  monthAt: number,
  dayAt: number,
  timeAt: number,
): number | undefined {
  const month = MONTHS.indexOf(text.slice(monthAt, monthAt + 3));
  const day = numberAt(text, dayAt, 2);
  const [hour, minute, second] = [
    numberAt(text, timeAt, 2),
    numberAt(text, timeAt + 3, 2),
    numberAt(text, timeAt + 6, 2),
  ];
  if (day < 1 || day > DAYS_IN_MONTH[month]! || hour > 23 || minute > 59 || second > 60) return undefined;
  if (month === 1 && day === 29 && !isLeapYear(year)) return undefined;
  // Date.UTC would take years 0 to 99 for 1900 to 1999, hence the detour through a year of the next Gregorian cycle.
  const nextCycle = Date.UTC(year + GREGORIAN_CYCLE_YEARS, month, day, hour, minute, Math.min(second, 59));
  return nextCycle - GREGORIAN_CYCLE_MS;
}

/** The number that the digits there stand for; a space, as before a day of one digit, counts as 0. */
function numberAt(text: string, start: number, digits: number): number {
  let value = 0;
  for (let position = start; position < start + digits; position++) {
    // The low four bits of a digit are its value, and those of a space are 0.
    value = value * 10 + (text.charCodeAt(position) & 0xf);
  }
  return value;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function fiftyYearsAfter(now: number): number {
  const date = new Date(now);
  return date.setUTCFullYear(date.getUTCFullYear() + 50);
}

/** The time of a date in milliseconds without its fraction of a second, the resolution of an HTTP-date. */
export function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}
