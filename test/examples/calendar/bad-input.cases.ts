/** Requests that are wrong in one way each, with the answer they get. */
import { eventAt, LUNCH, TEAM } from './fixtures.js';

export interface BadInput {
  readonly title: string;
  readonly method?: 'get' | 'put' | 'patch' | 'post' | 'delete';
  readonly path: string;
  /** Text is sent as it is, anything else as JSON. */
  readonly content?: unknown;
  readonly type?: string;
  readonly status: 400 | 403 | 404 | 409 | 410 | 413;
  readonly reason: string;
  readonly location?: string;
}

const EVENTS = `/calendars/${TEAM}/events`;
const LIST = '/users/me/calendarList';

const event = (changes: object): object => ({ ...LUNCH, ...changes });
const at = (dateTime: unknown, more: object = {}): object => ({ dateTime, ...more });

/** Contents of an event, for insert, update and (where it makes sense) patch. */
const EVENT_CONTENTS: readonly Pick<BadInput, 'title' | 'content' | 'type' | 'reason' | 'location'>[] = [
  { title: 'malformed JSON', content: '{"summary": ', reason: 'parseError' },
  { title: 'no content', content: undefined, reason: 'parseError' },
  {
    title: 'content that is not JSON by its type',
    content: 'summary=x',
    type: 'text/plain',
    reason: 'parseError',
  },
  { title: 'a JSON list', content: [], reason: 'invalid' },
  { title: 'a JSON number', content: '7', reason: 'parseError' },
  { title: 'no summary', content: event({ summary: undefined }), reason: 'required', location: 'summary' },
  { title: 'an empty summary', content: event({ summary: '' }), reason: 'required', location: 'summary' },
  { title: 'summary null', content: event({ summary: null }), reason: 'required', location: 'summary' },
  { title: 'a number as summary', content: event({ summary: 7 }), reason: 'invalid', location: 'summary' },
  {
    title: 'a summary without end',
    content: event({ summary: 'x'.repeat(2000) }),
    reason: 'invalid',
    location: 'summary',
  },
  {
    title: 'U+0000 in the summary',
    content: event({ summary: 'a\0b' }),
    reason: 'invalid',
    location: 'summary',
  },
  { title: 'no start', content: event({ start: undefined }), reason: 'required', location: 'start' },
  { title: 'no end', content: event({ end: undefined }), reason: 'required', location: 'end' },
  { title: 'text as start', content: event({ start: '2027-03-01' }), reason: 'invalid', location: 'start' },
  { title: 'an empty start', content: event({ start: {} }), reason: 'invalid', location: 'start' },
  {
    title: 'date and dateTime at once',
    content: event({ start: at('2027-03-01T09:00:00Z', { date: '2027-03-01' }) }),
    reason: 'invalid',
    location: 'start',
  },
  {
    title: 'a dateTime without offset and time zone',
    content: event({ start: at('2027-03-01T09:00:00') }),
    reason: 'invalid',
    location: 'start',
  },
  {
    title: 'an unknown time zone',
    content: event({ start: at('2027-03-01T09:00:00', { timeZone: 'Mars/Olympus' }) }),
    reason: 'invalid',
    location: 'start.timeZone',
  },
  {
    title: '30 February',
    content: event({ start: at('2027-02-30T09:00:00Z') }),
    reason: 'invalid',
    location: 'start.dateTime',
  },
  {
    title: 'hour 25',
    content: event({ start: at('2027-03-01T25:00:00Z') }),
    reason: 'invalid',
    location: 'start.dateTime',
  },
  {
    title: 'a day as dateTime',
    content: event({ start: at('2027-03-01') }),
    reason: 'invalid',
    location: 'start.dateTime',
  },
  {
    title: 'an end before the start',
    content: event({ end: eventAt(3).start }),
    reason: 'invalid',
    location: 'end',
  },
  {
    title: 'an all-day event without a day',
    content: event({ start: { date: '2027-03-01' }, end: { date: '2027-03-01' } }),
    reason: 'invalid',
    location: 'end',
  },
  {
    title: 'a day that ends at an hour',
    content: event({ start: { date: '2027-03-01' } }),
    reason: 'invalid',
    location: 'end',
  },
  {
    title: 'status cancelled',
    content: event({ status: 'cancelled' }),
    reason: 'invalid',
    location: 'status',
  },
  {
    title: 'an attendee without address',
    content: event({ attendees: [{}] }),
    reason: 'required',
    location: 'attendees[0].email',
  },
  {
    title: 'an object as attendees',
    content: event({ attendees: {} }),
    reason: 'invalid',
    location: 'attendees',
  },
  {
    title: 'hundreds of attendees',
    content: event({ attendees: Array.from({ length: 201 }, () => ({ email: 'a@example.test' })) }),
    reason: 'invalid',
    location: 'attendees',
  },
  {
    title: 'a reminder of unknown method',
    content: event({ reminders: { useDefault: false, overrides: [{ method: 'drums', minutes: 5 }] } }),
    reason: 'invalid',
    location: 'reminders.overrides[0].method',
  },
  {
    title: 'a reminder after the event',
    content: event({ reminders: { useDefault: false, overrides: [{ method: 'popup', minutes: -5 }] } }),
    reason: 'invalid',
    location: 'reminders.overrides[0].minutes',
  },
  {
    title: 'text as recurrence',
    content: event({ recurrence: 'RRULE:FREQ=DAILY' }),
    reason: 'invalid',
    location: 'recurrence',
  },
  {
    title: 'an object as an extended property',
    content: event({ extendedProperties: { private: { a: {} } } }),
    reason: 'invalid',
    location: 'extendedProperties.private',
  },
];

