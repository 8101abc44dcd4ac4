/**
 * Polling: asks for the events of a calendar every two seconds, and prints them when they have changed. In between the server answers
 * 304, without reading or sending a list.
 *
 *   $ npx tsx examples/samples/google/polling.ts
 *   No events
 *   Lunch, Canteen
 *   Lunch, Roof
 */
import { setTimeout as pause } from 'node:timers/promises';
import { calendars, events, LUNCH, textOf } from './calendar.js';

const INTERVAL_MS = 2000;

// A calendar of its own, for the tag of a list changes with every event of its calendar.
const { data: calendar } = await calendars.insert({ requestBody: { summary: 'Polling' } });
const calendarId = calendar.id!;

const move = { calendarId, eventId: 'lunch', requestBody: { location: 'Roof' } };
/** What somebody else does, each so many milliseconds after it was shown what was there before. */
const changes = [
  { after: 3000, make: () => events.insert({ calendarId, requestBody: { id: 'lunch', ...LUNCH } }) },
  { after: 1000, make: () => events.patch(move) },
];

const headers: Record<string, string> = {};
for (;;) {
  const { status, data } = await events.list({ calendarId }, { headers });
  if (status !== 304) {
    headers['If-None-Match'] = data.etag!;
    console.log(data.items?.map(textOf).join('; ') || 'No events');
    const change = changes.shift();
    if (change === undefined) break;
    setTimeout(() => void change.make(), change.after);
  }
  await pause(INTERVAL_MS);
}

await calendars.delete({ calendarId });
