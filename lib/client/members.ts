import { type Copy, keepable } from './copy.js';
import { memberTag } from './tag.js';
import { absolute } from './url.js';
import type { ListMember, RememberMembers } from './types.js';

/**
 * For the option `members`: remembers the resources that stand in a list, each under its own URL and with the tag that its
 * `etagMember` holds.
 *
 * @param select names them; `undefined` when what was read is no list
 */
export function rememberMembers(
  select: (data: unknown, url: string) => Iterable<ListMember> | undefined,
): RememberMembers {
  return async (store, etagMember, list) => {
    for (const member of select(list.data, list.url) ?? []) {
      const url = absolute(member.url, list.url);
      const copy = copyOf(member, etagMember, list.copy);
      if (copy && !isSame(copy, await store.get(url))) await store.set(url, copy);
    }
  };
}

function copyOf(
  { data, complete }: ListMember,
  etagMember: string | undefined,
  list: Copy,
): Copy | undefined {
  const etag = memberTag(data, etagMember);
  if (etag === undefined) return undefined;
  const headers = new Headers({ 'content-type': 'application/json' });
  const vary = list.headers.get('vary');
  if (vary !== null) headers.set('vary', vary);
  const bytes = complete ? keepable(list.headers, new TextEncoder().encode(JSON.stringify(data))) : undefined;
  return { etag, headers, bytes, variant: list.variant };
}

/** What a GET has brought is more than what a list says. */
function isSame(copy: Copy, kept: Copy | undefined): boolean {
  return kept?.etag === copy.etag && kept?.variant === copy.variant;
}
