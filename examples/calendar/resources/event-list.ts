/** The events of a calendar as a list (a feed): its version, and what it shows. */
import { fromVersion, type EntityTag, type ResourceProvider, type VersionOf } from 'http-preconditions';
import { access, type Access } from '../access.js';
import type { Reminder } from '../model.js';
import {
  type CalendarStore,
  type EntryRow,
  type EventPage,
  type FeedState,
  NO_VERSION,
} from '../store/types.js';
import {
  eventResource,
  type EventResource,
  type EventVersions,
  hiddenEventResource,
  type HiddenEventResource,
  isVisible,
} from './event.js';
import {
  type EventListRequest,
  eventListRequest,
  nextPageToken,
  nextSyncToken,
} from './event-list-request.js';
import { fingerprint } from './tokens.js';

export interface EventList {
  readonly request: EventListRequest;
  readonly state: FeedState;
  readonly access: Access;
  readonly entry: EntryRow | undefined;
}

/**
 * A list is versioned without being read: by the revision of all events, by what else the list shows (the calendar, the
 * caller and their role and reminders), and by what was asked for, so that a tag belongs to what that query returns.
 */
export function eventListVersions(store: CalendarStore): ResourceProvider<EventList> {
  return fromVersion(
    async (req) => {
      const granted = access.of(req);
      const { calendar, user, role } = granted;
      const state = await store.events.state(calendar.id);
      const entry = user === undefined ? undefined : await store.entries.find(user, calendar.id);
      const context = {
        calendarId: calendar.id,
        epoch: store.epoch,
        revision: state.revision,
        confidential: role === 'owner',
      };
      return { request: eventListRequest(req.query, context), state, access: granted, entry };
    },
    ({ request, state, access: { calendar, role, user = '' }, entry }) => {
      const asked = fingerprint([
        request.filter,
        request.query.limit,
        request.query.after,
        request.revision,
        role,
        user,
      ]);
      return [state.revision, calendar.version, entry?.version ?? 0, asked];
    },
  );
}

export interface EventListResource {
  readonly kind: 'calendar#events';
  readonly etag: EntityTag | undefined;
  readonly summary: string;
  readonly description?: string;
  readonly updated: string;
  readonly timeZone: string;
  readonly accessRole: Access['role'];
  readonly defaultReminders: readonly Reminder[];
  readonly nextPageToken?: string;
  readonly nextSyncToken?: string;
  readonly items: readonly (EventResource | HiddenEventResource)[];
}

/**
 * The events may be newer than the version, if one changed in between; never older. Then the client has the change
 * already, and gets the list once more when it asks with the older tag.
 */
export function eventListResource(
  { etag, resource }: VersionOf<EventList>,
  page: EventPage,
  versions: EventVersions,
): EventListResource {
  const { request, state, entry } = resource;
  const { calendar, role } = resource.access;
  const { summary, description, timeZone } = calendar.fields;
  return {
    kind: 'calendar#events',
    etag,
    summary,
    ...(description !== undefined && { description }),
    updated: state.updated > calendar.updated ? state.updated : calendar.updated,
    timeZone,
    accessRole: role,
    defaultReminders: entry?.settings.defaultReminders ?? [],
    ...(page.next === undefined
      ? { nextSyncToken: nextSyncToken(request, calendar.id) }
      : { nextPageToken: nextPageToken(request, page.next) }),
    items: page.rows.map((row) =>
      isVisible(row, resource.access)
        ? eventResource(versions.versionOf(row))
        : hiddenEventResource(versions.versionOf({ ...row, version: row.shown ?? NO_VERSION })),
    ),
  };
}
