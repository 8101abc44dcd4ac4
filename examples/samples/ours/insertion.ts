/**
 * Insertion under one's own id: it succeeds once. Whoever does not know whether an insertion was made, because no answer came, can send
 * it again, and does not get two events: 409 says that there is one already.
 *
 *   $ npx tsx examples/samples/ours/insertion.ts
 *   200: Lunch, Canteen
 *   409: The requested identifier already exists.
 */
import { randomUUID } from 'node:crypto';
import { isResponseError } from 'http-preconditions/client';
import { connect, type Event, EVENTS, LUNCH, textOf } from './calendar.js';

const client = connect();
const id = randomUUID().replaceAll('-', ''); // Ids are of the characters a to v and 0 to 9, and never given again.

async function insert(): Promise<void> {
  try {
    const { status, data } = await client.post<Event>(EVENTS, { id, ...LUNCH });
    console.log(`${status}: ${textOf(data)}`);
  } catch (error) {
    if (!isResponseError(error) || error.response.status !== 409) throw error;
    const { error: reason } = error.data as { error: { message: string } };
    console.log(`409: ${reason.message}`);
  }
}

await insert();
await insert();

await client.remove(`${EVENTS}/${id}`, { ifMatch: '*' });
