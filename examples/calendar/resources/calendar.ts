/** A calendar as the API shows it. */
import { type EntityTag, fromVersion, type ResourceProvider, type VersionOf } from 'http-preconditions';
import { access } from '../access.js';
import type { CalendarFields } from '../model.js';
import type { CalendarRow, CalendarStore } from '../store/types.js';
import { fingerprint } from './tokens.js';

export interface CalendarResource extends CalendarFields {
  readonly kind: 'calendar#calendar';
  readonly etag: EntityTag | undefined;
  readonly id: string;
}

/** Nothing is read here: the access check has loaded the calendar. For the id in the tag, see eventVersions(). */
export function calendarVersions({ epoch }: Pick<CalendarStore, 'epoch'>): ResourceProvider<CalendarRow> {
  return fromVersion(
    (req) => access.of(req).calendar,
    ({ version, id }) => [version, fingerprint(id, epoch)],
  );
}

export function calendarResource({
  etag,
  resource: { id, fields },
}: VersionOf<CalendarRow>): CalendarResource {
  return { kind: 'calendar#calendar', etag, id, ...fields };
}
