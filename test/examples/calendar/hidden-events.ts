/** A calendar with a hidden and a visible event, for tables that were made before the stores told readers of the one only. */
import { expect } from '@jest/globals';
import type { CalendarStore } from '../../../examples/calendar/store/types.js';
import { ADA, addCalendars, eventAt, EVERYTHING, LUNCH, TEAM } from './fixtures.js';

export async function addHiddenEvents(store: CalendarStore): Promise<void> {
  await addCalendars(store);
  await store.events.insert({ calendarId: TEAM, id: 'hidden' }, ADA, eventAt(9, { visibility: 'private' }));
  await store.events.insert({ calendarId: TEAM, id: 'visible' }, ADA, LUNCH);
  await store.close();
}

export async function expectOnlyVisibleShown({ events }: CalendarStore): Promise<void> {
  const { rows } = await events.list(TEAM, { ...EVERYTHING, shownSince: 0 });
  expect(rows).toMatchObject([{ id: 'visible', version: 2, shown: 2 }]);
}