const IDS: readonly (Pick<BadInput, 'title' | 'status' | 'reason' | 'location'> & {
  readonly id: unknown;
})[] = [
  { title: 'of letters after v', id: 'xyzzy', status: 400, reason: 'invalid', location: 'id' },
  { title: 'of capitals', id: 'LUNCH', status: 400, reason: 'invalid', location: 'id' },
  { title: 'of four characters', id: 'abcd', status: 400, reason: 'invalid', location: 'id' },
  { title: 'of 1025 characters', id: 'a'.repeat(1025), status: 400, reason: 'invalid', location: 'id' },
  { title: 'with a line break', id: 'lunch\n', status: 400, reason: 'invalid', location: 'id' },
  { title: 'that is a number', id: 12345, status: 400, reason: 'invalid', location: 'id' },
  { title: 'that is taken', id: 'lunch', status: 409, reason: 'duplicate' },
  { title: 'of a deleted event', id: 'gone0', status: 409, reason: 'duplicate' },
];

const PARAMETERS: readonly (Pick<BadInput, 'status' | 'reason' | 'location'> & { readonly query: string })[] =
  [
    ...['0', '-1', '2501', 'many', '1.5', '1e2', 'true'].map((value) => ({
      query: `maxResults=${value}`,
      status: 400 as const,
      reason: 'invalid',
      location: 'maxResults',
    })),
    { query: 'maxResults=1&maxResults=2', status: 400, reason: 'invalid', location: 'maxResults' },
    { query: 'pageToken=nonsense', status: 400, reason: 'invalid', location: 'pageToken' },
    {
      query: 'pageToken=WyJwYWdlIiwiIiwxLCJhIiwiYSJd',
      status: 400,
      reason: 'invalid',
      location: 'pageToken',
    },
    { query: 'timeMin=yesterday', status: 400, reason: 'invalid', location: 'timeMin' },
    { query: 'timeMin=2027-03-01T00:00:00', status: 400, reason: 'invalid', location: 'timeMin' },
    { query: 'timeMax=2027-02-30T00:00:00Z', status: 400, reason: 'invalid', location: 'timeMax' },
    {
      query: 'timeMin=2027-03-02T00:00:00Z&timeMax=2027-03-01T00:00:00Z',
      status: 400,
      reason: 'invalid',
      location: 'timeMax',
    },
    { query: 'updatedMin=1', status: 400, reason: 'invalid', location: 'updatedMin' },
    { query: 'singleEvents=yes', status: 400, reason: 'invalid', location: 'singleEvents' },
    { query: 'showDeleted=1', status: 400, reason: 'invalid', location: 'showDeleted' },
    { query: 'orderBy=summary', status: 400, reason: 'invalid', location: 'orderBy' },
    { query: 'orderBy=startTime', status: 400, reason: 'invalid', location: 'orderBy' },
    { query: 'iCalUID=x', status: 400, reason: 'invalid', location: 'iCalUID' },
    { query: `q=${'x'.repeat(501)}`, status: 400, reason: 'invalid', location: 'q' },
    { query: 'q=a%00b', status: 400, reason: 'invalid', location: 'q' },
    { query: 'syncToken=nonsense', status: 410, reason: 'fullSyncRequired', location: 'syncToken' },
    { query: 'syncToken=x&q=lunch', status: 400, reason: 'invalid', location: 'q' },
    { query: 'syncToken=x&showDeleted=false', status: 400, reason: 'invalid', location: 'showDeleted' },
  ];

