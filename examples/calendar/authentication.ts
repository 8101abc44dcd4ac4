/**
 * Who is calling. Mounted before the resources: 401 comes before 304 and 412 (RFC 9110, section 13.2.1), which would
 * tell anybody which version of a private event is current.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { unauthorized } from './errors.js';
import { type RequestValue, requestValue } from './request-value.js';

/** Users by their bearer tokens. */
export type Tokens = ReadonlyMap<string, string>;

/** The user, or undefined: without a token (with or without an API key, `?key=`) only public calendars can be read. */
export const caller: RequestValue<string | undefined> = requestValue('authenticate()');

export type Middleware = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;

export function authenticate(tokens: Tokens): Middleware {
  return function authenticateMiddleware(req, _res, next) {
    const { authorization } = req.headers;
    if (authorization === undefined) {
      caller.set(req, undefined);
      return next();
    }
    const [, token = ''] = /^Bearer +(\S+)$/iu.exec(authorization) ?? [];
    const user = tokens.get(token);
    if (user === undefined) return next(unauthorized());
    caller.set(req, user);
    return next();
  };
}

/** The user of a request that needs one. */
export function userOf(req: IncomingMessage): string {
  const user = caller.of(req);
  if (user === undefined) throw unauthorized('Login Required.');
  return user;
}
