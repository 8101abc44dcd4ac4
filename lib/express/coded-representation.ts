import type { Response } from 'express';
import type { EntityTag } from '../core/entity-tag.js';
import { isWeak } from '../core/entity-tag.js';
import type { ConditionalRequest, Decision, Validators } from '../core/types.js';
import { acceptableCodings, codedTag, heldTag } from './content-codings.js';
import type { ContentCodings } from './content-codings.js';
import type { Exchange } from './respond.js';

/** Says on the 304 which coding of the representation is meant, and sees to it that a 200 will say it. */
export function describeCoding(
  { req, res }: Exchange,
  request: ConditionalRequest,
  { etag }: Validators,
  { outcome }: Decision,
  codings: ContentCodings,
): void {
  res.vary('Accept-Encoding');
  if (etag === undefined) return;
  if (outcome === 'perform') tagByCoding(res, etag, codings);
  else res.setHeader('ETag', heldTag(request, etag, acceptableCodings(req, codings)));
}

/**
 * Gives the response the tag of its coding as soon as somebody sets Content-Encoding, `compression` for instance, which does so when
 * the header section is sent. A coding that is not listed gets a weak tag, since a strong one would be untrue. A tag that a handler
 * sets itself is left alone.
 */
function tagByCoding(res: Response, current: EntityTag, codings: ContentCodings): void {
  let sent = current;
  const retag = (): void => {
    if (res.getHeader('ETag') !== sent) return;
    const coding = String(res.getHeader('Content-Encoding') ?? 'identity');
    sent =
      coding === 'identity'
        ? current
        : codings.includes(coding)
          ? codedTag(current, coding)
          : weakened(current);
    setHeader('ETag', sent);
  };
  const setHeader = res.setHeader.bind(res);
  res.setHeader = (name, value) => {
    setHeader(name, value);
    if (isContentEncoding(name)) retag();
    return res;
  };
  const removeHeader = res.removeHeader.bind(res);
  res.removeHeader = (name) => {
    removeHeader(name);
    if (isContentEncoding(name)) retag();
  };
  retag();
}

function isContentEncoding(name: string): boolean {
  return name.toLowerCase() === 'content-encoding';
}

function weakened(tag: EntityTag): EntityTag {
  return isWeak(tag) ? tag : `W/${tag}`;
}
