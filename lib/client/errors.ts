import type { Retrieved } from './results.js';

/** Every code that an error of the client can carry; each has an entry in docs/error-codes.md. */
export type ClientErrorCode =
  | 'ERR_CLIENT_CONTENT'
  | 'ERR_CLIENT_GAVE_UP'
  | 'ERR_CLIENT_NETWORK'
  | 'ERR_CLIENT_NO_VALIDATOR'
  | 'ERR_CLIENT_OUTCOME_UNKNOWN'
  | 'ERR_CLIENT_PRECONDITION_FAILED'
  | 'ERR_CLIENT_PRECONDITION_REQUIRED'
  | 'ERR_CLIENT_STATUS'
  | 'ERR_CLIENT_USAGE'
  | 'ERR_CLIENT_WEAK_TAG';

/**
 * What every error of the client is, and by itself a call that cannot be right (ERR_CLIENT_USAGE): nothing was sent.
 *
 * None has a `status`: an Express app that uses this client and lets its error through would answer with it, as though the
 * fault lay with its own caller.
 */
export class ClientError extends Error {
  override readonly name: string = 'ClientError';
  declare readonly code: ClientErrorCode;

  constructor(code: ClientErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(`${message} [${code}: see docs/error-codes.md]`, options);
    this.code = code;
  }
}

/** The error for a call that cannot be right. */
export function usage(expected: string, received: string | number | undefined): ClientError {
  return new ClientError('ERR_CLIENT_USAGE', `Expected ${expected}; got ${received}.`);
}

/** The server answered with a status other than success. */
export class ResponseError<D = unknown> extends ClientError {
  override readonly name: string = 'ResponseError';
  /** As it came; its content can still be read. */
  declare readonly response: Response;
  /** Its content as `get` would give it: parsed when it is JSON. `undefined`: there is none, or it cannot be read. */
  declare readonly data: D;

  constructor(
    response: Response,
    data: unknown,
    message: string,
    code: ClientErrorCode = 'ERR_CLIENT_STATUS',
  ) {
    super(code, message);
    this.response = response;
    this.data = data as D;
  }
}

/** 412: the resource is not the version that the write was based on, or, creating, it is there already. Nothing was written. */
export class PreconditionFailedError<D = unknown> extends ResponseError<D> {
  override readonly name: string = 'PreconditionFailedError';

  constructor(response: Response, data: D, answered: string) {
    super(
      response,
      data,
      `${answered}: it has changed, or exists. Get it, and apply the change again.`,
      'ERR_CLIENT_PRECONDITION_FAILED',
    );
  }
}

/** 428: the server wants a condition, or a better one than a date (RFC 6585, section 3). Nothing was written. */
export class PreconditionRequiredError<D = unknown> extends ResponseError<D> {
  override readonly name: string = 'PreconditionRequiredError';

  constructor(response: Response, data: D, answered: string) {
    super(
      response,
      data,
      `${answered}: get it, and write under its tag.`,
      'ERR_CLIENT_PRECONDITION_REQUIRED',
    );
  }
}

/** The only tag known is weak, and a weak tag never satisfies If-Match (RFC 9110, section 13.1.1). Nothing was sent. */
export class WeakTagError extends ClientError {
  override readonly name: string = 'WeakTagError';
}

/** No answer came, or only a part of one; `cause` is what `fetch` said. Whether a write was made is not known. */
export class NetworkError extends ClientError {
  override readonly name: string = 'NetworkError';
}

/** `modify` has used up its attempts; `cause` is what the last one ended in. */
export class GaveUpError extends ClientError {
  override readonly name: string = 'GaveUpError';
  declare readonly attempts: number;
  /** The last state that was read; `undefined` when the resource could not even be read. */
  declare readonly last: Retrieved<unknown> | undefined;
  /** `'unknown'`: the reply to a write was lost, so that its change may have been made, or may be yet. */
  declare readonly outcome: 'not-written' | 'unknown';

  constructor(
    attempts: number,
    last: Retrieved<unknown> | undefined,
    outcome: 'not-written' | 'unknown',
    cause: unknown,
  ) {
    super('ERR_CLIENT_GAVE_UP', `Gave up after ${attempts} attempts: ${messageOf(cause)}`, { cause });
    this.attempts = attempts;
    this.last = last;
    this.outcome = outcome;
  }
}

/** The reply to a write of `modify` was lost, and what can be read now does not tell whether the write was made. */
export class OutcomeUnknownError extends ClientError {
  override readonly name: string = 'OutcomeUnknownError';
  /** The state that was read after the reply was lost. */
  declare readonly last: Retrieved<unknown>;
  /** The content that was sent. */
  declare readonly sent: unknown;

  constructor(last: Retrieved<unknown>, sent: unknown, cause: unknown) {
    super(
      'ERR_CLIENT_OUTCOME_UNKNOWN',
      'The reply to a write was lost, and what is there now does not tell whether it was made. Look at `last`, or pass `applied`.',
      { cause },
    );
    this.last = last;
    this.sent = sent;
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

// The guards go by the code, so that they also know errors of another copy of this package (ESM beside CommonJS).

/** Whether a value is an error of the client, whichever. */
export function isClientError(value: unknown): value is ClientError {
  return codeOf(value).startsWith('ERR_CLIENT_');
}

/**
 * Whether a value is the error of an answer other than success, 412 and 428 included. `D` is what the API is known to say of errors;
 * nobody checks that.
 */
export function isResponseError<D = unknown>(value: unknown): value is ResponseError<D> {
  return isClientError(value) && 'response' in value;
}

export function isPreconditionFailedError<D = unknown>(value: unknown): value is PreconditionFailedError<D> {
  return codeOf(value) === 'ERR_CLIENT_PRECONDITION_FAILED';
}

export function isPreconditionRequiredError<D = unknown>(
  value: unknown,
): value is PreconditionRequiredError<D> {
  return codeOf(value) === 'ERR_CLIENT_PRECONDITION_REQUIRED';
}

export function isWeakTagError(value: unknown): value is WeakTagError {
  return codeOf(value) === 'ERR_CLIENT_WEAK_TAG';
}

export function isNetworkError(value: unknown): value is NetworkError {
  return codeOf(value) === 'ERR_CLIENT_NETWORK';
}

export function isGaveUpError(value: unknown): value is GaveUpError {
  return codeOf(value) === 'ERR_CLIENT_GAVE_UP';
}

export function isOutcomeUnknownError(value: unknown): value is OutcomeUnknownError {
  return codeOf(value) === 'ERR_CLIENT_OUTCOME_UNKNOWN';
}

function codeOf(value: unknown): string {
  const code = (value as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
