import type { Response } from 'express';
import type { EntityTag } from '../core/entity-tag.js';
import { isWeak } from '../core/entity-tag.js';
import { codedTag } from './content-codings.js';
import type { ContentCodings } from './content-codings.js';

/**
 * Gives the response the tag of its coding as soon as somebody sets Content-Encoding, `compression` for instance, which does so when
 * the header section is sent. A coding that is not listed gets a weak tag, since a strong one would be untrue. A tag that a handler
 * sets itself is left alone.
 */
export function tagByCoding(res: Response, current: EntityTag, codings: ContentCodings): void {
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
