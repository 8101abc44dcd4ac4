/** What an unconditional save has destroyed. */
import { draftOf, FIELDS } from './event.js';

/** @import { CalendarEvent } from './event.js' */

/**
 * The changes that were stored after `seen` was read, and that `saved` undoes.
 *
 * @param {CalendarEvent} seen what the save started from
 * @param {CalendarEvent} stored what it replaced
 * @param {CalendarEvent} saved
 */
export function lostChanges(seen, stored, saved) {
  const [before, lost, now] = [draftOf(seen), draftOf(stored), draftOf(saved)];
  return FIELDS.filter(({ name }) => lost[name] !== before[name] && lost[name] !== now[name]).map(
    ({ name, label }) => ({ label, lost: lost[name], now: now[name] }),
  );
}
