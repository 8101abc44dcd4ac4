/** Every code that an error of this package can carry; each has an entry in docs/error-codes.md. */
export type ErrorCode =
  | 'ERR_CALLBACK_FAILED'
  | 'ERR_ENTITY_TAG_SYNTAX'
  | 'ERR_LAST_MODIFIED'
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

/**
 * A mistake in the set-up, a provider that fails or returns what it must not, or a request that cannot go on.
 *
 * None of these is the client's fault: towards it they are a 500 whose message is not exposed. Inside a request they
 * reach Express through `next(error)`, with the original error as `cause` where there is one.
 */
export class HttpPreconditionsError extends Error {
  readonly code: ErrorCode;
  /** The status an error handler should answer with. */
  readonly status: number;
  /** False: the message is for the developer, not for the client (the convention of http-errors). */
  readonly expose: boolean = false;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; status?: number } = {}) {
    super(
      `${message} [${code}: see docs/error-codes.md]`,
      'cause' in options ? { cause: options.cause } : {},
    );
    this.name = NAME;
    this.code = code;
    this.status = options.status ?? 500;
  }
}

/** Whether a value is an error of this package, also when it comes from another copy of it (ESM beside CommonJS). */
export function isHttpPreconditionsError(value: unknown): value is HttpPreconditionsError {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === NAME;
}

/**
 * Shows a value in an error message, cut to a readable length, with its type. Of an object only the kind is shown: its
 * content may be data that does not belong in a log.
 */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const text = shortForm(value);
  return `${text.length > 80 ? `${text.slice(0, 79)}…` : text} (${typeof value})`;
}

function shortForm(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object') return Object.prototype.toString.call(value);
  if (typeof value === 'function') return value.name === '' ? 'an anonymous function' : value.name;
  return (value as bigint | boolean | number | symbol).toString();
}
