import type { IncomingMessage } from 'node:http';
import { HttpPreconditionsError } from '../errors.js';
import { requestName } from './request-name.js';

/** For `next`, when a write is not begun because nobody is there any more to be answered. */
export function requestAborted(req: IncomingMessage): HttpPreconditionsError {
  return new HttpPreconditionsError(
    'ERR_REQUEST_ABORTED',
    `The client closed the connection of ${requestName(req)} before the write began. Nothing was written.`,
    { status: 400 },
  );
}
