/** The events of the calendar, polled: while nothing changes, the answer is 304 and has no content. */
import { watch } from '/http-preconditions/client/index.js';
import { FEED } from './addresses.js';

/** @import { CalendarEvent } from './event.js' */
/** @import { Session } from './session.js' */

const INTERVAL_MS = 4000;

/**
 * @param {Session} session
 * @param {(events: readonly CalendarEvent[]) => void} show
 * @returns {Promise<void>} rejects with what it makes no sense to wait for
 */
export async function follow({ client }, show) {
  for await (const { data } of watch(client, FEED, { interval: INTERVAL_MS })) {
    show(/** @type {{ items: CalendarEvent[] }} */ (data).items);
  }
}
