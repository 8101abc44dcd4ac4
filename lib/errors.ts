import { isThenable } from './settle.js';

/** Every code that an error of this package can carry; each has an entry in docs/error-codes.md. */
export type ErrorCode =
  | 'ERR_CALLBACK_FAILED'
  | 'ERR_ENTITY_TAG_SYNTAX'
  | 'ERR_FIELDS_DROPPED'
  | 'ERR_LAST_MODIFIED'
  | 'ERR_LOCK_FAILED'
  | 'ERR_LOCK_KEY'
  | 'ERR_LOCK_LOST'
  | 'ERR_LOCK_TIMEOUT'
  | 'ERR_NO_PRECONDITION'
  | 'ERR_NOT_EVALUATED'
  | 'ERR_OPTION'
  | 'ERR_PROVIDER_FAILED'
  | 'ERR_PROVIDER_UNDEFINED'
  | 'ERR_PROVIDER_VALUE'
  | 'ERR_REQUEST_ABORTED'
  | 'ERR_RESPONSE_SENT'
  | 'ERR_VERSION_HEADERS';

const NAME = 'HttpPreconditionsError';

/** What an error says beside its message. */
export interface ErrorDetails {
  readonly cause?: unknown;
  /** Default 500. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A mistake in the set-up, a provider or a lock that fails, or a request that cannot go on.
 *
 * None of these is the client's fault: towards it they are a 500, or a 503 where trying again may help, whose message is not
 * exposed. Inside a request they reach Express through `next(error)`, with the original error as `cause` where there is one.
 */
export class HttpPreconditionsError extends Error {
  readonly code: ErrorCode;
  /** The status an error handler should answer with. */
  readonly status: number;
  /** False: the message is for the developer, not for the client (the convention of http-errors). */
  readonly expose: boolean = false;
  /** Fields for the response, such as Retry-After; Express sends them when it answers the error itself. */
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(`${message} [${code}: see docs/error-codes.md]`, details);
    this.name = NAME;
    this.code = code;
    this.status = details.status ?? 500;
    this.headers = details.headers;
  }
}

/** Whether a value is an error of this package, also when it comes from another copy of it (ESM beside CommonJS). */
export function isHttpPreconditionsError(value: unknown): value is HttpPreconditionsError {
  return hasName(value, NAME);
}

const PRECONDITION_FAILED = 'PreconditionFailedError';

/**
 * Says that a write was not made because its precondition does not hold any more: somebody else was faster, after the check
 * and before the write. For code that knows the store and not the request; a handler can call `req.precondition.fail()`.
 *
 * Thrown by a handler, or handed to `next`, it answers the 412 that `fail()` answers. Error handlers of the app see it first;
 * they answer 412 themselves or pass it on with `next(error)`.
 */
export class PreconditionFailedError extends Error {
  readonly code = 'ERR_PRECONDITION_FAILED' as const;
  readonly status = 412 as const;
  /** True: the message is meant for the client (the convention of http-errors). */
  readonly expose: boolean = true;
  readonly headers: Readonly<Record<string, string>> = { 'Cache-Control': 'no-store' };

  constructor(
    message = 'The resource was changed in the meantime. Get it again, apply your change, and retry with its ETag.',
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = PRECONDITION_FAILED;
  }
}

/**
 * Whether a value is a `PreconditionFailedError`, also of another copy of this package (ESM beside CommonJS). The one of the client
 * is another: it speaks of a request that the handler has made, not of the one that it answers.
 */
export function isPreconditionFailedError(value: unknown): value is PreconditionFailedError {
  if (!hasName(value, PRECONDITION_FAILED)) return false;
  const { code = 'ERR_PRECONDITION_FAILED' } = value as { readonly code?: unknown };
  return code === 'ERR_PRECONDITION_FAILED';
}

function hasName(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === name;
}

/**
 * Shows a value in an error message, cut to a readable length, with its type. Of an object only the kind is shown: its
 * content may be data that does not belong in a log.
 */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return `${shortened(shortForm(value))} (${typeof value})`;
}

/** Shows a list with what is in it: for texts that are the developer's own. */
export function describeList(values: readonly unknown[]): string {
  return shortened(JSON.stringify(values.map(String)));
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function shortForm(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isThenable(value)) return 'a promise that was not awaited';
  if (typeof value === 'object') return kindOf(value);
  if (typeof value === 'function') return value.name === '' ? 'an anonymous function' : value.name;
  return (value as bigint | boolean | number | symbol).toString();
}

function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

/** Also a date of another realm, such as those of Node inside Jest. */
export function isDate(value: unknown): value is Date {
  return kindOf(value) === '[object Date]';
}

/** An object with members of its own: not a list of rows, a Map, a Date, an Error that was returned, nor a String object. */
export function isPlain(value: unknown): value is object {
  return kindOf(value) === '[object Object]';
}
