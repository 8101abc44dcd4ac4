/** How this API treats preconditions, on every route alike. */
import type { PreconditionsOptions } from 'http-preconditions';
import { answerRefusal } from '../error-responses.js';

export interface ApiPolicy {
  /** Whether a write must be conditional (428). Google's service does not demand it. */
  readonly requireConditions: boolean;
}

export function preconditionsPolicy({ requireConditions }: ApiPolicy): PreconditionsOptions {
  return {
    // An absent or deleted resource is 404 or 410, and the handler finds out which, whatever If-Match says, and whatever tags
    // If-None-Match has. An If-None-Match alone that cannot be read is 412: it may have been to stop the write.
    onMissing: 'perform',
    respond: answerRefusal,
    // For the 200 and its 304: keep it, but ask each time; and keep it apart from what another user gets.
    headers: { 'Cache-Control': 'private, no-cache', Vary: 'Authorization' },
    required: requireConditions ? ['PUT', 'PATCH', 'DELETE'] : [],
  };
}
