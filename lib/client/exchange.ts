import type { Body, Bytes } from './content.js';
import { decodeContent } from './content.js';
import type { Copy, CopyStore } from './copy.js';
import {
  ClientError,
  NetworkError,
  PreconditionFailedError,
  PreconditionRequiredError,
  ResponseError,
  usage,
} from './errors.js';
import type { ClientOptions, RequestOptions } from './types.js';
import { absolute } from './url.js';
import { variantOf } from './variant.js';

const CONDITION = /^if-((none-)?match|(un)?modified-since|range)$/;

export type WriteMethod = 'PUT' | 'PATCH' | 'DELETE' | 'POST';

export interface Context {
  readonly options: ClientOptions;
  readonly store: CopyStore;
}

/** A request on its way: its target, its fields, and the copy that it may be conditional on. */
export interface Outgoing {
  readonly url: string;
  readonly fields: Headers;
  /** The one that this request would select; `undefined` when none is kept. */
  readonly copy: Copy | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface Reply {
  readonly response: Response;
  readonly bytes: Bytes;
}

export async function prepare(
  { options, store }: Context,
  target: string | URL,
  { headers, signal }: RequestOptions,
): Promise<Outgoing> {
  const page = (globalThis as { location?: { href: string } }).location;
  const url = absolute(target, options.baseUrl ?? page?.href);
  const general = options.headers;
  const fields = new Headers(typeof general === 'function' ? await general() : general);
  for (const [name, value] of new Headers(headers)) fields.set(name, value);
  for (const name of fields.keys())
    if (CONDITION.test(name))
      throw usage('no conditions in `headers`: use `ifMatch`, `basedOn` or `createOnly`', name);
  const kept = await store.get(url);
  const isSelected = kept && kept.variant === (await variantOf(kept.headers, fields));
  return { url, fields, copy: isSelected ? kept : undefined, signal };
}

/** @throws {NetworkError} when no answer comes, or not all of it; the reason of the signal when it was aborted */
export async function send(
  { options: { fetch = globalThis.fetch } }: Context,
  method: 'GET' | WriteMethod,
  { url, fields, signal }: Outgoing,
  body?: Body,
  redirect?: 'manual',
): Promise<Reply> {
  // Caches on the way, that of the browser included, have to ask the server. Left to itself, `fetch` says `no-cache` as soon as there
  // is a condition, and an Express app that relies on `fresh` then never answers 304.
  const init = { method, headers: fields, cache: 'no-cache', body, signal, redirect } as RequestInit;
  try {
    const response = await fetch(url, init);
    // That of an error stays readable for the caller.
    const read = response.ok ? response : response.clone();
    return { response, bytes: new Uint8Array(await read.arrayBuffer()) };
  } catch (cause) {
    signal?.throwIfAborted();
    throw new NetworkError(
      'ERR_CLIENT_NETWORK',
      `${method} ${url} got no complete answer; it may have been performed.`,
      { cause },
    );
  }
}

/** Whether a request was performed. 303 is how the answer to a write shows something else (RFC 9110, section 15.4.4). */
export function isPerformed({ ok, status }: Response): boolean {
  return ok || status === 303;
}

/** The content of a success. @throws {ResponseError} for everything else; {ClientError} ERR_CLIENT_CONTENT for JSON that is none */
export function dataOf(method: string, url: string, { response, bytes }: Reply): unknown {
  const { status, headers } = response;
  const ok = isPerformed(response);
  const answered = `${method} ${url} was answered ${status}`;
  let data: unknown;
  try {
    // A range of JSON is not JSON.
    data = decodeContent(bytes, status === 206 ? undefined : headers);
  } catch (cause) {
    if (ok) throw new ClientError('ERR_CLIENT_CONTENT', `${answered} with invalid JSON.`, { cause });
  }
  if (ok) return data;
  if (status === 412) throw new PreconditionFailedError(response, data, answered);
  if (status === 428) throw new PreconditionRequiredError(response, data, answered);
  throw new ResponseError(response, data, answered);
}
