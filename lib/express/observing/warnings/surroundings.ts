import type { IncomingMessage } from 'node:http';
import { namesIn } from './names-in.js';
import { isSuccess } from './notice.js';
import type { Answered } from './notice.js';

/**
 * Something behind the middleware refuses a request that the middleware might as well have answered 304 or 412. A 403 may depend on the
 * content, which is read behind the middleware: then it is where it belongs.
 */
export function beforeAuthentication(answered: Answered): string | undefined {
  const { kind, exchange, version, decision, name } = answered;
  const { req, res } = exchange;
  const isRefused = res.statusCode === 401 || (res.statusCode === 403 && !hasContent(req));
  const tells = kind === 'read' ? Boolean(version) : decision.field !== undefined;
  if (!isRefused || !tells) return undefined;
  return (
    `${name} was let through and then answered ${res.statusCode}. Checks of that kind come first (RFC 9110, section 13.2.1): 304 and 412 ` +
    'tell anybody which version is current. Mount the middleware behind them.'
  );
}

function hasContent({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** A script of another origin gets an ETag that it cannot read. With credentials, `*` is but a name. */
export function etagNotExposed(answered: Answered): string | undefined {
  const { req, res } = answered.exchange;
  if (req.headers.origin === undefined || !isSuccess(answered)) return undefined;
  if (!res.hasHeader('Access-Control-Allow-Origin') || !res.hasHeader('ETag')) return undefined;
  const exposed = namesIn(res.getHeader('Access-Control-Expose-Headers'));
  const isForAll = exposed.includes('*') && !res.hasHeader('Access-Control-Allow-Credentials');
  if (isForAll || exposed.includes('etag')) return undefined;
  return (
    `${answered.name} was answered with an ETag to a script of another origin, which cannot read it and has none to send in If-Match. ` +
    'Send Access-Control-Expose-Headers: ETag, with the package cors: `exposedHeaders: ["ETag"]`.'
  );
}
