/** Rows that tests begin with. */
import type { EventFields } from '../../../examples/calendar/model.js';
import type { CalendarStore, EventQuery } from '../../../examples/calendar/store/types.js';

export const ADA = 'ada@example.test';
export const BOB = 'bob@example.test';
export const TEAM = 'team@example.test';
export const HOLIDAYS = 'holidays@example.test';

export const LUNCH: EventFields = {
  summary: 'Lunch',
  start: { dateTime: '2027-03-01T12:00:00Z' },
  end: { dateTime: '2027-03-01T13:00:00Z' },
};

/** An event that takes place for one hour from `hour` o'clock on. */
export function eventAt(hour: number, fields: Partial<EventFields> = {}): EventFields {
  const dateTime = (value: number): string => `2027-03-01T${String(value).padStart(2, '0')}:00:00Z`;
  return {
    summary: `At ${hour}`,
    start: { dateTime: dateTime(hour) },
    end: { dateTime: dateTime(hour + 1) },
    ...fields,
  };
}

/** Ada's private calendar, and a public one of which she is the owner too. */
export async function addCalendars(store: CalendarStore): Promise<void> {
  const timeZone = 'Europe/Zurich';
  await store.calendars.insert({
    id: TEAM,
    owner: ADA,
    public: false,
    fields: { summary: 'Team', timeZone },
  });
  await store.calendars.insert({
    id: HOLIDAYS,
    owner: ADA,
    public: true,
    fields: { summary: 'Holidays', timeZone },
  });
}

export const EVERYTHING: EventQuery = {
  terms: [],
  endsAfter: undefined,
  startsBefore: undefined,
  updatedSince: undefined,
  changedSince: undefined,
  shownSince: undefined,
  deleted: false,
  confidential: true,
  orderBy: 'id',
  after: undefined,
  limit: 100,
};
