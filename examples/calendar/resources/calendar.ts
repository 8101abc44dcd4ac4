/** A calendar as the API shows it. */
import { type EntityTag, fromVersion, type ResourceProvider, type VersionOf } from 'http-preconditions';
import { access } from '../access.js';
import type { CalendarFields } from '../model.js';
import type { CalendarRow } from '../store/types.js';

export interface CalendarResource extends CalendarFields {
  readonly kind: 'calendar#calendar';
  readonly etag: EntityTag | undefined;
  readonly id: string;
}

/** Nothing is read here: the access check has loaded the calendar. */
export const calendarVersions: ResourceProvider<CalendarRow> = fromVersion(
  (req) => access.of(req).calendar,
  (row) => row.version,
);

export function calendarResource({
  etag,
  resource: { id, fields },
}: VersionOf<CalendarRow>): CalendarResource {
  return { kind: 'calendar#calendar', etag, id, ...fields };
}
