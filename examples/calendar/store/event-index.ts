/** What a store keeps beside an event's fields so that lists can be selected and ordered by it. */
import type { EventFields } from '../model.js';
import { instantOf } from '../time.js';

export interface EventIndex {
  /** Milliseconds since the epoch. */
  readonly starts: number;
  readonly ends: number;
  readonly text: string;
  /** Only the owner of the calendar sees the event. */
  readonly confidential: boolean;
}

/** A recurring event may take place at any time after its first: a list by time rather shows it than hides it. */
const OPEN_END = Number.MAX_SAFE_INTEGER;

export function indexOf(fields: EventFields): EventIndex {
  return {
    starts: instantOf(fields.start),
    ends: fields.recurrence === undefined ? instantOf(fields.end) : OPEN_END,
    text: searchText(fields),
    confidential: fields.visibility === 'private' || fields.visibility === 'confidential',
  };
}

function searchText({ summary, description, location, attendees = [] }: EventFields): string {
  const people = attendees.flatMap(({ displayName, email }) => [displayName, email]);
  return folded([summary, description, location, ...people].filter((part) => part !== undefined).join('\n'));
}

/** The words of a search (`q`), in the form in which they occur in an event's text. */
export function searchTerms(q: string): string[] {
  return folded(q)
    .split(/\s+/u)
    .filter((term) => term !== '');
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
