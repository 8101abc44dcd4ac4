/** Four ways to save. Each gives the event as it is stored afterwards. */
import { modify, NetworkError, ResponseError, UNCHANGED } from '/http-preconditions/client/index.js';
import { contentOf, draftOf, FIELDS } from './event.js';
import { merge } from './merge.js';

/** @import { CalendarEvent, Draft, FieldName } from './event.js' */
/** @import { Session } from './session.js' */
/**
 * @typedef {object} Save
 * @property {string} url
 * @property {CalendarEvent} seen the version that the draft started from
 * @property {Draft} draft
 * @property {AbortSignal} signal
 */

/**
 * If-Match with the tag that was seen: it is a member of the content, and the client goes by it.
 *
 * @param {Session} session
 * @param {Save} save
 */
export async function saveIfUnchanged({ client }, { url, seen, draft, signal }) {
  const { data } = await client.update(url, contentOf(seen, draft), { signal });
  return /** @type {CalendarEvent} */ (data);
}

/**
 * If-Match: * asks for no more than that the event is still there.
 *
 * @param {Session} session
 * @param {Save} save
 */
export async function overwrite({ client }, { url, seen, draft, signal }) {
  const { data } = await client.update(url, contentOf(seen, draft), { ifMatch: '*', signal });
  return /** @type {CalendarEvent} */ (data);
}

/**
 * Reads what is there now and merges, as often as somebody else is faster.
 *
 * @param {Session} session
 * @param {Save} save
 */
export async function mergeAndSave({ client }, { url, seen, draft, signal }) {
  /** @type {readonly FieldName[]} */
  let conflicts = [];
  /** @param {CalendarEvent} current */
  const change = (current) => {
    const theirs = draftOf(current);
    const merged = merge(draftOf(seen), theirs, draft);
    ({ conflicts } = merged);
    const isTheirs = FIELDS.every(({ name }) => merged.draft[name] === theirs[name]);
    return isTheirs ? UNCHANGED : contentOf(current, merged.draft);
  };
  const { data } = await modify(client, url, change, { signal });
  return { event: /** @type {CalendarEvent} */ (data), conflicts };
}

/**
 * A plain PUT, since the client sends none without a condition. It replaces whatever there is.
 *
 * @param {Session} session
 * @param {Save} save
 */
export async function saveAnyway({ fetch }, { url, seen, draft, signal }) {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(contentOf(seen, draft)),
    signal,
  }).catch((cause) => {
    throw new NetworkError('ERR_CLIENT_NETWORK', `PUT ${url} got no answer`, { cause });
  });
  const data = await response.json().catch(() => undefined);
  if (!response.ok) throw new ResponseError(response, data, `PUT ${url} was answered ${response.status}`);
  return /** @type {CalendarEvent} */ (data);
}
