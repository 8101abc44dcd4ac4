/** Somebody's own client, and with it their own memory of what they have seen. */
import { conditionalClient, memoryStore } from '/http-preconditions/client/index.js';
import { recordedFetch } from './recorded-fetch.js';

/** @import { ConditionalClient } from '/http-preconditions/client/index.js' */
/** @import { Tell } from './recorded-fetch.js' */
/**
 * @typedef {object} Session
 * @property {string} who
 * @property {ConditionalClient} client
 * @property {(url: string, init: RequestInit) => Promise<Response>} fetch without the client, and thus without conditions
 */

/**
 * @param {string} who
 * @param {string} token
 * @param {Tell} tell
 * @returns {Session}
 */
export function openSession(who, token, tell) {
  const store = memoryStore();
  // The token is added by `fetch`, out of the client's sight: each client has one user only, so that no copy can be mistaken for
  // another user's, and the digest of the token that the client would tell them apart by can be made on https pages only.
  const fetch = recordedFetch({ who, token, store, tell });
  return { who, fetch, client: conditionalClient({ fetch, store, etagMember: 'etag' }) };
}
