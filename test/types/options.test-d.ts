// Options, responders and errors. Nothing here runs: see handlers.test-d.ts.
import { expectTypeOf } from 'expect-type';
import type { NextFunction, Request, Response } from 'express';
import { HttpPreconditionsError, isHttpPreconditionsError, preconditions } from 'http-preconditions';
import type { ErrorCode, PreconditionsOptions, Refusal, Respond, VersionHeaders } from 'http-preconditions';

const provider = (): { etag: '"v1"' } => ({ etag: '"v1"' });

// Every option, with every kind of value that it takes.
preconditions(provider, {});
preconditions(provider, {
  malformed: 400,
  ifMatch: 'weak',
  onMissing: 'perform',
  query: true,
  required: ['PUT', 'PATCH'],
  requireTag: true,
  respond: (refusal, _req, res) => res.json(refusal),
  headers: { 'Cache-Control': 'no-cache' },
  exposeEtag: true,
  contentCodings: ['br', 'gzip'],
  now: () => 0,
  warnings: false,
});
preconditions(provider, { warnings: true });
preconditions(provider, { warnings: { slowProvider: 250, ignore: ['WARN_OTHER_ETAG'] } });
preconditions(provider, { required: (req) => req.path !== '/' });
preconditions(provider, { required: undefined, headers: undefined, now: undefined });
expectTypeOf<keyof PreconditionsOptions>().toEqualTypeOf<
  | 'malformed'
  | 'ifMatch'
  | 'onMissing'
  | 'query'
  | 'required'
  | 'requireTag'
  | 'respond'
  | 'headers'
  | 'exposeEtag'
  | 'contentCodings'
  | 'lock'
  | 'now'
  | 'warnings'
>();
expectTypeOf<PreconditionsOptions['malformed']>().toEqualTypeOf<412 | 400 | undefined>();
expectTypeOf<PreconditionsOptions['ifMatch']>().toEqualTypeOf<'strong' | 'weak' | undefined>();
expectTypeOf<PreconditionsOptions['onMissing']>().toEqualTypeOf<'evaluate' | 'perform' | undefined>();
expectTypeOf<PreconditionsOptions['query']>().toEqualTypeOf<boolean | undefined>();
expectTypeOf<PreconditionsOptions['required']>().toEqualTypeOf<
  readonly string[] | ((req: Request) => boolean) | undefined
>();
expectTypeOf<PreconditionsOptions['requireTag']>().toEqualTypeOf<boolean | undefined>();
expectTypeOf<PreconditionsOptions['respond']>().toEqualTypeOf<Respond | undefined>();
expectTypeOf<PreconditionsOptions['headers']>().toEqualTypeOf<VersionHeaders | undefined>();
expectTypeOf<PreconditionsOptions['exposeEtag']>().toEqualTypeOf<boolean | undefined>();
expectTypeOf<PreconditionsOptions['now']>().toEqualTypeOf<(() => number) | undefined>();
expectTypeOf<VersionHeaders>().toEqualTypeOf<{
  readonly 'Cache-Control'?: string | undefined;
  readonly 'Content-Location'?: string | undefined;
  readonly Expires?: string | undefined;
  readonly Vary?: string | undefined;
}>();

// What none of them is.
// @ts-expect-error -- there is no such warning
preconditions(provider, { warnings: { ignore: ['WARN_SOMETHING'] } });
// @ts-expect-error -- misspelt
preconditions(provider, { exposeETag: true });
// @ts-expect-error -- not an option
preconditions(provider, { lock: () => {} });
// @ts-expect-error -- 409 is not offered
preconditions(provider, { malformed: 409 });
// @ts-expect-error -- a list, or a function
preconditions(provider, { required: 'PUT' });
// @ts-expect-error -- a list, or a function
preconditions(provider, { required: true });
// @ts-expect-error -- the answer must be known at once
preconditions(provider, { required: async () => true });
// @ts-expect-error -- the clock counts milliseconds
preconditions(provider, { now: () => new Date() });
// @ts-expect-error -- a 304 repeats four fields only
preconditions(provider, { headers: { ETag: '"v1"' } });
// @ts-expect-error -- options come second
preconditions({ query: true }, provider);

// A responder is given what it can answer from.
expectTypeOf<Parameters<Respond>>().toEqualTypeOf<
  [refusal: Refusal, req: Request, res: Response, next: NextFunction]
>();
expectTypeOf<Refusal>().toEqualTypeOf<{
  readonly status: 400 | 412 | 428;
  readonly code: 'ERR_PRECONDITION_FAILED' | 'ERR_PRECONDITION_MALFORMED' | 'ERR_PRECONDITION_REQUIRED';
  readonly title: string;
  readonly detail: string;
  readonly field: 'If-Match' | 'If-None-Match' | 'If-Unmodified-Since' | undefined;
  readonly reason: string;
}>();

// Errors tell themselves apart by their code.
declare const error: unknown;
if (isHttpPreconditionsError(error)) {
  expectTypeOf(error).toEqualTypeOf<HttpPreconditionsError>();
  expectTypeOf(error.code).toEqualTypeOf<ErrorCode>();
  expectTypeOf(error.status).toEqualTypeOf<number>();
  expectTypeOf(error.expose).toEqualTypeOf<boolean>();
  // @ts-expect-error -- there is no such code
  if (error.code === 'ERR_SOMETHING') throw error;
  if (error.code === 'ERR_OPTION') throw error;
}
// @ts-expect-error -- there is no such code
throw new HttpPreconditionsError('ERR_SOMETHING', 'x');
