import { usage } from './errors.js';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Text, octets and forms as `fetch` takes them; anything else becomes JSON. `type` is what `fetch` cannot know. */
export function encodeContent(content: unknown): { readonly body: Body; readonly type?: string } {
  return isBody(content) ? { body: content } : { body: jsonText(content), type: 'application/json' };
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

/** A stream is gone once it was sent, and JSON would make nothing of it. */
function jsonText(content: unknown): string {
  const object = Object(content) as object;
  const isStream = 'getReader' in object || Symbol.asyncIterator in object;
  const text = isStream ? undefined : JSON.stringify(content);
  if (text === undefined) throw usage('JSON, text, octets, a Blob or a form', typeof content);
  return text;
}

/** JSON parsed, text, or the octets as they are. @throws {SyntaxError} for JSON that is none */
export function decodeContent(bytes: Bytes, type: string | null): unknown {
  if (bytes.length === 0) return undefined;
  const [, json, text] = /^(?:[^;]*[/+](json) *(?:;|$)|(text)\/)/i.exec(type ?? '') ?? [];
  if (!json && !text) return bytes;
  const decoded = new TextDecoder().decode(bytes);
  return json ? JSON.parse(decoded) : decoded;
}

export function equalBytes(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}
