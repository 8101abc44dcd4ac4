/**
 * Forced update: `If-Match: *` is true for whichever version there is, so it overwrites what others did. It is for those who have seen
 * the 412 and insist. What was deleted stays deleted, all the same.
 *
 *   $ npx tsx examples/samples/google/forced-update.ts
 *   With the tag that was read: 412
 *   With *: Long lunch, Canteen
 */
import { events, insertLunch, statusOf, textOf } from './calendar.js';

const lunch = await insertLunch();

const { data: event } = await events.get(lunch);
await events.patch({ ...lunch, requestBody: { location: 'Roof' } }); // somebody else

const requestBody = { ...event, summary: 'Long lunch' };
try {
  await events.update({ ...lunch, requestBody }, { headers: { 'If-Match': event.etag! } });
} catch (error) {
  if (statusOf(error) !== 412) throw error;
  console.log('With the tag that was read: 412');
}

const { data } = await events.update({ ...lunch, requestBody }, { headers: { 'If-Match': '*' } });
console.log(`With *: ${textOf(data)}`);

await events.delete(lunch);
