import { Mismatch } from './mismatch.js';
import { isCredential } from './credential.js';
import { sendAtOnce, sendRaw } from './http/raw.js';
import { type Outgoing, send } from './http/request.js';
import { Known } from './known.js';
import type { Answer, Api, Content, FieldLines, Target } from './types.js';

const TIMEOUT_MS = 5000;

/** More than any case needs: a target that keeps changing must not be asked for ever. */
const MOST_REQUESTS = 100;

/** What a case works with: the target while it is being served, within a bounded number of requests. */
export class Stage implements Api {
  readonly target: Target;
  readonly #origin: string;
  #requests = 0;

  constructor(target: Target, origin: string) {
    this.target = target;
    this.#origin = origin;
  }

  send(method: string, path: string, fields: FieldLines = [], content?: Content): Promise<Answer> {
    return send(this.#withContent(method, path, fields, content));
  }

  /** So many requests that are complete at one moment. */
  sendAtOnce(
    contents: readonly (Content | undefined)[],
    method: string,
    path: string,
    fields: FieldLines,
  ): Promise<Answer[]> {
    return sendAtOnce(contents.map((content) => this.#withContent(method, path, fields, content)));
  }

  sendRaw(method: string, path: string, fields: FieldLines = []): Promise<Answer> {
    return sendRaw(this.#outgoing(method, path, fields));
  }

  /** Without the fields that say who is asking. */
  async sendUnauthenticated(method: string, path: string, fields: FieldLines = []): Promise<Answer> {
    const outgoing = this.#outgoing(method, path, fields);
    return send({ ...outgoing, fields: outgoing.fields.filter(([name]) => !isCredential(name)) });
  }

  /** The resource as it is now, read without conditions. */
  async read(path: string = this.target.path): Promise<Known> {
    const answer = await this.send('GET', path);
    if (answer.status !== 200) throw new Mismatch(answer, `200 for a resource that exists (${path})`);
    return new Known(answer);
  }

  #withContent(method: string, path: string, fields: FieldLines, content: Content | undefined): Outgoing {
    const { type, body } = content === undefined ? NO_CONTENT : encode(content);
    const typed: FieldLines = type === undefined ? fields : [['Content-Type', type], ...fields];
    return { ...this.#outgoing(method, path, typed), body };
  }

  #outgoing(method: string, path: string, fields: FieldLines): Outgoing {
    this.#requests += 1;
    if (this.#requests > MOST_REQUESTS) throw new Error(`More than ${MOST_REQUESTS} requests for one case.`);
    const url = new URL(path, this.#origin);
    // What a target hands out as a path, or as a Location, must not lead elsewhere.
    if (url.origin !== this.#origin) throw new Error(`Expected a path on ${this.#origin}, got ${path}.`);
    const general = Object.entries(this.target.headers ?? {});
    return { method, url, fields: [...general, ...fields], timeout: this.target.timeout ?? TIMEOUT_MS };
  }
}

const NO_CONTENT = { type: undefined, body: undefined };

function encode(content: Content): { type: string | undefined; body: Buffer | undefined } {
  if (isTyped(content)) return { type: content.type, body: Buffer.from(content.body as string) };
  return { type: 'application/json', body: Buffer.from(JSON.stringify(content)) };
}

/** Resources may well have a `type` and a `body` of their own. */
function isTyped(content: Content): content is { readonly type: string; readonly body: string | Uint8Array } {
  const { type, body } = content as { readonly type?: unknown; readonly body?: unknown };
  return (
    typeof type === 'string' && type.includes('/') && (typeof body === 'string' || ArrayBuffer.isView(body))
  );
}
