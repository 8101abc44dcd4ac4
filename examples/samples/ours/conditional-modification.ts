/**
 * Conditional modification: a laptop and a phone change one event at the same time, and neither change is lost. Whoever writes
 * second is told so (412), reads what is there now, applies the change to that, and writes again. `modify` does all of it.
 *
 *   $ npx tsx examples/samples/ours/conditional-modification.ts
 *   The phone was faster once: Long lunch, Room 1 on attempt 2
 *   The phone was faster each time: gave up after 5 attempts
 */
import { isGaveUpError, modify } from 'http-preconditions/client';
import { connect, type Event, insertLunch, textOf } from './calendar.js';

const MAX_UPDATE_ATTEMPTS = 5;

const laptop = connect();
const phone = connect();
const url = await insertLunch(laptop);

let moves = 0;
function moveOnPhone(): Promise<unknown> {
  moves += 1;
  return modify<Event>(phone, url, (event) => ({ ...event, location: `Room ${moves}` }));
}

const renamed = await modify<Event>(
  laptop,
  url,
  async (event) => {
    if (moves === 0) await moveOnPhone(); // after the laptop has read, before it writes
    return { ...event, summary: 'Long lunch' };
  },
  { attempts: MAX_UPDATE_ATTEMPTS },
);
console.log(`The phone was faster once: ${textOf(renamed.data)} on attempt ${renamed.attempts}`);

try {
  const change = async (event: Event): Promise<Event> => {
    await moveOnPhone();
    return { ...event, summary: 'Late lunch' };
  };
  await modify(laptop, url, change, { attempts: MAX_UPDATE_ATTEMPTS });
} catch (error) {
  if (!isGaveUpError(error)) throw error;
  console.log(`The phone was faster each time: gave up after ${error.attempts} attempts`);
}

await phone.remove(url);
