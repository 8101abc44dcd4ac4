/** What the samples share: Google's client, unmodified, told where the calendar is and whose, and an event to play with. */
import { auth, calendar, type calendar_v3 } from '@googleapis/calendar';

const { CALENDAR_URL = 'http://127.0.0.1:3000', CALENDAR_TOKEN = 'demo-token' } = process.env;

export type Event = calendar_v3.Schema$Event;

export const LUNCH: Event = {
  summary: 'Lunch',
  location: 'Canteen',
  start: { dateTime: '2027-03-01T12:00:00Z' },
  end: { dateTime: '2027-03-01T13:00:00Z' },
};

const user = new auth.OAuth2();
user.setCredentials({ access_token: CALENDAR_TOKEN });
const client = calendar({ version: 'v3', rootUrl: CALENDAR_URL, auth: user });

export const events: calendar_v3.Resource$Events = client.events;
export const calendars: calendar_v3.Resource$Calendars = client.calendars;

/** Makes an event, and gives the parameters that name it. */
export async function insertLunch(): Promise<{ calendarId: string; eventId: string }> {
  const calendarId = 'primary';
  const { data } = await events.insert({ calendarId, requestBody: LUNCH });
  return { calendarId, eventId: data.id! };
}

export function textOf({ summary, location }: Event): string {
  return `${summary}, ${location}`;
}

/** The status of an answer that the client throws; `undefined` when there was none. */
export function statusOf(error: unknown): unknown {
  return error instanceof Error && 'status' in error ? error.status : undefined;
}
