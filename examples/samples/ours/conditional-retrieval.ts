/**
 * Conditional retrieval: what has not changed is not sent again. The client keeps a copy of what it has read and asks for the event
 * if its tag is another one now; 304 says that it is not, and the copy is what `get` returns.
 *
 *   $ npx tsx examples/samples/ours/conditional-retrieval.ts
 *   200: Lunch, Canteen
 *   304: Lunch, Canteen
 *   200: Lunch, Roof
 */
import { modify } from 'http-preconditions/client';
import { connect, type Event, insertLunch, textOf } from './calendar.js';

const laptop = connect();
const phone = connect();
const url = await insertLunch(laptop);

async function read(): Promise<void> {
  const { data, notModified } = await laptop.get<Event>(url);
  console.log(`${notModified ? 304 : 200}: ${textOf(data)}`);
}

await read();
await read();
await modify<Event>(phone, url, (event) => ({ ...event, location: 'Roof' }));
await read();

await laptop.remove(url);
