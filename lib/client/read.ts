import { readConditions } from './conditions.js';
import { type Bytes, decodeContent } from './content.js';
import type { Copy } from './copy.js';
import { refreshedCopy } from './copy.js';
import type { Context, Outgoing, Reply } from './exchange.js';
import { dataOf, prepare, send } from './exchange.js';
import { keep, rememberRead } from './remember.js';
import { fieldTag, memberTag } from './tag.js';
import type { Retrieved } from './results.js';
import type { RequestOptions } from './types.js';

/** GET, conditional where a copy is kept. */
export async function get<T>(
  context: Context,
  target: string | URL,
  options: RequestOptions = {},
): Promise<Retrieved<T>> {
  const request = await prepare(context, target, options);
  const { fields, copy } = request;
  // A range is none of the copy's.
  if (copy?.bytes && !fields.has('range')) {
    const reply = await send(context, 'GET', { ...request, fields: readConditions(fields, copy) });
    const { response } = reply;
    if (response.status !== 304) return received(context, request, reply);

    // Behind a redirect, it is about another resource.
    const refreshed = response.redirected ? undefined : refreshedCopy(copy, response.headers);
    if (refreshed) return fromCopy(context, request, refreshed, copy.bytes);
  }
  return received(context, request, await send(context, 'GET', request));
}

async function fromCopy<T>(
  context: Context,
  request: Outgoing,
  { headers, etag }: Copy,
  kept: Bytes,
): Promise<Retrieved<T>> {
  await keep(context, request, etag, headers, kept);
  const bytes = kept.slice();
  const data = decodeContent(bytes, headers) as T;
  return { url: request.url, status: 200, headers, data, bytes, etag, notModified: true };
}

async function received<T>(context: Context, request: Outgoing, reply: Reply): Promise<Retrieved<T>> {
  const { bytes, response } = reply;
  const { status, headers } = response;
  // What is based on this read has to go where the redirects have led.
  const url = response.redirected ? response.url : request.url;
  if (status === 404 || status === 410) await context.store.delete(request.url);
  const data = dataOf('GET', url, reply) as T;
  const etag = memberTag(data, context.options.etagMember) ?? fieldTag(headers);
  if (status === 200) await rememberRead(context, request, reply, data, etag);
  return { url, status, headers, data, bytes, etag, notModified: false };
}
