import type { IncomingMessage } from 'node:http';
import type { ConditionalRequest, FieldValue } from '../core/types.js';
import { HttpPreconditionsError } from '../errors.js';
import type { Exchange } from './exchange.js';
import { requestName } from './request-name.js';

/** What the evaluation needs of a request: its method and its conditional fields, as they arrived. */
export function readConditionalRequest({ req, outer }: Exchange, now: number): ConditionalRequest {
  const { method, headers } = req;
  const present = {
    method,
    now,
    ifMatch: withAllLines(req, 'if-match', headers['if-match']),
    ifNoneMatch: withAllLines(req, 'if-none-match', headers['if-none-match']),
    ifModifiedSince: withAllLines(req, 'if-modified-since', headers['if-modified-since']),
    ifUnmodifiedSince: withAllLines(req, 'if-unmodified-since', headers['if-unmodified-since']),
    ifRange: withAllLines(req, 'if-range', headers['if-range']),
    range: withAllLines(req, 'range', headers.range),
  };
  return outer === undefined ? present : withWithdrawn(present, outer.request);
}

/** Another precondition middleware, before this one, may have taken fields out of `req.headers`. It still knows them. */
function withWithdrawn(present: ConditionalRequest, evaluated: ConditionalRequest): ConditionalRequest {
  return {
    ...present,
    ifMatch: present.ifMatch ?? evaluated.ifMatch,
    ifNoneMatch: present.ifNoneMatch ?? evaluated.ifNoneMatch,
    ifModifiedSince: present.ifModifiedSince ?? evaluated.ifModifiedSince,
    ifUnmodifiedSince: present.ifUnmodifiedSince ?? evaluated.ifUnmodifiedSince,
    ifRange: present.ifRange ?? evaluated.ifRange,
    range: present.range ?? evaluated.range,
  };
}

/** Whether a request has a field that can make a write fail. */
export function hasWriteCondition(request: ConditionalRequest): boolean {
  return (
    request.ifMatch !== undefined ||
    request.ifNoneMatch !== undefined ||
    request.ifUnmodifiedSince !== undefined
  );
}

/**
 * `req.headers` says whether a field is there and, if a middleware has changed it, what it holds. But of several lines it shows only
 * the first (of a date, and over HTTP/2 of any of these fields), so those come from `req.rawHeaders`.
 */
function withAllLines(
  req: IncomingMessage,
  name: string,
  value: FieldValue | undefined,
): FieldValue | undefined {
  if (value === undefined) return undefined;
  const lines = rawLines(req.rawHeaders, name);
  if (lines.length < 2) return value;
  const isAsReceived = value === lines[0] || value === lines.join(', ');
  return isAsReceived ? lines : value;
}

function rawLines(rawHeaders: readonly string[] | undefined, name: string): string[] {
  const lines: string[] = [];
  if (rawHeaders === undefined) return lines;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const rawName = rawHeaders[index]!;
    if (rawName.length === name.length && rawName.toLowerCase() === name) lines.push(rawHeaders[index + 1]!);
  }
  return lines;
}

/** Node hands on so many lines, unless `server.maxHeadersCount` says otherwise, and drops all others without a word. */
const LINES_HANDED_ON = 1000;

/**
 * Stops a write whose condition may have been dropped by Node, which would be performed as though it had none.
 *
 * @throws {HttpPreconditionsError} ERR_FIELDS_DROPPED
 */
export function assertNoLineDropped(req: IncomingMessage): void {
  // A request that was made without a connection, by a test or for a function in a cloud, may have neither.
  const { socket, rawHeaders = [] } = req as Partial<IncomingMessage>;
  const { server } = (socket ?? {}) as { server?: { maxHeadersCount?: number | null } };
  const limit = server?.maxHeadersCount ?? LINES_HANDED_ON;
  if (limit === 0 || rawHeaders.length < 2 * limit) return;
  throw new HttpPreconditionsError(
    'ERR_FIELDS_DROPPED',
    `${requestName(req)} has ${limit} field lines or more, of which Node drops some; a condition may be among them. Nothing was ` +
      'written. Set `server.maxHeadersCount` to 0 to get all.',
    { status: 431 },
  );
}
