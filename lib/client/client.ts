import type { Context, WriteMethod } from './exchange.js';
import { memoryStore } from './memory-store.js';
import { get } from './read.js';
import type { ClientOptions, ConditionalClient } from './types.js';
import { write } from './write.js';

/**
 * Makes a client that does the other half of HTTP preconditions, on `fetch`: it remembers the validators of each resource it has
 * read, gets it again only if it has changed, and writes it only if nobody else has.
 *
 * No PUT, PATCH or DELETE goes out without a condition: when nothing is known of the resource, nothing is sent.
 */
export function conditionalClient(options: ClientOptions = {}): ConditionalClient {
  const context: Context = { options, store: options.store ?? memoryStore() };
  const writing =
    (method: WriteMethod): ConditionalClient['put'] =>
    (url, content, request) =>
      write(context, method, url, content, request);
  return {
    get: (url, request) => get(context, url, request),
    put: writing('PUT'),
    update: writing('PUT'),
    patch: writing('PATCH'),
    remove: (url, request) => write(context, 'DELETE', url, undefined, request),
    post: writing('POST'),
  };
}
