/** A user's calendar list. It is short, so it is versioned by what it shows: a hash of its content. */
import { type EntityTag, fromBody, type ResourceProvider, type VersionOf } from 'http-preconditions';
import { userOf } from '../authentication.js';
import { oneOf } from '../checks.js';
import { fullSyncRequired, invalid } from '../errors.js';
import type { CalendarStore, EntryRow } from '../store/types.js';
import { entryResource, type EntryResource, type EntryVersions } from './calendar-list-entry.js';
import { flagParameter, integerParameter, parameter, type Parameters, tokenParameter } from './parameters.js';
import { decodeToken, encodeToken } from './tokens.js';

export interface CalendarList {
  readonly kind: 'calendar#calendarList';
  readonly nextPageToken?: string;
  readonly items: readonly EntryResource[];
}

export interface CalendarListResource extends CalendarList {
  readonly etag: EntityTag | undefined;
}

export function calendarListVersions(
  store: CalendarStore,
  versions: EntryVersions,
): ResourceProvider<CalendarList> {
  return fromBody(
    async (req) => {
      const user = userOf(req);
      const { limit, after, ...selection } = calendarListRequest(req.query, store.epoch);
      const entries = await store.entries.list(user);
      const rest = entries.filter((entry) => isSelected(entry, selection, user) && entry.calendar.id > after);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      return {
        kind: 'calendar#calendarList',
        ...(rest.length > page.length &&
          last && { nextPageToken: encodeToken('page', last.calendar.id, store.epoch) }),
        items: page.map((entry) => entryResource(versions.versionOf(entry), user)),
      };
    },
    { strong: true },
  );
}

export function calendarListResource({ etag, resource }: VersionOf<CalendarList>): CalendarListResource {
  return { ...resource, etag };
}

interface Selection {
  readonly showHidden: boolean;
  readonly owned: boolean;
}

function isSelected(
  { settings, calendar }: EntryRow,
  { showHidden, owned }: Selection,
  user: string,
): boolean {
  return (showHidden || settings.hidden !== true) && (!owned || calendar.owner === user);
}

function calendarListRequest(
  parameters: Parameters,
  epoch: string,
): Selection & { readonly limit: number; readonly after: string } {
  // None was ever given: incremental synchronization of this list is not part of the example.
  if (parameter(parameters, 'syncToken', tokenParameter) !== undefined) throw fullSyncRequired();
  const role = parameter(parameters, 'minAccessRole', oneOf('freeBusyReader', 'reader', 'writer', 'owner'));
  return {
    showHidden: parameter(parameters, 'showHidden', flagParameter) ?? false,
    owned: role === 'writer' || role === 'owner',
    limit: parameter(parameters, 'maxResults', integerParameter(1, 250)) ?? 100,
    after: readPageToken(parameters, epoch),
  };
}

function readPageToken(parameters: Parameters, epoch: string): string {
  const token = parameter(parameters, 'pageToken', tokenParameter);
  if (token === undefined) return '';
  const [kind, after, itsEpoch = ''] = decodeToken(token);
  if (kind !== 'page' || typeof after !== 'string' || itsEpoch !== epoch)
    throw invalid('pageToken', 'The page token does not belong to this list.');
  return after;
}
