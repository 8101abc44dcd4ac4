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
 */
export function fromTimestamp<L, P = Record<string, string>>(
  load: Load<L, P>,
  timestampOf: (resource: Resource<L>) => Date,
  options: FromTimestampOptions = {},
): ResourceProvider<L, P> {
  const tag = options.strong === true ? strong : weak;
  return provideFrom(load, (resource) => {
    const lastModified = timestampOf(resource);
    return { etag: tag(lastModified.getTime()), lastModified, lastModifiedIsWeak: options.strong !== true };
  });
}
