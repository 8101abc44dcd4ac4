/** What the samples share: a client, told where the calendar is and whose, and an event to play with. */
import { conditionalClient, type ConditionalClient } from 'http-preconditions/client';

const { CALENDAR_URL = 'http://127.0.0.1:3000', CALENDAR_TOKEN = 'demo-token' } = process.env;

export interface Event {
  readonly id: string;
  readonly etag: string;
  readonly summary: string;
  readonly location: string;
}

export const EVENTS = 'calendars/primary/events';

export const LUNCH = {
  summary: 'Lunch',
  location: 'Canteen',
  start: { dateTime: '2027-03-01T12:00:00Z' },
  end: { dateTime: '2027-03-01T13:00:00Z' },
} as const;

/** A client for one device. The others do not know what it has seen. */
export function connect(): ConditionalClient {
  return conditionalClient({
    baseUrl: new URL('/calendar/v3/', CALENDAR_URL),
    headers: { Authorization: `Bearer ${CALENDAR_TOKEN}` },
    etagMember: 'etag',
  });
}

/** Makes an event, and gives its URL. */
export async function insertLunch(client: ConditionalClient): Promise<string> {
  const { data } = await client.post<Event>(EVENTS, LUNCH);
  return `${EVENTS}/${data.id}`;
}

export function textOf(event: Event): string {
  return `${event.summary}, ${event.location}`;
}
