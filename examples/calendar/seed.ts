/** Something to see: a calendar for every user, and in an empty database some events besides. */
import type { EventFields } from './model.js';
import type { CalendarStore } from './store/types.js';

export const TEAM = 'team@calendar.example.test';
export const HOLIDAYS = 'holidays@calendar.example.test';

const TIME_ZONE = 'Europe/Zurich';
const DAY_MS = 86_400_000;

/** `now` decides in which week the events take place. The first user owns what is not a user's own. */
export async function seed(store: CalendarStore, users: readonly string[], now: Date): Promise<void> {
  const isNew = await store.isEmpty();
  for (const user of users) await addCalendar(store, user, user, user, false);
  const [owner] = users;
  if (!isNew || owner === undefined) return;

  await addCalendar(store, owner, TEAM, 'Team', false);
  await addCalendar(store, owner, HOLIDAYS, 'Public holidays', true);
  for (const user of users) await store.entries.insert(user, HOLIDAYS, { colorId: '8' });
  const day = (offset: number): string =>
    new Date(now.getTime() + offset * DAY_MS).toISOString().slice(0, 10);

  await addEvent(store, owner, owner, 'lunch', {
    summary: 'Lunch with Bob',
    location: 'Canteen',
    ...at(day(1), 12, 13),
  });
  await addEvent(store, owner, owner, 'dentist', {
    summary: 'Dentist',
    visibility: 'private',
    ...at(day(2), 8, 9),
  });
  await addEvent(store, owner, TEAM, 'standup', {
    summary: 'Stand-up',
    recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ...at(day(1), 9, 10),
  });
  await addEvent(store, owner, TEAM, 'planning', {
    summary: 'Planning',
    description: 'What comes next, and who does it.',
    attendees: [{ email: owner, responseStatus: 'accepted' }, { email: 'bob@example.test' }],
    ...at(day(3), 14, 16),
  });
  await addEvent(store, owner, HOLIDAYS, 'newyear', {
    summary: "New Year's Day",
    transparency: 'transparent',
    start: { date: `${now.getUTCFullYear() + 1}-01-01` },
    end: { date: `${now.getUTCFullYear() + 1}-01-02` },
  });
}

/** What is there already stays as it is. */
async function addCalendar(
  store: CalendarStore,
  owner: string,
  id: string,
  summary: string,
  isPublic: boolean,
): Promise<void> {
  await store.calendars.insert({ id, owner, public: isPublic, fields: { summary, timeZone: TIME_ZONE } });
}

async function addEvent(
  store: CalendarStore,
  creator: string,
  calendarId: string,
  id: string,
  fields: EventFields,
): Promise<void> {
  await store.events.insert({ calendarId, id }, creator, fields);
}

function at(day: string, fromHour: number, toHour: number): Pick<EventFields, 'start' | 'end'> {
  const time = (hour: number): EventFields['start'] => ({
    dateTime: `${day}T${String(hour).padStart(2, '0')}:00:00`,
    timeZone: TIME_ZONE,
  });
  return { start: time(fromHour), end: time(toHour) };
}
