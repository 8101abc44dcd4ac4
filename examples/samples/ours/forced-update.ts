/**
 * Forced update: `If-Match: *` is true for whichever version there is, so it overwrites what others did. It is for those who have seen
 * the 412 and insist. What was deleted stays deleted, all the same.
 *
 *   $ npx tsx examples/samples/ours/forced-update.ts
 *   With the tag that was read: 412
 *   With *: Long lunch, Canteen
 */
import { isPreconditionFailedError, modify } from 'http-preconditions/client';
import { connect, type Event, insertLunch, textOf } from './calendar.js';

const laptop = connect();
const phone = connect();
const url = await insertLunch(laptop);

const { data: event } = await laptop.get<Event>(url);
await modify<Event>(phone, url, (current) => ({ ...current, location: 'Roof' }));

const mine = { ...event, summary: 'Long lunch' };
try {
  await laptop.put(url, mine);
} catch (error) {
  if (!isPreconditionFailedError(error)) throw error;
  console.log('With the tag that was read: 412');
}

const { data } = await laptop.put<Event>(url, mine, { ifMatch: '*' });
console.log(`With *: ${textOf(data)}`);

await laptop.remove(url);
