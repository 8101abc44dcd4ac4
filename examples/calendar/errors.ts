/** What can go wrong with a request, in the words and in the JSON shape of the calendar API. */

export interface ErrorLocation {
  readonly type: 'header' | 'parameter';
  readonly name: string;
}

/** An answer other than success, on its way to the error handler (error-responses.ts). */
export class ApiError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly location: ErrorLocation | undefined;

  constructor(status: number, reason: string, message: string, location?: ErrorLocation) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.reason = reason;
    this.location = location;
  }
}

/** `name` is that of a query parameter, or the path of a member of the body, such as `start.dateTime`. */
export function invalid(name: string, message: string): ApiError {
  return new ApiError(400, 'invalid', message, { type: 'parameter', name });
}

export function required(name: string): ApiError {
  return new ApiError(400, 'required', `Missing ${name}.`, { type: 'parameter', name });
}

export function parseError(message = 'Parse Error'): ApiError {
  return new ApiError(400, 'parseError', message);
}

export function unauthorized(message = 'Invalid Credentials'): ApiError {
  return new ApiError(401, 'authError', message, { type: 'header', name: 'Authorization' });
}

export function forbidden(message: string): ApiError {
  return new ApiError(403, 'forbidden', message);
}

export function notFound(): ApiError {
  return new ApiError(404, 'notFound', 'Not Found');
}

export function duplicate(): ApiError {
  return new ApiError(409, 'duplicate', 'The requested identifier already exists.');
}

export function deleted(): ApiError {
  return new ApiError(410, 'deleted', 'Resource has been deleted');
}

export function fullSyncRequired(): ApiError {
  const message = 'Sync token is no longer valid, a full sync is required.';
  return new ApiError(410, 'fullSyncRequired', message, { type: 'parameter', name: 'syncToken' });
}

export interface ErrorBody {
  readonly error: {
    readonly errors: readonly {
      readonly domain: 'global';
      readonly reason: string;
      readonly message: string;
      readonly locationType?: string;
      readonly location?: string;
    }[];
    readonly code: number;
    readonly message: string;
  };
}

export function errorBody({ status, reason, message, location }: ApiError): ErrorBody {
  const where = location && { locationType: location.type, location: location.name };
  return { error: { errors: [{ domain: 'global', reason, message, ...where }], code: status, message } };
}
