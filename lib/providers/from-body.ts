import { describeValue, HttpPreconditionsError } from '../errors.js';
import type { ErrorDetails } from '../errors.js';
import { libraryTag } from './library-tag.js';
import { provideFrom } from './provide-from.js';
import type { Load, ResourceProvider } from './provide-from.js';

export interface FromBodyOptions {
  /**
   * True promises that the hashed text is the body that is sent, or determines every byte of it. Without that promise
   * the tag is weak: good for retrieval, never enough for If-Match (RFC 9110, section 8.8.1). Default false.
   */
  readonly strong?: boolean | undefined;
}

/**
 * Versions by a hash of the content: of a string or a Buffer as it is, of any other value as JSON. For resources without
 * a version of their own; the content is read and hashed for every request, so a version column is cheaper.
 *
 * @throws {HttpPreconditionsError} ERR_PROVIDER_VALUE, when asked, for a value that has no JSON form
 */
export function fromBody<L, P = Record<string, string>>(
  load: Load<L, P>,
  options: FromBodyOptions = {},
): ResourceProvider<L, P> {
  const weak = options.strong !== true;
  return provideFrom(load, (resource) => ({ etag: libraryTag(content(resource), { weak }) }));
}

function content(resource: unknown): string | Buffer {
  if (typeof resource === 'string' || Buffer.isBuffer(resource)) return resource;
  let details: ErrorDetails = {};
  try {
    const json = JSON.stringify(resource) as string | undefined;
    if (json !== undefined) return json;
  } catch (cause) {
    details = { cause };
  }
  throw new HttpPreconditionsError(
    'ERR_PROVIDER_VALUE',
    `fromBody() expected a string, a Buffer or a value with a JSON form, got ${describeValue(resource)}.`,
    details,
  );
}
