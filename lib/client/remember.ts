import { type EntityTag, isWeak } from '../core/entity-tag.js';
import type { Bytes } from './content.js';
import { type Copy, keepable } from './copy.js';
import type { Context, Outgoing, Reply, WriteMethod } from './exchange.js';
import { fieldTag, memberTag } from './tag.js';
import { variantOf } from './variant.js';

/** Keeps what a GET has brought, unless it stands elsewhere or is a range of something. */
export async function rememberRead(
  context: Context,
  request: Outgoing,
  { response, bytes }: Reply,
  data: unknown,
  etag: EntityTag | undefined,
): Promise<void> {
  if (request.fields.has('range')) return undefined;
  if (response.redirected) return context.store.delete(request.url);
  const copy = await keep(context, request, etag, response.headers, bytes.slice());
  const { members, etagMember } = context.options;
  if (copy) await members?.(context.store, etagMember, { url: request.url, data, copy });
}

/**
 * Keeps what has a validator. The reader may alter the fields, so they are copied; the octets given have to be other than his.
 *
 * @returns `undefined` when it cannot be told whom it would serve
 */
export async function keep(
  { store }: Context,
  { url, fields }: Outgoing,
  etag: EntityTag | undefined,
  headers: Headers,
  bytes: Bytes | undefined,
): Promise<Copy | undefined> {
  const variant = await variantOf(headers, fields);
  const copy =
    variant === undefined
      ? undefined
      : { etag, headers: new Headers(headers), bytes: keepable(headers, bytes), variant };
  await (copy && (etag || headers.has('last-modified')) ? store.set(url, copy) : store.delete(url));
  return copy;
}

/** What is known of a resource after a write. */
interface AfterWrite {
  readonly etag: EntityTag | undefined;
  readonly needsRefetch: boolean;
}

/** Keeps the tag that the reply to a write gives the resource, and forgets everything else: the next read brings the content. */
export async function rememberWrite(
  context: Context,
  method: WriteMethod,
  request: Outgoing,
  response: Response,
  data: unknown,
): Promise<AfterWrite> {
  const { headers } = response;
  const inBody = memberTag(data, context.options.etagMember);
  const etag = inBody ?? fieldTag(headers);
  // The reply to a POST is about what it has made, which is elsewhere.
  if (method === 'POST' || method === 'DELETE')
    return { etag: method === 'POST' ? etag : undefined, needsRefetch: false };

  const hasNewState = inBody !== undefined || isAt(headers.get('content-location'), request.url);
  const known = tagOfResource(response, hasNewState, etag);
  // A tag selects what Vary says, also where only the reply to a read has said so.
  const vary = `${headers.get('vary') ?? ''},${request.copy?.headers.get('vary') ?? ''}`;
  const tag = (await keep(context, request, known, new Headers({ vary }), undefined))?.etag;
  return { etag: tag, needsRefetch: !tag || (method === 'PATCH' && !hasNewState) };
}

/** A 303 is about something else, 202 means that nothing is done yet, and a weak tag may be that of the reply: Express makes such. */
function tagOfResource(
  { status }: Response,
  hasNewState: boolean,
  etag: EntityTag | undefined,
): EntityTag | undefined {
  const isOfReply = !hasNewState && etag && isWeak(etag);
  return status === 303 || status === 202 || isOfReply ? undefined : etag;
}

/** Content-Location: the reply has the new representation (RFC 9110, section 8.7). */
function isAt(location: string | null, url: string): boolean {
  return location !== null && URL.canParse(location, url) && new URL(location, url).href === url;
}
