/** Every answer other than success leaves through here, in the JSON shape of the calendar API. */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Refusal } from 'http-preconditions';
import { ApiError, errorBody, notFound, parseError } from './errors.js';

/** For `preconditions(…, { respond })`: status, `no-store` and the removal of the 200's fields are done already. */
export function answerRefusal(refusal: Refusal, _req: Request, res: Response): void {
  res.json(errorBody(refusalError(refusal)));
}

function refusalError({ status, field = 'If-Match', detail }: Refusal): ApiError {
  const location = { type: 'header', name: field } as const;
  switch (status) {
    case 412:
      return new ApiError(412, 'conditionNotMet', 'Precondition Failed', location);
    case 428:
      return new ApiError(428, 'required', detail, location);
    case 400:
      return new ApiError(400, 'invalid', detail, location);
  }
}

export const answerUnknownPath: RequestHandler = (_req, _res, next) => next(notFound());

/** Express knows an error handler by its four parameters. */
export const answerError: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent) return next(error);
  const apiError = apiErrorOf(error);
  if (apiError.status >= 500) console.error(error);
  // What a 200 would have carried does not describe an error.
  for (const name of ['ETag', 'Last-Modified']) res.removeHeader(name);
  res.set('Cache-Control', 'no-store');
  if (apiError.status === 401) res.set('WWW-Authenticate', 'Bearer');
  return res.status(apiError.status).json(errorBody(apiError));
};

/** Errors of Express itself and of its body parser say whether their status and message are for the client. */
function apiErrorOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const { status, type } = (error instanceof Error ? error : {}) as { status?: unknown; type?: unknown };
  if (type === 'entity.parse.failed') return parseError();
  if (status === 413) return new ApiError(413, 'uploadTooLarge', 'The content of the request is too large.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ApiError(status, 'invalid', 'The request cannot be read.');
  }
  return new ApiError(500, 'backendError', 'Backend Error');
}
