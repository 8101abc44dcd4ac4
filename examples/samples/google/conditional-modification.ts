/**
 * Conditional modification: a laptop and a phone change one event at the same time, and neither change is lost. Whoever writes
 * second is told so (412), reads what is there now, applies the change to that, and writes again. Google's client sends the
 * condition; the rest is a loop.
 *
 *   $ npx tsx examples/samples/google/conditional-modification.ts
 *   The phone was faster once: Long lunch, Room 1 on attempt 2
 *   The phone was faster each time: gave up after 5 attempts
 */
import { events, insertLunch, statusOf, textOf } from './calendar.js';

const MAX_UPDATE_ATTEMPTS = 5;

const lunch = await insertLunch();

let moves = 0;
async function moveOnPhone(): Promise<void> {
  moves += 1;
  await events.patch({ ...lunch, requestBody: { location: `Room ${moves}` } });
}

/** Gives the attempt that succeeded, if any. `meanwhile` comes between the read and the write. */
async function rename(summary: string, meanwhile: () => Promise<void>): Promise<number | undefined> {
  for (let attempt = 1; attempt <= MAX_UPDATE_ATTEMPTS; attempt += 1) {
    const { data: event } = await events.get(lunch);
    await meanwhile();
    try {
      const requestBody = { ...event, summary };
      await events.update({ ...lunch, requestBody }, { headers: { 'If-Match': event.etag! } });
      return attempt;
    } catch (error) {
      if (statusOf(error) !== 412) throw error;
    }
  }
  return undefined;
}

const attempt = await rename('Long lunch', async () => {
  if (moves === 0) await moveOnPhone();
});
const { data: renamed } = await events.get(lunch);
console.log(`The phone was faster once: ${textOf(renamed)} on attempt ${attempt}`);

if ((await rename('Late lunch', moveOnPhone)) === undefined)
  console.log(`The phone was faster each time: gave up after ${MAX_UPDATE_ATTEMPTS} attempts`);

await events.delete(lunch);
