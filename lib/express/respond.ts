import type { Response } from 'express';
import type { CheckedVersion } from './check-version.js';
import type { Exchange } from './exchange.js';
import { failure } from './failure.js';
import type { Settings } from './options.js';
import { keepFieldsOfNotModified, keepFieldsOfRefusal } from './response-fields.js';
import type { Refusal, Respond } from './types.js';

/** Answers 304 with the fields that are set on the response so far, less those about content. */
export function sendNotModified(res: Response): void {
  keepFieldsOfNotModified(res);
  res.statusCode = 304;
  res.end();
}

/** Answers 400, 412 or 428: by the user's responder if there is one, as problem details (RFC 9457) otherwise. */
export function refuse(
  exchange: Exchange,
  refusal: Refusal,
  version: CheckedVersion | null,
  settings: Settings,
): void {
  const { res } = exchange;
  keepFieldsOfRefusal(res);
  if (settings.exposeEtag && version?.etag !== undefined) res.setHeader('ETag', version.etag);
  res.statusCode = refusal.status;
  if (settings.respond === undefined) sendProblem(res, refusal);
  else runResponder(settings.respond, refusal, exchange);
}

/** Nothing that a responder does lets the request through: a bare `next()` would run the handler. */
function runResponder(respond: Respond, refusal: Refusal, { req, res, next }: Exchange): void {
  const stop = (error?: unknown): void => next(failure(error, 'ERR_CALLBACK_FAILED', 'The option `respond`'));
  // A responder may send a file, and no range of it was asked for.
  delete req.headers.range;
  // The promise also catches what the responder throws.
  new Promise((resolve) => resolve(respond(refusal, req, res, stop))).catch(stop);
}

function sendProblem(res: Response, refusal: Refusal): void {
  const { title, status, detail, code, field, reason } = refusal;
  const body = JSON.stringify({ type: 'about:blank', title, status, detail, code, field, reason });
  res.setHeader('Content-Type', 'application/problem+json');
  res.setHeader('Content-Length', Buffer.byteLength(body));
  // Not res.send: it would hash the body and set an ETag. For HEAD Node leaves it out.
  res.end(body);
}
