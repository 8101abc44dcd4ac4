/** What a list of events was asked for: the query parameters, checked, as a query to the store. */
import { oneOf, text } from '../checks.js';
import { fullSyncRequired, invalid } from '../errors.js';
import { searchTerms } from '../store/event-index.js';
import type { EventOrder, EventQuery } from '../store/types.js';
import {
  flagParameter,
  instantParameter,
  integerParameter,
  parameter,
  type Parameters,
  tokenParameter,
} from './parameters.js';
import { decodeToken, encodeToken, fingerprint } from './tokens.js';

export interface EventListRequest {
  readonly query: EventQuery;
  /** What was asked for apart from the page, and in which epoch; a page token belongs to it, and a tag. */
  readonly filter: string;
  readonly epoch: string;
  /** Up to which revision the list is complete when its last page was read: that of its first page. */
  readonly revision: number;
}

export interface ListContext {
  readonly calendarId: string;
  readonly epoch: string;
  /** The current revision of the calendar's events. */
  readonly revision: number;
  readonly confidential: boolean;
}

/** Filters of the real API that this example does not have; to ignore them would answer a question nobody asked. */
const UNSUPPORTED = ['iCalUID', 'privateExtendedProperty', 'sharedExtendedProperty'];
const NOT_WITH_SYNC_TOKEN = ['orderBy', 'q', 'timeMax', 'timeMin', 'updatedMin', ...UNSUPPORTED];

export function eventListRequest(parameters: Parameters, context: ListContext): EventListRequest {
  for (const name of UNSUPPORTED) {
    if (Object.hasOwn(parameters, name)) throw invalid(name, `This server does not support ${name}.`);
  }
  const { calendarId, epoch } = context;
  const seen = readSyncToken(parameters, context);
  const selection = { ...readFilters(parameters), ...sinceRevision(seen, context) };
  const deleted = selection.deleted || seen !== undefined || selection.updatedSince !== undefined;
  const orderBy = seen === undefined ? readOrder(parameters) : context.confidential ? 'version' : 'shown';
  const filter = fingerprint([calendarId, selection, orderBy], epoch);
  const page = readPageToken(parameters, filter, orderBy);
  const limit = parameter(parameters, 'maxResults', integerParameter(1, 2500)) ?? 250;
  return {
    query: { ...selection, deleted, orderBy, after: page?.after, limit },
    filter,
    epoch,
    revision: page?.revision ?? context.revision,
  };
}

/** A reader who synchronizes has to learn that an event was hidden: it is selected then, to be shown without its content. */
function sinceRevision(
  seen: number | undefined,
  { confidential }: ListContext,
): Pick<EventQuery, 'changedSince' | 'shownSince' | 'confidential'> {
  return {
    changedSince: confidential ? seen : undefined,
    confidential: confidential || seen !== undefined,
    shownSince: confidential ? undefined : seen,
  };
}

function readFilters(
  parameters: Parameters,
): Pick<EventQuery, 'terms' | 'endsAfter' | 'startsBefore' | 'updatedSince' | 'deleted'> {
  const q = parameter(parameters, 'q', text(500)) ?? '';
  const endsAfter = parameter(parameters, 'timeMin', instantParameter);
  const startsBefore = parameter(parameters, 'timeMax', instantParameter);
  if (endsAfter !== undefined && startsBefore !== undefined && startsBefore <= endsAfter) {
    throw invalid('timeMax', 'The specified time range is empty.');
  }
  const updatedMin = parameter(parameters, 'updatedMin', instantParameter);
  const updatedSince = updatedMin === undefined ? undefined : new Date(updatedMin).toISOString();
  const deleted = parameter(parameters, 'showDeleted', flagParameter) ?? false;
  return { terms: searchTerms(q), endsAfter, startsBefore, updatedSince, deleted };
}

/** Recurring events are not expanded, so `singleEvents` changes nothing but what `orderBy` may be. */
function readOrder(parameters: Parameters): EventOrder {
  const singleEvents = parameter(parameters, 'singleEvents', flagParameter) ?? false;
  const orderBy = parameter(parameters, 'orderBy', oneOf('startTime', 'updated'));
  if (orderBy === 'startTime' && !singleEvents) {
    throw invalid('orderBy', 'The requested ordering is not available without singleEvents=true.');
  }
  return orderBy === undefined ? 'id' : orderBy === 'updated' ? 'updated' : 'starts';
}

export function nextSyncToken({ epoch, revision }: EventListRequest, calendarId: string): string {
  return encodeToken('sync', calendarId, revision, epoch);
}

/**
 * The revision that the client has seen. A token of another calendar or epoch starts it from scratch, and so does a revision
 * that was not reached yet.
 */
function readSyncToken(
  parameters: Parameters,
  { calendarId, epoch, revision }: ListContext,
): number | undefined {
  const token = parameter(parameters, 'syncToken', tokenParameter);
  if (token === undefined) return undefined;
  const clash = NOT_WITH_SYNC_TOKEN.find((name) => Object.hasOwn(parameters, name));
  if (clash !== undefined) throw invalid(clash, `Sync token cannot be used together with ${clash}.`);
  if (parameter(parameters, 'showDeleted', flagParameter) === false) {
    throw invalid('showDeleted', 'Sync token cannot be used together with showDeleted=false.');
  }
  const [kind, calendar, seen, itsEpoch = ''] = decodeToken(token);
  const isOurs = kind === 'sync' && calendar === calendarId && itsEpoch === epoch;
  if (!isOurs || !isCount(seen) || seen > revision) throw fullSyncRequired();
  return seen;
}

const COUNTS: ReadonlySet<EventOrder> = new Set(['starts', 'version', 'shown']);

type Page = { readonly after: readonly [string | number, string]; readonly revision: number };

export function nextPageToken(
  request: EventListRequest,
  [value, id]: readonly [string | number, string],
): string {
  return encodeToken('page', request.filter, request.revision, value, id);
}

function readPageToken(parameters: Parameters, filter: string, orderBy: EventOrder): Page | undefined {
  const token = parameter(parameters, 'pageToken', tokenParameter);
  if (token === undefined) return undefined;
  const [kind, itsFilter, revision, value, id] = decodeToken(token);
  const fits = COUNTS.has(orderBy) ? isCount(value) : isText(value);
  if (kind !== 'page' || itsFilter !== filter || !isCount(revision) || !fits || !isText(id)) {
    throw invalid('pageToken', 'The page token does not belong to this list.');
  }
  return { after: [value as string | number, id], revision };
}

/** Without U+0000, which some databases refuse. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
