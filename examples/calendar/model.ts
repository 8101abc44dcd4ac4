/**
 * The words of this API: what a client may write of an event, of a calendar and of its own calendar list. Everything
 * else in an answer (kind, etag, created, …) is made by the server, see resources/.
 */

/** A day (`date`) for an all-day event, or a moment (`dateTime`), whose offset may be left to `timeZone`. */
export type EventTime =
  | { readonly date: string; readonly timeZone?: string }
  | { readonly dateTime: string; readonly timeZone?: string };

export interface Attendee {
  readonly email: string;
  readonly displayName?: string;
  readonly optional?: boolean;
  readonly resource?: boolean;
  readonly responseStatus?: 'needsAction' | 'declined' | 'tentative' | 'accepted';
  readonly comment?: string;
  readonly additionalGuests?: number;
}

export interface Reminder {
  readonly method: 'email' | 'popup';
  readonly minutes: number;
}

export interface EventFields {
  readonly summary: string;
  readonly start: EventTime;
  readonly end: EventTime;
  readonly description?: string;
  readonly location?: string;
  readonly status?: 'confirmed' | 'tentative';
  readonly visibility?: 'default' | 'public' | 'private' | 'confidential';
  readonly transparency?: 'opaque' | 'transparent';
  readonly colorId?: string;
  readonly attendees?: readonly Attendee[];
  /** RRULE, EXDATE, … lines, kept untouched: this example does not expand recurring events into their instances. */
  readonly recurrence?: readonly string[];
  readonly reminders?: { readonly useDefault: boolean; readonly overrides?: readonly Reminder[] };
  readonly source?: { readonly title?: string; readonly url: string };
  readonly extendedProperties?: {
    readonly private?: Readonly<Record<string, string>>;
    readonly shared?: Readonly<Record<string, string>>;
  };
  readonly anyoneCanAddSelf?: boolean;
  readonly guestsCanInviteOthers?: boolean;
  readonly guestsCanModify?: boolean;
  readonly guestsCanSeeOtherGuests?: boolean;
}

export interface CalendarFields {
  readonly summary: string;
  readonly description?: string;
  readonly location?: string;
  readonly timeZone: string;
}

/** What a user sets for themselves about a calendar in their list. Only these change the tag of the entry. */
export interface EntrySettings {
  readonly summaryOverride?: string;
  readonly colorId?: string;
  readonly backgroundColor?: string;
  readonly foregroundColor?: string;
  readonly hidden?: boolean;
  readonly selected?: boolean;
  readonly defaultReminders?: readonly Reminder[];
}
