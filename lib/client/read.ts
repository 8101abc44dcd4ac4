import { setReadConditions } from './conditions.js';
import { decodeContent } from './content.js';
import { refreshedCopy } from './copy.js';
import type { Context, Outgoing, Reply } from './exchange.js';
import { dataOf, prepare, send } from './exchange.js';
import { rememberRead } from './remember.js';
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
  const { url, fields, copy } = request;
  // A range is none of the copy's.
  if (copy?.bytes && !fields.has('range')) setReadConditions(fields, copy);
  const reply = await send(context, 'GET', request);
  if (reply.response.status !== 304) return received(context, request, reply);

  const refreshed = copy && refreshedCopy(copy, reply.response.headers);
  if (refreshed?.bytes) {
    const { headers, bytes, etag } = refreshed;
    await context.store.set(url, refreshed);
    const data = decodeContent(bytes, headers.get('content-type')) as T;
    return { url, status: 200, headers, data, bytes, etag, notModified: true };
  }
  // Not modified since a version that is not the one of the copy.
  fields.delete('if-none-match');
  fields.delete('if-modified-since');
  return received(context, request, await send(context, 'GET', request));
}

async function received<T>(context: Context, request: Outgoing, reply: Reply): Promise<Retrieved<T>> {
  const { url } = request;
  const { bytes } = reply;
  const { status, headers } = reply.response;
  if (status === 404 || status === 410) await context.store.delete(url);
  const data = dataOf('GET', url, reply) as T;
  const etag = memberTag(data, context.options.etagMember) ?? fieldTag(headers);
  if (status === 200) await rememberRead(context, request, reply, data, etag);
  return { url, status, headers, data, bytes, etag, notModified: false };
}
