/** An event as the API shows it. */
import { type EntityTag, fromVersion, type ResourceProvider, type VersionOf } from 'http-preconditions';
import { access, type Access, type CalendarParams } from '../access.js';
import type { EventFields } from '../model.js';
import type { CalendarStore, EventKey, EventRow } from '../store/types.js';
import { fingerprint } from './tokens.js';

export interface EventParams extends CalendarParams {
  eventId: string;
}

export interface EventResource extends Omit<EventFields, 'status'> {
  readonly kind: 'calendar#event';
  readonly etag: EntityTag | undefined;
  readonly id: string;
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  readonly created: string;
  readonly updated: string;
  readonly creator: { readonly email: string };
  readonly organizer: { readonly email: string };
  readonly iCalUID: string;
  readonly eventType: 'default';
}

/** Ids are base32hex in lower case; what is not one cannot have been given to an event. */
export const EVENT_ID: RegExp = /^[a-v0-9]{5,1024}$/;

export type EventVersions = ResourceProvider<EventRow | null, EventParams>;

/**
 * The version of the event that a request is for. A deleted event can still be read, as `cancelled`; for writes it has
 * no current representation, and the store will say that it was deleted (410 comes before 412).
 *
 * The number of the version alone is no tag: a tag has to be unique among all representations of one resource (RFC 9110,
 * section 8.8.1), and `primary` is another calendar for each user. A browser that has kept Ada's event may send its tag with
 * Bob's token (RFC 9111, section 4.1), and a 304 would show him hers.
 */
export function eventVersions(store: CalendarStore): EventVersions {
  return fromVersion(
    async (req) => {
      const found = await store.events.find(eventKey(access.of(req), req.params.eventId));
      if (found === undefined || !isVisible(found, access.of(req))) return null;
      return found.deleted && req.method !== 'GET' && req.method !== 'HEAD' ? null : found;
    },
    ({ version, calendarId }) => [version, fingerprint(calendarId, store.epoch)],
  );
}

export function eventKey({ calendar }: Access, id: string): EventKey {
  return { calendarId: calendar.id, id };
}

export function isVisible({ fields: { visibility } }: EventRow, { role }: Access): boolean {
  return role === 'owner' || (visibility !== 'private' && visibility !== 'confidential');
}

export function eventResource({ etag, resource: row }: VersionOf<EventRow>): EventResource {
  const { calendarId, id, creator, created, updated, fields } = row;
  return {
    kind: 'calendar#event',
    etag,
    id,
    ...fields,
    status: row.deleted ? 'cancelled' : (fields.status ?? 'confirmed'),
    created,
    updated,
    creator: { email: creator },
    organizer: { email: calendarId },
    iCalUID: `${id}@calendar.example.test`,
    eventType: 'default',
  };
}

/** What is left of an event that the caller may see no longer. It stays as it is, however the event goes on. */
export interface HiddenEventResource extends Pick<EventResource, 'kind' | 'etag' | 'id'> {
  readonly status: 'cancelled';
}

export function hiddenEventResource({ etag, resource: { id } }: VersionOf<EventRow>): HiddenEventResource {
  return { kind: 'calendar#event', etag, id, status: 'cancelled' };
}
