/** Numbers and times as people read them. */

/** @import { EventTime } from './event.js' */

/** @param {number} count */
export function bytes(count) {
  return count < 1000 ? `${count} B` : `${(count / 1000).toFixed(1)} kB`;
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/**
 * The day and the time on the clocks where the event takes place, whatever the zone.
 *
 * @param {EventTime} time
 */
export function when({ date = '', dateTime = date }) {
  return [DAY.format(new Date(dateTime.slice(0, 10))), dateTime.slice(11, 16)].filter(Boolean).join(', ');
}
