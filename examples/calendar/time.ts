/** Dates and times as the API writes them (RFC 3339), and the instants they stand for. */
import type { EventTime } from './model.js';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/u;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/iu;

export function isDate(text: string): boolean {
  return utcOfDate(text) !== undefined;
}

/** A date and a time that exist. */
export function isDateTime(text: string): boolean {
  return utcOfDateTime(text) !== undefined;
}

/** Whether the date-time names an instant by itself: it carries its offset from UTC. */
export function hasOffset(dateTime: string): boolean {
  return DATE_TIME.exec(dateTime)?.[6] !== undefined;
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The instant of a time that was checked before, in milliseconds since the epoch. A day begins at midnight UTC. */
export function instantOf(time: EventTime): number {
  if ('date' in time) return utcOfDate(time.date) ?? Number.NaN;
  const utc = utcOfDateTime(time.dateTime) ?? Number.NaN;
  return hasOffset(time.dateTime) || time.timeZone === undefined ? utc : inZone(utc, time.timeZone);
}

function utcOfDate(text: string): number | undefined {
  const [, year, month, day] = DATE.exec(text) ?? [];
  const utc = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(utc)) return undefined;
  const date = new Date(utc); // 30 February would have moved to March
  return date.getUTCFullYear() === Number(year) &&
    date.getUTCMonth() + 1 === Number(month) &&
    date.getUTCDate() === Number(day)
    ? utc
    : undefined;
}

function utcOfDateTime(text: string): number | undefined {
  const [, date, hour, minute, second, fraction = '', offset = 'Z'] = DATE_TIME.exec(text) ?? [];
  if (date === undefined || !isDate(date) || Number(hour) > 23 || Number(second) > 59) return undefined;
  const utc = Date.parse(`${date}T${hour}:${minute}:${second}${fraction.slice(0, 4)}${offset.toUpperCase()}`);
  return Number.isNaN(utc) ? undefined : utc;
}

/** The instant at which a clock in `timeZone` shows what a clock in UTC shows at `wallClock`. */
function inZone(wallClock: number, timeZone: string): number {
  const guess = wallClock - offsetAt(wallClock, timeZone);
  return wallClock - offsetAt(guess, timeZone); // once more: the offset may have changed between the two
}

function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(instant / 1000) * 1000;
}
