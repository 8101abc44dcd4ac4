import { usage } from './errors.js';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Text, octets and forms as `fetch` takes them; anything else becomes JSON, whose type `fetch` cannot know. */
export function encodeContent(content: unknown, fields: Headers): Body {
  if (isBody(content)) return content;
  if (!fields.has('content-type')) fields.set('content-type', 'application/json');
  const kind = Object.prototype.toString.call(content);
  const object = Object(content) as object;
  // Of a stream, a promise, a Map or the octets of another window, JSON would make an empty object.
  const isJson = /(Object|Array|Null|Number|Boolean)]/.test(kind) || 'toJSON' in object;
  const text = isJson && !(Symbol.asyncIterator in object) ? JSON.stringify(content) : undefined;
  if (text === undefined) throw usage('JSON, text, octets, a Blob or a form', kind);
  return text;
}

export type Body = string | Blob | ArrayBuffer | Bytes | FormData | URLSearchParams;

/** Whether `fetch` takes it as it is. */
export function isBody(content: unknown): content is Body {
  return (
    typeof content === 'string' ||
    ArrayBuffer.isView(content) ||
    [ArrayBuffer, Blob, FormData, URLSearchParams].some((type) => content instanceof type)
  );
}

/** JSON parsed, text, or the octets as they are. @throws {SyntaxError} for JSON that is none */
export function decodeContent(bytes: Bytes, fields: Headers | undefined): unknown {
  if (bytes.length === 0) return undefined;
  const type = fields?.get('content-type') ?? '';
  const isJson = /^[^;]*[/+]json *(;|$)/i.test(type);
  if (!isJson && !/^text\//i.test(type)) return bytes;
  const text = new TextDecoder().decode(bytes);
  return isJson ? JSON.parse(text) : text;
}

export function equalBytes(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}
