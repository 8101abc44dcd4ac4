import type { NetworkError, ResponseError } from './errors.js';
import { isNetworkError, isResponseError } from './errors.js';
import { retryAfter } from './pause.js';

/** A failure that may pass by itself: no answer, 408, 429 and 5xx. */
export function mayPass(error: unknown): error is NetworkError | ResponseError {
  return leavesOutcomeOpen(error) || (isResponseError(error) && error.response.status === 429);
}

/**
 * After these a write may have been made all the same; 5xx is also what a proxy says when it has lost the answer, and 0 is all that
 * a browser shows of a redirect.
 */
export function leavesOutcomeOpen(error: unknown): error is NetworkError | ResponseError {
  return (
    isNetworkError(error) || (isResponseError(error) && /^(0|408|5..)$/.test(`${error.response.status}`))
  );
}

/** Milliseconds that the answer asks to wait; 0 when there is none, or when it does not say. */
export function requestedWait(error: unknown): number {
  return isResponseError(error) ? retryAfter(error.response.headers) : 0;
}
