import { ifMatchValue, type KnownValidators, setWriteCondition } from './conditions.js';
import { encodeContent } from './content.js';
import { usage } from './errors.js';
import type { Context, Outgoing, WriteMethod } from './exchange.js';
import { dataOf, prepare, send } from './exchange.js';
import { rememberWrite } from './remember.js';
import type { Written } from './results.js';
import { memberTag } from './tag.js';
import type { PutOptions } from './types.js';

/** A write, under the condition that nobody else has written. A POST is conditional on request only. */
export async function write<T>(
  context: Context,
  method: WriteMethod,
  target: string | URL,
  content: unknown,
  options: PutOptions = {},
): Promise<Written<T>> {
  const request = await prepare(context, target, options);
  if (method !== 'POST' || 'ifMatch' in options || options.basedOn)
    setCondition(context, request, content, options);
  const { body, type } = method === 'DELETE' ? {} : encodeContent(content);
  if (type && !request.fields.has('content-type')) request.fields.set('content-type', type);
  const reply = await send(context, method, request, body);
  const { url } = request;
  // Whatever the reply turns out to be, what was known is over.
  if (reply.response.ok && method !== 'POST') await context.store.delete(url);
  const data = dataOf(method, url, reply) as T;
  const { status, headers } = reply.response;
  return {
    url,
    status,
    headers,
    data,
    ...(await rememberWrite(context, method, request, reply.response, data)),
  };
}

/** What is said in the call wins over what the content says of itself, and that over what is remembered. */
function setCondition(
  { options: { etagMember, ifMatch: comparison = 'strong' } }: Context,
  { url, fields, copy }: Outgoing,
  content: unknown,
  options: PutOptions,
): void {
  const { createOnly, basedOn } = options;
  if ('basedOn' in options && basedOn?.url !== url)
    throw usage(`\`basedOn\` to be read from ${url}`, basedOn?.url);
  if (createOnly) fields.set('if-none-match', '*');
  // Also when it is undefined: whoever names a tag does not mean the one that happens to be remembered.
  else if ('ifMatch' in options) fields.set('if-match', ifMatchValue(options.ifMatch, comparison));
  else setWriteCondition(fields, basedOn ?? ownTag(content, etagMember) ?? copy, comparison, url);
}

function ownTag(content: unknown, member: string | undefined): KnownValidators | undefined {
  const etag = memberTag(content, member);
  return etag && { etag, headers: new Headers() };
}
