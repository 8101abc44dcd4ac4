/** An entity tag that changes whenever the bytes of the representation do (RFC 9110, section 8.8.1). */
export type StrongEntityTag = `"${string}"`;

/** An entity tag shared by representations that may stand for each other though their bytes differ. */
export type WeakEntityTag = `W/"${string}"`;

/**
 * An entity tag, as it stands in the ETag field: the double quotes and the weakness mark are part of it.
 *
 *     entity-tag = [ "W/" ] DQUOTE *etagc DQUOTE
 *     etagc      = %x21 / %x23-7E / %x80-FF        ; no space, no double quote, no control; a comma is allowed
 *
 * @see RFC 9110, section 8.8.3
 */
export type EntityTag = StrongEntityTag | WeakEntityTag;

// oxlint-disable-next-line no-control-regex -- 0x80-0x9F are etagc: octets that a recipient treats as opaque data
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;

/** Returns the text as an entity tag, or `undefined` when it is anything else; nothing is trimmed, quoted or unescaped. */
export function parseEntityTag(text: string): EntityTag | undefined {
  return ENTITY_TAG.test(text) ? (text as EntityTag) : undefined;
}

/** Puts the quotes (and the weakness mark) around an opaque tag; `undefined` when a character is not an etagc. */
export function formatEntityTag(
  opaque: string,
  weakness: 'strong' | 'weak' = 'strong',
): EntityTag | undefined {
  return parseEntityTag(weakness === 'weak' ? `W/"${opaque}"` : `"${opaque}"`);
}

/** Whether the entity tag carries the weakness mark `W/`; without it, the first character is a double quote. */
export function isWeak(tag: EntityTag): tag is WeakEntityTag {
  return tag[0] === 'W';
}

/** The characters between the quotes. A backslash is an ordinary one of them. */
export function opaqueTag(tag: EntityTag): string {
  return tag.slice(isWeak(tag) ? 3 : 1, -1);
}

/**
 * Compares two entity tags strongly: equal character by character, and neither is weak (RFC 9110, section 8.8.3.2).
 *
 * | a        | b        | strongMatch | weakMatch |
 * | -------- | -------- | ----------- | --------- |
 * | `W/"1"`  | `W/"1"`  | false       | true      |
 * | `W/"1"`  | `W/"2"`  | false       | false     |
 * | `W/"1"`  | `"1"`    | false       | true      |
 * | `"1"`    | `"1"`    | true        | true      |
 */
export function strongMatch(a: EntityTag, b: EntityTag): boolean {
  return a === b && !isWeak(a);
}

/** Compares two entity tags weakly: their opaque tags are equal, whether or not either is weak. */
export function weakMatch(a: EntityTag, b: EntityTag): boolean {
  return a === b || withoutMark(a) === withoutMark(b);
}

/** The tag as it would be if it were strong. */
export function withoutMark(tag: EntityTag): string {
  return isWeak(tag) ? tag.slice(2) : tag;
}
