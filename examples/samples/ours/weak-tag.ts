/**
 * A weak tag says that two versions may stand for each other; it does not say that nothing was changed. So it is good for reads, and
 * never satisfies If-Match. The client refuses it before anything is sent. Proxies that compress make tags weak: take the strong one
 * from the content then, as this client does (`etagMember`).
 *
 *   $ npx tsx examples/samples/ours/weak-tag.ts
 *   With the weak tag: WeakTagError, nothing was sent
 *   With the strong tag: Long lunch, Canteen
 */
import { isWeakTagError } from 'http-preconditions/client';
import { connect, type Event, insertLunch, textOf } from './calendar.js';

const client = connect();
const url = await insertLunch(client);

const { data: event } = await client.get<Event>(url);
const mine = { ...event, summary: 'Long lunch' };
try {
  await client.put(url, mine, { ifMatch: `W/${event.etag}` });
} catch (error) {
  if (!isWeakTagError(error)) throw error;
  console.log(`With the weak tag: ${error.name}, nothing was sent`);
}

const { data } = await client.put<Event>(url, mine); // under the tag that the content has
console.log(`With the strong tag: ${textOf(data)}`);

await client.remove(url);
