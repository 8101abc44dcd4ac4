import type { EntityTag } from '../core/entity-tag.js';

/** What is known of a resource after a read. */
export interface Retrieved<T> {
  /** The absolute URL that was asked for, without its fragment, or where redirects have led. */
  readonly url: string;
  /** 200 also when the server answered 304. */
  readonly status: number;
  /** Those of the answer, or of the copy with what the 304 has updated. */
  readonly headers: Headers;
  /** JSON parsed, `text/…` as a string, anything else, and what a range holds, as octets; `undefined` when there is nothing. */
  readonly data: T;
  /** The octets of the content. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** From the body where `etagMember` says so, else from the field; `undefined` when there is none that is valid. */
  readonly etag: EntityTag | undefined;
  /** True when the server answered 304: `data` is a new object, made from the copy. */
  readonly notModified: boolean;
}

/** What is known after a write that succeeded. */
export interface Written<T> {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** The content of the reply, which need not be the resource; `undefined` when there is none, as with 204. */
  readonly data: T;
  /** The new tag of the resource, after a POST that of what it has made; `undefined` when the reply did not say. */
  readonly etag: EntityTag | undefined;
  /**
   * True when the server did not say what is stored now: get the resource before the next edit. After a PUT that is so without an
   * `etag` (RFC 9110, section 9.3.4). After a PATCH also with one, unless the reply has the content: a tag in the body (`etagMember`), or
   * a Content-Location that names the URL. With an `etag` the next write goes out all the same.
   */
  readonly needsRefetch: boolean;
}
