/** What a client may write of each resource, member by member. */
import {
  type Check,
  flag,
  integer,
  list,
  object,
  oneOf,
  record,
  text,
  textByName,
  textLike,
} from '../checks.js';
import { invalid, parseError } from '../errors.js';
import type { Attendee, CalendarFields, EntrySettings, EventFields, EventTime, Reminder } from '../model.js';
import { hasOffset, instantOf, isDate, isDateTime, isTimeZone } from '../time.js';

const colorId = textLike((value) => /^\d{1,2}$/u.test(value), 'the number of a colour');
const color = textLike((value) => /^#[\da-f]{6}$/iu.test(value), 'a colour such as #16a765');
const email = textLike((value) => /^[^\s@]+@[^\s@]+$/u.test(value), 'an email address');
const timeZone = textLike(isTimeZone, 'a time zone such as Europe/Zurich');
const title = text(1024, 1);

const eventTimeMembers = record<{ date?: string; dateTime?: string; timeZone?: string }>({
  date: textLike(isDate, 'a date such as 2027-03-01'),
  dateTime: textLike(isDateTime, 'a date-time such as 2027-03-01T09:00:00Z'),
  timeZone,
});

const eventTime: Check<EventTime> = (value, at) => {
  const { date, dateTime, ...zone } = eventTimeMembers(value, at);
  if (date !== undefined && dateTime === undefined) return { date, ...zone };
  if (dateTime === undefined || date !== undefined)
    throw invalid(at, `Expected ${at} to have either a date or a dateTime.`);
  if (zone.timeZone === undefined && !hasOffset(dateTime))
    throw invalid(at, `Missing time zone definition for ${at}.`);
  return { dateTime, ...zone };
};

const reminders = list(
  record<Reminder>({
    method: { required: oneOf('email', 'popup') },
    minutes: { required: integer(0, 40320) },
  }),
  5,
);

const attendee = record<Attendee>({
  email: { required: email },
  displayName: text(1024),
  optional: flag,
  resource: flag,
  responseStatus: oneOf('needsAction', 'declined', 'tentative', 'accepted'),
  comment: text(1024),
  additionalGuests: integer(0, 1000),
});

const eventMembers = record<EventFields>({
  summary: { required: title },
  start: { required: eventTime },
  end: { required: eventTime },
  description: text(8192),
  location: text(1024),
  status: oneOf('confirmed', 'tentative'),
  visibility: oneOf('default', 'public', 'private', 'confidential'),
  transparency: oneOf('opaque', 'transparent'),
  colorId,
  attendees: list(attendee, 200),
  recurrence: list(text(1024, 1), 50),
  reminders: record<NonNullable<EventFields['reminders']>>({
    useDefault: { required: flag },
    overrides: reminders,
  }),
  source: record<NonNullable<EventFields['source']>>({ title: text(1024), url: { required: text(2048, 1) } }),
  extendedProperties: record<NonNullable<EventFields['extendedProperties']>>({
    private: textByName(300),
    shared: textByName(300),
  }),
  anyoneCanAddSelf: flag,
  guestsCanInviteOthers: flag,
  guestsCanModify: flag,
  guestsCanSeeOtherGuests: flag,
});

export function checkEventFields(body: unknown): EventFields {
  const fields = eventMembers(body, '');
  const { start, end } = fields;
  if ('date' in start !== 'date' in end)
    throw invalid('end', 'Expected start and end to be both dates or both date-times.');
  // The end is the first day, or the first moment, after the event.
  const isEmpty = 'date' in start && instantOf(end) === instantOf(start);
  if (isEmpty || instantOf(end) < instantOf(start)) throw invalid('end', 'Expected end to be after start.');
  return fields;
}

const calendarMembers = record<Omit<CalendarFields, 'timeZone'> & { readonly timeZone?: string }>({
  summary: { required: title },
  description: text(8192),
  location: text(1024),
  timeZone,
});

export function checkCalendarFields(body: unknown): CalendarFields {
  return { timeZone: 'UTC', ...calendarMembers(body, '') };
}

export const checkEntrySettings: Check<EntrySettings> = record<EntrySettings>({
  summaryOverride: text(1024),
  colorId,
  backgroundColor: color,
  foregroundColor: color,
  hidden: flag,
  selected: flag,
  defaultReminders: reminders,
});

/** The parsed content of a request; it is undefined when there is none, or none of a type that was asked for. */
export function checkBody(body: unknown): Readonly<Record<string, unknown>> {
  if (body === undefined)
    throw parseError('Expected a JSON object as content, with Content-Type: application/json.');
  return object(body, '');
}
