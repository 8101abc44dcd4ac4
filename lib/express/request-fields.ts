import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import type { ConditionalRequest, FieldValue } from '../core/types.js';

/**
 * What the evaluation needs of a request: its method and its conditional fields, as they arrived. Behind another
 * precondition middleware they come from there, because it may have taken them out of `req.headers`.
 */
export function readConditionalRequest(req: Request, now: number): ConditionalRequest {
  const { method } = req;
  if (req.precondition !== undefined) return { ...req.precondition.request, method, now };
  return {
    method,
    now,
    ifMatch: readField(req, 'if-match'),
    ifNoneMatch: readField(req, 'if-none-match'),
    ifModifiedSince: readField(req, 'if-modified-since'),
    ifUnmodifiedSince: readField(req, 'if-unmodified-since'),
    ifRange: readField(req, 'if-range'),
    range: readField(req, 'range'),
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
 * One field. `req.headers` says whether it is there and, if a middleware has changed it, what it holds. But of several
 * lines it shows only the first (of a date, and over HTTP/2 of any of these fields), so those come from `req.rawHeaders`.
 */
function readField(req: IncomingMessage, name: string): FieldValue | undefined {
  const value = req.headers[name];
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
