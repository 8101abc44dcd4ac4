/**
 * Conditional retrieval: what has not changed is not sent again. Whoever has kept the event asks for it if its tag is another one
 * now; 304 says that it is not, comes without data, and is no error to Google's client.
 *
 *   $ npx tsx examples/samples/google/conditional-retrieval.ts
 *   200: Lunch, Canteen
 *   304: Lunch, Canteen
 *   200: Lunch, Roof
 */
import { type Event, events, insertLunch, textOf } from './calendar.js';

const lunch = await insertLunch();

let kept: Event = {};
const headers: Record<string, string> = {};

async function read(): Promise<void> {
  const { status, data } = await events.get(lunch, { headers });
  if (status !== 304) {
    kept = data;
    headers['If-None-Match'] = data.etag!;
  }
  console.log(`${status}: ${textOf(kept)}`);
}

await read();
await read();
await events.patch({ ...lunch, requestBody: { location: 'Roof' } }); // somebody else
await read();

await events.delete(lunch);
