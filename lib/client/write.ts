import { ifMatchValue } from './conditions.js';
import { encodeContent } from './content.js';
import { strongDate } from './date.js';
import { ClientError, usage } from './errors.js';
import type { Context, Outgoing, WriteMethod } from './exchange.js';
import { dataOf, isPerformed, prepare, send } from './exchange.js';
import { rememberWrite } from './remember.js';
import type { Written } from './results.js';
import { memberValue } from './tag.js';
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
  const isConditional = method !== 'POST' || 'ifMatch' in options || 'basedOn' in options;
  if (isConditional) setCondition(context, request, content, options);
  const body = method === 'DELETE' ? undefined : encodeContent(content, request.fields);
  // A condition is about this resource, and none that `fetch` might follow a redirect to.
  const reply = await send(context, method, request, body, isConditional ? 'manual' : undefined);
  const { url } = request;
  const { status, headers } = reply.response;
  // Whatever the reply turns out to be, what was known is over.
  if (isPerformed(reply.response) && method !== 'POST') await context.store.delete(url);
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
  // What the content says of its version has to be a tag: that of the copy may be another.
  const tag = basedOn ? basedOn.etag : memberValue(content, etagMember) || copy?.etag;
  if (createOnly) fields.set('if-none-match', '*');
  // Also when it is undefined: whoever names a tag does not mean the one that happens to be remembered.
  else if ('ifMatch' in options) fields.set('if-match', ifMatchValue(ifMatch, comparison));
  else if (tag) fields.set('if-match', ifMatchValue([tag as string], comparison));
  else setDateCondition(fields, strongDate(basedOn ?? copy), url);
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
