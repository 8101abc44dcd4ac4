import { ifMatchValue } from './conditions.js';
import { encodeContent } from './content.js';
import { sendableDate } from './date.js';
import { ClientError, usage } from './errors.js';
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
  const body = method === 'DELETE' ? undefined : encodeContent(content, request.fields);
  const reply = await send(context, method, request, body);
  const { url } = request;
  const { ok, status, headers } = reply.response;
  // Whatever the reply turns out to be, what was known is over.
  if (ok && method !== 'POST') await context.store.delete(url);
  const data = dataOf(method, url, reply) as T;
  return {
    url,
    status,
    headers,
    data,
    ...(await rememberWrite(context, method, request, reply.response, data)),
  };
}

/**
 * What is said in the call wins over what the content says of itself, and that over what is remembered.
 *
 * @throws {WeakTagError} for a weak tag, unless the option `ifMatch` is `'weak'`
 * @throws {ClientError} ERR_CLIENT_USAGE for a call that cannot be right; ERR_CLIENT_NO_VALIDATOR when nothing is known
 */
function setCondition(
  { options: { etagMember, ifMatch: comparison } }: Context,
  { url, fields, copy }: Outgoing,
  content: unknown,
  options: PutOptions,
): void {
  const { createOnly, basedOn, ifMatch } = options;
  if ('basedOn' in options && basedOn?.url !== url)
    throw usage(`\`basedOn\` to be read from ${url}`, basedOn?.url);
  const tag = basedOn ? basedOn.etag : (memberTag(content, etagMember) ?? copy?.etag);
  if (createOnly) fields.set('if-none-match', '*');
  // Also when it is undefined: whoever names a tag does not mean the one that happens to be remembered.
  else if ('ifMatch' in options) fields.set('if-match', ifMatchValue(ifMatch, comparison));
  else if (tag) fields.set('if-match', ifMatchValue(tag, comparison));
  else setDateCondition(fields, sendableDate(basedOn ?? copy), url);
}

/** If-Unmodified-Since, where no tag is known. @throws {ClientError} ERR_CLIENT_NO_VALIDATOR when there is no date either */
function setDateCondition(fields: Headers, date: string | undefined, url: string): void {
  if (!date)
    throw new ClientError(
      'ERR_CLIENT_NO_VALIDATOR',
      `No tag of ${url} is known. Get it first, or pass \`ifMatch\`.`,
    );
  fields.set('if-unmodified-since', date);
}
