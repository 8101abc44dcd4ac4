// The errors of the middleware, as the type checker sees them. Nothing here runs: see handlers.test-d.ts.
import { expectTypeOf } from 'expect-type';
import {
  HttpPreconditionsError,
  isHttpPreconditionsError,
  isPreconditionFailedError,
  PreconditionFailedError,
} from 'http-preconditions';
import { isPreconditionFailedError as isFailedResponse } from 'http-preconditions/client';

declare const error: unknown;

// A lost race may be thrown by code that knows nothing but the store.
expectTypeOf(new PreconditionFailedError()).toExtend<Error>();
expectTypeOf(new PreconditionFailedError('Too late.', { cause: error }).status).toEqualTypeOf<412>();
expectTypeOf(new PreconditionFailedError().code).toEqualTypeOf<'ERR_PRECONDITION_FAILED'>();
// @ts-expect-error -- a message, not what was lost
void new PreconditionFailedError({ id: 1 });
// @ts-expect-error -- misspelt
void new PreconditionFailedError('Too late.', { reason: error });
// @ts-expect-error -- the answer is a 412
new PreconditionFailedError().status = 409;

// Each guard knows its own error. What both sides call PreconditionFailedError are two.
if (isPreconditionFailedError(error)) {
  expectTypeOf(error).toEqualTypeOf<PreconditionFailedError>();
  // @ts-expect-error -- the client's error has a response
  void error.response;
}
if (isFailedResponse(error)) {
  // @ts-expect-error -- the server's error is not a response
  throw error satisfies PreconditionFailedError;
}
if (isHttpPreconditionsError(error)) {
  // @ts-expect-error -- a code does not change
  error.code = 'ERR_OPTION';
  expectTypeOf(error.headers).toEqualTypeOf<Readonly<Record<string, string>> | undefined>();
}
void new HttpPreconditionsError('ERR_OPTION', 'x', {
  cause: error,
  status: 503,
  headers: { 'Retry-After': '1' },
});
// @ts-expect-error -- a status is a number
void new HttpPreconditionsError('ERR_OPTION', 'x', { status: '503' });
