/**
 * Polling: asks for the events of a calendar every two seconds, and prints them when they have changed. In between the server answers
 * 304, without reading or sending a list. `watch` does all of it, and waits longer while the server fails.
 *
 *   $ npx tsx examples/samples/ours/polling.ts
 *   No events
 *   Lunch, Canteen
 *   Lunch, Roof
 */
import { modify, watch } from 'http-preconditions/client';
import { connect, type Event, LUNCH, textOf } from './calendar.js';

const INTERVAL_MS = 2000;

const laptop = connect();
const phone = connect();
// A calendar of its own, for the tag of a list changes with every event of its calendar.
const { data: calendar } = await laptop.post<{ id: string }>('calendars', { summary: 'Polling' });
const events = `calendars/${calendar.id}/events`;
const lunch = `${events}/lunch`;

/** What is done on the phone, each so many milliseconds after the laptop has shown what was there before. */
const changes = [
  { after: 3000, make: () => phone.post(events, { id: 'lunch', ...LUNCH }) },
  { after: 1000, make: () => modify<Event>(phone, lunch, (event) => ({ ...event, location: 'Roof' })) },
];

for await (const { data } of watch<{ items: Event[] }>(laptop, events, { interval: INTERVAL_MS })) {
  console.log(data.items.map(textOf).join('; ') || 'No events');
  const change = changes.shift();
  if (change === undefined) break;
  setTimeout(() => void change.make(), change.after);
}

await laptop.remove(`calendars/${calendar.id}`, { ifMatch: '*' });
