import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { ReferenceConditions, type Resource } from './conditions.js';

export const AUTHORIZATION = 'Bearer reference';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly method: string;
  readonly path: string;
  readonly content: string;
  readonly current: Resource | undefined;
}

export interface Reply {
  readonly status: number;
  readonly fields?: Readonly<Record<string, string>>;
  readonly content?: string;
}

type Step = 'authentication' | 'options' | 'existence' | 'requirement' | 'conditions' | 'read' | 'write';

/** A server of resources in memory that has all there is: each step is a method, for a fault to take its place. */
export class ReferenceServer extends ReferenceConditions {
  readonly resources: Map<string, Resource> = new Map();
  isConditionRequired = false;
  /** The first step that has a reply gives the answer. */
  order: readonly Step[] = [
    'authentication',
    'options',
    'existence',
    'requirement',
    'conditions',
    'read',
    'write',
  ];
  #versions = 0;

  readonly listener: RequestListener = (request, response) => {
    this.answer(request).then(
      (reply) => this.send(request, response, reply),
      // What is planted here is wrong, and does not crash.
      (error: unknown) => response.destroy(error as Error),
    );
  };

  async answer(request: IncomingMessage): Promise<Reply> {
    const { method = '', url: path = '' } = request;
    // As it is when the header section has come.
    const current = this.resources.get(path);
    const exchange = { request, method, path, content: await text(request), current };
    for (const step of this.order) {
      const reply = await this[step](exchange);
      if (reply !== undefined) return reply;
    }
    return { status: 405 };
  }

  authentication({ request }: Exchange): Reply | undefined {
    if (request.headers.authorization === AUTHORIZATION) return undefined;
    return { status: 401, fields: { 'WWW-Authenticate': 'Bearer' } };
  }

  options({ method }: Exchange): Reply | undefined {
    return method === 'OPTIONS'
      ? { status: 204, fields: { Allow: 'GET, PUT, PATCH, DELETE, POST' } }
      : undefined;
  }

  existence({ method, current }: Exchange): Reply | undefined {
    return current === undefined && method !== 'PUT' ? { status: 404 } : undefined;
  }

  requirement({ request, current }: Exchange): Reply | undefined {
    if (!this.isConditionRequired || this.isRead(request)) return undefined;
    if (this.isConditional(request, current)) return undefined;
    return { status: 428, content: 'Send the ETag that you have seen in If-Match.' };
  }

  isConditional(request: IncomingMessage, current: Resource | undefined): boolean {
    return (this.mayGoOn(request, current) ?? this.isNews(request, current)) !== undefined;
  }

  conditions({ request, current }: Exchange): Reply | undefined {
    switch (this.evaluate(request, current)) {
      case 'performed':
        return undefined;
      case 'failed':
        return this.failed();
      case 'not modified':
        return this.notModified(request, current!);
    }
  }

  failed(): Reply {
    return {
      status: 412,
      fields: { 'Cache-Control': 'no-store' },
      content: 'This is not what you have seen.',
    };
  }

  notModified(_request: IncomingMessage, current: Resource): Reply {
    return { status: 304, fields: this.metadata(current) };
  }

  /** What a 200 and a 304 have alike. */
  metadata({ etag, modified }: Resource): Readonly<Record<string, string>> {
    return {
      ETag: etag,
      'Last-Modified': new Date(modified).toUTCString(),
      'Cache-Control': 'private, max-age=60',
      Expires: new Date(Date.now() + 60_000).toUTCString(),
      Vary: 'Authorization',
      'Content-Location': '/reference.json',
    };
  }

  read({ request, current }: Exchange): Reply | undefined {
    if (!this.isRead(request) || current === undefined) return undefined;
    const { content } = current;
    const fields = { ...this.metadata(current), 'Content-Type': 'application/json' };
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (request.method === 'HEAD' || first === undefined || !this.ifRange(request, current))
      return { status: 200, fields, content };
    return {
      status: 206,
      fields: { ...fields, 'Content-Range': `bytes ${first}-${last}/${content.length}` },
      content: content.slice(Number(first), Number(last) + 1),
    };
  }

  async write(exchange: Exchange): Promise<Reply | undefined> {
    const { path, method } = exchange;
    await this.untilStored(exchange);
    // Somebody else may have been faster: the condition has to hold now, and from here on nothing is awaited.
    const current = this.resources.get(path);
    const refusal = this.existence({ ...exchange, current }) ?? this.conditions({ ...exchange, current });
    if (refusal !== undefined) return refusal;
    if (method !== 'DELETE') return this.store({ ...exchange, current });
    this.resources.delete(path);
    return this.deleted(current!);
  }

  /** As long as a database takes. */
  untilStored(_exchange: Exchange): Promise<void> {
    return new Promise(setImmediate);
  }

  store({ method, path, content, current }: Exchange): Reply {
    const stored = method === 'PUT' ? content : merged(current?.content ?? '{}', content);
    const resource = this.create(path, stored, current);
    return this.stored(resource, current);
  }

  create(path: string, content: string, previous?: Resource): Resource {
    const resource = { etag: this.newTag(previous), modified: this.now(), content };
    this.resources.set(path, resource);
    return resource;
  }

  newTag(_previous: Resource | undefined): string {
    this.#versions += 1;
    return `"v${this.#versions}"`;
  }

  /** Half a second past, so that it makes a difference whether milliseconds count. */
  now(): number {
    return Math.floor(Date.now() / 1000) * 1000 - 500;
  }

  /** PUT stores what it is given as it is, so the answer to it may have the new tag. */
  stored({ etag, content }: Resource, previous: Resource | undefined): Reply {
    return { status: previous === undefined ? 201 : 200, fields: { ETag: etag }, content };
  }

  deleted(_previous: Resource): Reply {
    return { status: 204 };
  }

  send(request: IncomingMessage, response: ServerResponse, { status, fields, content }: Reply): void {
    response.writeHead(status, fields);
    response.end(request.method === 'HEAD' ? undefined : content);
  }
}

function merged(content: string, patch: string): string {
  return JSON.stringify({ ...(JSON.parse(content) as object), ...(JSON.parse(patch) as object) });
}
