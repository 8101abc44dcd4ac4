/**
 * A weak tag says that two versions may stand for each other; it does not say that nothing was changed. So it is good for reads, and
 * never satisfies If-Match: the server answers 412, though nobody has changed anything. Proxies that compress make tags weak: take
 * the strong one from the content then.
 *
 *   $ npx tsx examples/samples/google/weak-tag.ts
 *   With the weak tag: 412
 *   With the strong tag: Long lunch, Canteen
 */
import { events, insertLunch, statusOf, textOf } from './calendar.js';

const lunch = await insertLunch();

const { data: event } = await events.get(lunch);
const requestBody = { ...event, summary: 'Long lunch' };
try {
  await events.update({ ...lunch, requestBody }, { headers: { 'If-Match': `W/${event.etag}` } });
} catch (error) {
  if (statusOf(error) !== 412) throw error;
  console.log('With the weak tag: 412');
}

const { data } = await events.update({ ...lunch, requestBody }, { headers: { 'If-Match': event.etag! } });
console.log(`With the strong tag: ${textOf(data)}`);

await events.delete(lunch);
