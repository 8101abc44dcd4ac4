import { isBody } from './content.js';

/**
 * Whether a PUT whose reply was lost was made, judged by what it has changed: true when every member that differs between what was
 * read and what was sent is there as it was sent, else unknown. What is not a JSON object is compared as a whole.
 */
export function putApplied(base: unknown, sent: unknown, current: unknown): true | undefined {
  const content = asJson(sent);
  if (!isObject(base) || !isObject(content) || !isObject(current))
    return equal(content, current) || undefined;
  const isThere = (name: string): boolean => {
    const value = member(content, name);
    return equal(member(base, name), value) || equal(value, member(current, name));
  };
  return names(base, content).every(isThere) || undefined;
}

/** The same for a merge patch (RFC 7396); a patch of another kind tells nothing. */
export function patchApplied(patch: unknown, current: unknown): true | undefined {
  const content = asJson(patch);
  return (isObject(content) && isMerged(content, current)) || undefined;
}

function isMerged(patch: unknown, current: unknown): boolean {
  if (!isObject(patch)) return equal(patch, current);
  // An empty patch makes an object of whatever was there.
  return isObject(current) && Object.entries(patch).every(([name, value]) => isMember(name, value, current));
}

function isMember(name: string, value: unknown, current: JsonObject): boolean {
  return value === null ? !Object.hasOwn(current, name) : isMerged(value, member(current, name));
}

type JsonObject = Readonly<Record<string, unknown>>;

/** What arrives: dates as text, holes as null. Octets are sent as they are, and what is in a Blob or a form equals nothing. */
function asJson(content: unknown): unknown {
  if (isBody(content)) return isList(content) || typeof content === 'string' ? content : Symbol('opaque');
  return JSON.parse(JSON.stringify(content) ?? 'null');
}

/** Whether two values are the same JSON, or the same octets. */
function equal(a: unknown, b: unknown): boolean {
  if (isObject(a) && isObject(b)) return names(a, b).every((name) => equal(member(a, name), member(b, name)));
  if (!isList(a) || !isList(b)) return a === b;
  return a.length === b.length && Array.from(a).every((item, index) => equal(item, b[index]));
}

function names(a: JsonObject, b: JsonObject): string[] {
  return Object.keys({ ...a, ...b });
}

/** `undefined`: there is none. `__proto__` is a name like any other. */
function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
