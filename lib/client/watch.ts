import { weakMatch } from '../core/entity-tag.js';
import { equalBytes } from './content.js';
import { usage } from './errors.js';
import { mayPass, requestedWait } from './failures.js';
import { freshFor, jitter, pause } from './pause.js';
import type { Retrieved } from './results.js';
import type { ConditionalClient, WatchOptions } from './types.js';

const FIRST_BACK_OFF_MS = 1000;
const MOST_BACK_OFF_MS = 60_000;

/**
 * Polls a resource and yields its state when it has changed. Failures that may pass (no answer, 408, 429, 5xx) are waited out with
 * back-off; Retry-After and max-age are honoured. Ends at once, and without an error, when the signal is aborted.
 *
 * @throws {ResponseError} for any other answer: a resource that is gone does not change any more
 * @throws {ClientError} when `interval` is no number of milliseconds; nothing was sent
 */
export async function* watch<T = unknown>(
  client: Pick<ConditionalClient, 'get'>,
  target: string | URL,
  { interval = 5000, since, onError, signal, headers }: WatchOptions = {},
): AsyncGenerator<Retrieved<T>, void, undefined> {
  if (!(interval >= 0)) throw usage('`interval` to be 0 or more milliseconds', interval);
  const firstBackOff = Math.max(interval, FIRST_BACK_OFF_MS);
  let seen: State | undefined = since;
  let failures = 0;
  const isAborted = (): boolean => signal?.aborted ?? false;
  while (!isAborted()) {
    let wait: number;
    const current = await client.get<T>(target, { signal, headers }).catch(asFailure);
    if (isAborted()) return;
    if ('failure' in current) {
      const { failure } = current;
      if (!mayPass(failure)) throw failure;
      failures += 1;
      onError?.(failure);
      wait = Math.max(interval + jitter(failures, firstBackOff, MOST_BACK_OFF_MS), requestedWait(failure));
    } else {
      failures = 0;
      wait = Math.max(interval, freshFor(current.headers));
      const isNew = seen === undefined || !isSameState(seen, current);
      seen = { ...current, bytes: current.bytes.slice() }; // the reader may alter what it is given
      if (isNew) yield current;
    }
    await pause(wait, signal).catch(() => {}); // aborted: the loop ends
  }
}

function asFailure(failure: unknown): { readonly failure: unknown } {
  return { failure };
}

type State = Pick<Retrieved<unknown>, 'url' | 'etag' | 'bytes'>;

/** The tags of one resource say so or, where there are none or they have changed without need, the octets. */
function isSameState(a: State, b: State): boolean {
  const haveSameTag =
    a.url === b.url && a.etag !== undefined && b.etag !== undefined && weakMatch(a.etag, b.etag);
  return haveSameTag || equalBytes(a.bytes, b.bytes);
}
