import { describeValue, HttpPreconditionsError, isDate } from '../errors.js';
import { provideFrom } from './provide-from.js';
import type { Load, Resource, ResourceProvider } from './provide-from.js';
import { strong, weak } from './tags.js';

export interface FromTimestampOptions {
  /**
   * True promises that no two changes of a resource ever share a millisecond. Without that promise the tag is weak:
   * good for retrieval, never enough for If-Match (RFC 9110, section 8.8.1). Default false.
   */
  readonly strong?: boolean | undefined;
}

/**
 * Versions by the time of the last change: sends Last-Modified in whole seconds and an entity tag in milliseconds.
 *
 * Writes then depend on If-Unmodified-Since, which cannot see a second change within a second. Prefer a counter.
 *
 * @throws {HttpPreconditionsError} ERR_LAST_MODIFIED, when asked, for what is no valid Date
 */
export function fromTimestamp<L, P = Record<string, string>>(
  load: Load<L, P>,
  timestampOf: (resource: Resource<L>) => Date,
  options: FromTimestampOptions = {},
): ResourceProvider<L, P> {
  const tag = options.strong === true ? strong : weak;
  return provideFrom(load, (resource) => {
    const lastModified = checkTimestamp(timestampOf(resource));
    // Even times that are unique to the millisecond may share the second that Last-Modified shows.
    return { etag: tag(lastModified.getTime()), lastModified, lastModifiedIsWeak: true };
  });
}

function checkTimestamp(timestamp: unknown): Date {
  if (isDate(timestamp) && !Number.isNaN(timestamp.getTime())) return timestamp;
  throw new HttpPreconditionsError(
    'ERR_LAST_MODIFIED',
    `fromTimestamp() expected a valid Date, got ${describeValue(timestamp)}. Is the column missing from the query, or read as text?`,
  );
}
