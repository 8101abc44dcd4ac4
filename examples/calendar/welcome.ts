/** What the server prints when it is ready: where it is, how to get in, and two requests to try. */
import type { VersionOf } from 'http-preconditions';
import type { Settings } from './environment.js';
import { eventVersions } from './resources/event.js';
import type { CalendarStore, EventRow } from './store/types.js';

export async function welcome(
  store: CalendarStore,
  { tokens, isDemo }: Settings,
  origin: string,
): Promise<string> {
  const lines = [`Calendar API on ${origin}/calendar/v3`, `A page that shows it: ${origin}/`];
  const [first] = tokens;
  if (first === undefined || !isDemo) return lines.join('\n');

  const [token, user] = first;
  lines.push(`Demo token of ${user}: ${token}`);
  const event = await store.events.find({ calendarId: user, id: 'lunch' });
  if (event !== undefined && !event.deleted)
    lines.push(...requestsToTry(eventVersions(store).versionOf(event), token, origin));
  return lines.join('\n');
}

function requestsToTry(
  { etag, resource: { id, fields } }: VersionOf<EventRow>,
  token: string,
  origin: string,
): string[] {
  const { start, end } = fields;
  const target = `-H 'Authorization: Bearer ${token}' ${origin}/calendar/v3/calendars/primary/events/${id}`;
  const content = JSON.stringify({ summary: 'A longer lunch', start, end });
  return [
    '',
    'Get an event if it has changed (304: it has not):',
    `  curl -i -H 'If-None-Match: ${etag}' ${target}`,
    'Change it if nobody else has; do it twice (412: somebody has):',
    `  curl -i -X PUT -H 'If-Match: ${etag}' -H 'Content-Type: application/json' -d '${content}' ${target}`,
  ];
}
