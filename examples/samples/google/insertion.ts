/**
 * Insertion under one's own id: it succeeds once. Whoever does not know whether an insertion was made, because no answer came, can send
 * it again, and does not get two events: 409 says that there is one already.
 *
 *   $ npx tsx examples/samples/google/insertion.ts
 *   200: Lunch, Canteen
 *   409: The requested identifier already exists.
 */
import { randomUUID } from 'node:crypto';
import { events, LUNCH, statusOf, textOf } from './calendar.js';

const calendarId = 'primary';
const id = randomUUID().replaceAll('-', ''); // Ids are of the characters a to v and 0 to 9, and never given again.

async function insert(): Promise<void> {
  try {
    const { status, data } = await events.insert({ calendarId, requestBody: { id, ...LUNCH } });
    console.log(`${status}: ${textOf(data)}`);
  } catch (error) {
    if (statusOf(error) !== 409) throw error;
    console.log(`409: ${(error as Error).message}`);
  }
}

await insert();
await insert();

await events.delete({ calendarId, eventId: id });