export const BAD_INPUTS: readonly BadInput[] = [
  ...EVENT_CONTENTS.flatMap((row): BadInput[] => [
    { ...row, title: `insert with ${row.title}`, method: 'post', path: EVENTS, status: 400 },
    { ...row, title: `update with ${row.title}`, method: 'put', path: `${EVENTS}/lunch`, status: 400 },
  ]),
  {
    title: 'patch with malformed JSON',
    method: 'patch',
    path: `${EVENTS}/lunch`,
    content: '{',
    status: 400,
    reason: 'parseError',
  },
  {
    title: 'patch that removes the summary',
    method: 'patch',
    path: `${EVENTS}/lunch`,
    content: { summary: null },
    status: 400,
    reason: 'required',
    location: 'summary',
  },
  {
    title: 'patch that moves the end before the start',
    method: 'patch',
    path: `${EVENTS}/lunch`,
    content: { end: eventAt(3).start },
    status: 400,
    reason: 'invalid',
    location: 'end',
  },
  {
    title: 'patch that gives a dateTime a date',
    method: 'patch',
    path: `${EVENTS}/lunch`,
    content: { start: { date: '2027-03-01' } },
    status: 400,
    reason: 'invalid',
    location: 'start',
  },
  {
    title: 'insert of too much',
    method: 'post',
    path: EVENTS,
    content: event({ description: 'x'.repeat(300_000) }),
    status: 413,
    reason: 'uploadTooLarge',
  },

  ...IDS.map(({ title, id, ...row }): BadInput => ({
    ...row,
    title: `insert with an id ${title}`,
    method: 'post',
    path: EVENTS,
    content: event({ id }),
  })),
  ...PARAMETERS.map(({ query, ...row }): BadInput => ({
    ...row,
    title: `list with ${query.slice(0, 60)}`,
    path: `${EVENTS}?${query}`,
  })),

  ...['abcde', 'UNKNOWN', 'a', '%00', 'a%00b', "x'--"].flatMap((id): BadInput[] => [
    { title: `get of the event ${id}`, path: `${EVENTS}/${id}`, status: 404, reason: 'notFound' },
    {
      title: `update of the event ${id}`,
      method: 'put',
      path: `${EVENTS}/${id}`,
      content: LUNCH,
      status: 404,
      reason: 'notFound',
    },
    {
      title: `patch of the event ${id}`,
      method: 'patch',
      path: `${EVENTS}/${id}`,
      content: {},
      status: 404,
      reason: 'notFound',
    },
    {
      title: `delete of the event ${id}`,
      method: 'delete',
      path: `${EVENTS}/${id}`,
      status: 404,
      reason: 'notFound',
    },
  ]),
  {
    title: 'update of a deleted event',
    method: 'put',
    path: `${EVENTS}/gone0`,
    content: LUNCH,
    status: 410,
    reason: 'deleted',
  },
  {
    title: 'patch of a deleted event',
    method: 'patch',
    path: `${EVENTS}/gone0`,
    content: {},
    status: 410,
    reason: 'deleted',
  },
  {
    title: 'delete of a deleted event',
    method: 'delete',
    path: `${EVENTS}/gone0`,
    status: 410,
    reason: 'deleted',
  },

  { title: 'get of an unknown calendar', path: '/calendars/nowhere', status: 404, reason: 'notFound' },
  {
    title: 'list of an unknown calendar',
    path: '/calendars/nowhere/events',
    status: 404,
    reason: 'notFound',
  },
  {
    title: 'list of a calendar named __proto__',
    path: '/calendars/__proto__/events',
    status: 404,
    reason: 'notFound',
  },
  {
    title: 'insert into an unknown calendar',
    method: 'post',
    path: '/calendars/nowhere/events',
    content: LUNCH,
    status: 404,
    reason: 'notFound',
  },
  {
    title: 'insert of a calendar without summary',
    method: 'post',
    path: '/calendars',
    content: {},
    status: 400,
    reason: 'required',
    location: 'summary',
  },
  {
    title: 'update of a calendar to an unknown time zone',
    method: 'put',
    path: `/calendars/${TEAM}`,
    content: { summary: 'Team', timeZone: 'nowhere' },
    status: 400,
    reason: 'invalid',
    location: 'timeZone',
  },
  {
    title: 'delete of the primary calendar',
    method: 'delete',
    path: '/calendars/primary',
    status: 400,
    reason: 'invalid',
    location: 'calendarId',
  },
  {
    title: 'insert of an unknown calendar into the list',
    method: 'post',
    path: LIST,
    content: { id: 'nowhere' },
    status: 404,
    reason: 'notFound',
  },
  {
    title: 'insert into the list without id',
    method: 'post',
    path: LIST,
    content: {},
    status: 400,
    reason: 'required',
    location: 'id',
  },
  {
    title: 'update of an entry with text as hidden',
    method: 'put',
    path: `${LIST}/${TEAM}`,
    content: { hidden: 'yes' },
    status: 400,
    reason: 'invalid',
    location: 'hidden',
  },
  {
    title: 'update of an entry with a word as colour',
    method: 'put',
    path: `${LIST}/${TEAM}`,
    content: { backgroundColor: 'red' },
    status: 400,
    reason: 'invalid',
    location: 'backgroundColor',
  },
  { title: 'get of an unknown entry', path: `${LIST}/nowhere`, status: 404, reason: 'notFound' },
  {
    title: 'calendar list with a page token of another list',
    path: `${LIST}?pageToken=WyJzeW5jIiwiYSJd`,
    status: 400,
    reason: 'invalid',
    location: 'pageToken',
  },
  {
    title: 'calendar list with a sync token',
    path: `${LIST}?syncToken=x`,
    status: 410,
    reason: 'fullSyncRequired',
  },
  {
    title: 'calendar list of somebody else',
    path: '/users/bob@example.test/calendarList',
    status: 404,
    reason: 'notFound',
  },

  ...['/colors', '/users/me/settings', `/calendars/${TEAM}/acl`, `${EVENTS}/lunch/instances`, '/'].map(
    (path): BadInput => ({
      title: `get of ${path}, which is not part of the example`,
      path,
      status: 404,
      reason: 'notFound',
    }),
  ),
  {
    title: 'freeBusy, which is not part of the example',
    method: 'post',
    path: '/freeBusy',
    content: {},
    status: 404,
    reason: 'notFound',
  },
  { title: 'a path that is not percent-encoded', path: `${EVENTS}/%E0%A4%A`, status: 400, reason: 'invalid' },
];
