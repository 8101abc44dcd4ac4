/** A calendar in a user's list as the API shows it. */
import { type EntityTag, fromVersion, type ResourceProvider, type VersionOf } from 'http-preconditions';
import { calendarIdOf, type CalendarParams, type Role, roleIn } from '../access.js';
import { userOf } from '../authentication.js';
import type { CalendarFields, EntrySettings } from '../model.js';
import type { CalendarStore, EntryRow } from '../store/types.js';
import { fingerprint } from './tokens.js';

export interface EntryResource extends CalendarFields, EntrySettings {
  readonly kind: 'calendar#calendarListEntry';
  readonly etag: EntityTag | undefined;
  readonly id: string;
  readonly accessRole: Role;
  readonly primary?: true;
}

export type EntryVersions = ResourceProvider<EntryRow | null, CalendarParams>;

/**
 * The tag of an entry is that of the user's own settings. What is read-only to the user, such as the summary that the
 * owner gave the calendar, changes without it: a user who sets a colour does not lose a race against a renaming. So a 304
 * says no more than that the settings are the same. By the letter of RFC 9110, section 8.8.1, such a tag is weak; the API
 * sends it as a strong one all the same, because a weak tag never satisfies If-Match.
 *
 * The user is a part of the tag, because each finds another entry under the same URI: see eventVersions().
 */
export function entryVersions(store: CalendarStore): EntryVersions {
  return fromVersion(
    async (req) => {
      const user = userOf(req);
      return (await store.entries.find(user, calendarIdOf(req.params.calendarId, user))) ?? null;
    },
    ({ version, user }) => [version, fingerprint(user, store.epoch)],
  );
}

export function entryResource(
  { etag, resource: { calendar, settings } }: VersionOf<EntryRow>,
  user: string,
): EntryResource {
  return {
    kind: 'calendar#calendarListEntry',
    etag,
    id: calendar.id,
    ...calendar.fields,
    ...settings,
    accessRole: roleIn(calendar, user),
    ...(calendar.id === user && { primary: true }),
  };
}
