import { describe, expect, test } from '@jest/globals';
import { HOLIDAYS, seed, TEAM } from '../../../examples/calendar/seed.js';
import { sqliteStore } from '../../../examples/calendar/store/sqlite.js';
import type { CalendarStore } from '../../../examples/calendar/store/types.js';
import { ADA, BOB, EVERYTHING } from './fixtures.js';

const NOW = new Date('2027-02-28T10:00:00Z');

async function calendarsOf(store: CalendarStore, user: string): Promise<string[]> {
  return (await store.entries.list(user)).map(({ calendar }) => calendar.id);
}

describe('The seed', () => {
  test('gives every user a calendar, and something to see in the days to come', async () => {
    const store = sqliteStore(':memory:');
    await seed(store, [ADA, BOB], NOW);
    expect(await calendarsOf(store, ADA)).toEqual([ADA, HOLIDAYS, TEAM]);
    expect(await calendarsOf(store, BOB)).toEqual([BOB, HOLIDAYS]);
    const soon = { ...EVERYTHING, endsAfter: NOW.getTime(), startsBefore: NOW.getTime() + 7 * 86_400_000 };
    expect((await store.events.list(TEAM, soon)).rows.map(({ id }) => id)).toEqual(['planning', 'standup']);
    await store.close();
  });

  test('brings nothing back into a database that is in use, and gives new users their calendar', async () => {
    const store = sqliteStore(':memory:');
    await seed(store, [ADA], NOW);
    await store.calendars.remove(TEAM, undefined);
    await store.events.remove({ calendarId: ADA, id: 'lunch' }, undefined);

    await seed(store, [ADA, BOB], NOW);
    expect(await calendarsOf(store, ADA)).toEqual([ADA, HOLIDAYS]);
    expect(await calendarsOf(store, BOB)).toEqual([BOB]);
    expect(await store.events.find({ calendarId: ADA, id: 'lunch' })).toMatchObject({ deleted: true });
    await store.close();
  });
});
