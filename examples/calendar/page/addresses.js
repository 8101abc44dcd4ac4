/** Where things are. */
export const CALENDAR = new URL('/calendar/v3/calendars/primary', location.href).href;
export const FEED = `${CALENDAR}/events`;

/** @param {string} id */
export function eventUrl(id) {
  return `${FEED}/${id}`;
}
