/** A `fetch` that adds the token, and tells of every request what the log shows. */
import { NO_ANSWER } from './status.js';

/** @import { CopyStore } from '/http-preconditions/client/index.js' */
/**
 * @typedef {object} Exchange A request and what came of it.
 * @property {string} who
 * @property {string} method
 * @property {string} path
 * @property {{ readonly name: string, readonly value: string } | undefined} condition
 * @property {number} status
 * @property {string | undefined} etag
 * @property {number} saved how many bytes of content were not sent, because the client has them
 */
/** @typedef {(exchange: Exchange) => void} Tell */

const CONDITIONS = ['If-Match', 'If-None-Match', 'If-Unmodified-Since', 'If-Modified-Since'];

/**
 * @param {{ who: string, token: string, store: CopyStore, tell: Tell }} options
 * @returns {(url: string, init: RequestInit) => Promise<Response>}
 */
export function recordedFetch({ who, token, store, tell }) {
  return async (url, init) => {
    const headers = new Headers(init.headers);
    const request = { who, method: init.method ?? 'GET', path: pathOf(url), condition: conditionOf(headers) };
    headers.set('authorization', `Bearer ${token}`);
    // The browser's own cache would answer in between, and the log would not show what was sent.
    const response = await fetch(url, { ...init, headers, cache: 'no-store' }).catch((error) => {
      if (!init.signal?.aborted) tell({ ...request, status: NO_ANSWER, etag: undefined, saved: 0 });
      throw error;
    });
    const { status } = response;
    const saved = status === 304 ? ((await store.get(url))?.bytes?.length ?? 0) : 0;
    tell({ ...request, status, etag: await tagOf(response), saved });
    return response;
  };
}

/** @param {string} url */
function pathOf(url) {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** @param {Headers} headers */
function conditionOf(headers) {
  const name = CONDITIONS.find((each) => headers.has(each));
  return name === undefined ? undefined : { name, value: headers.get(name) ?? '' };
}

/**
 * The answer to a PUT has its tag in the content only (RFC 9110, section 9.3.4).
 *
 * @param {Response} response
 * @returns {Promise<string | undefined>}
 */
async function tagOf(response) {
  const field = response.headers.get('etag');
  if (field !== null || !response.ok) return field ?? undefined;
  const content = await response
    .clone()
    .json()
    .catch(() => undefined);
  return content?.etag;
}
