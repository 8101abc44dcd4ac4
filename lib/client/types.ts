import type { Copy, CopyStore } from './copy.js';
import type { NetworkError, ResponseError } from './errors.js';
import type { Retrieved, Written } from './results.js';

/** Whatever `new Headers()` takes. */
export type HeadersLike = ConstructorParameters<typeof Headers>[0];

export interface ClientOptions {
  /** What relative URLs are relative to. Default: the page, in a browser; elsewhere URLs have to be absolute. */
  readonly baseUrl?: string | URL;
  /** Default: the global `fetch`. One of your own adds credentials, a log, or a time limit. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Fields of every request, such as Authorization; a function is asked before each one. */
  readonly headers?: HeadersLike | (() => HeadersLike | Promise<HeadersLike>);
  /** Where copies are kept. Default `memoryStore()`. */
  readonly store?: CopyStore;
  /**
   * The member of a JSON object that holds its entity tag, for APIs that put it there: `'etag'`, `'@odata.etag'`. It is
   * preferred to the ETag field, which a proxy may have weakened. Content that is sent with this member is based on that
   * version, so the member becomes the condition of the write. Default: only the field counts.
   */
  readonly etagMember?: string;
  /** Remembers the resources that stand in a list: what `rememberMembers` has made. Default: none are. */
  readonly members?: RememberMembers;
  /**
   * `'weak'`: sends If-Match with weak tags, too, to servers that deviate from RFC 9110 and compare them weakly (many of
   * OData, or behind a proxy that weakens tags). Default `'strong'`: a weak tag on a write is refused.
   */
  readonly ifMatch?: 'strong' | 'weak';
}

/** What `rememberMembers` makes: it is shown everything that was read. */
export type RememberMembers = (
  store: CopyStore,
  etagMember: string | undefined,
  list: { readonly url: string; readonly data: unknown; readonly copy: Copy },
) => Promise<void>;

/** One resource of a list. Needs `etagMember`: a list has no ETag field for each of its members. */
export interface ListMember {
  /** Its URL, absolute or relative to that of the list. */
  readonly url: string;
  /** What the list says of it. */
  readonly data: unknown;
  /**
   * True when a GET of its URL would answer with just this JSON: then it serves as a copy for `get`. Otherwise only its tag is
   * remembered, for writes. Default false: lists often leave members out.
   */
  readonly complete?: boolean;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * Fields of this request, over those of the client. Conditions are not among them: they are options of their own. With a
   * Range, `get` is unconditional and keeps nothing.
   */
  readonly headers?: HeadersLike;
}

export interface WriteOptions extends RequestOptions {
  /**
   * The version that the write is based on: an entity tag with its quotes, several, or `'*'` for whichever there is, which
   * overwrites what others did. It wins over everything remembered.
   */
  readonly ifMatch?: string | readonly string[];
  /**
   * What the change started from, as `get` or `watch` returned it. Say so wherever other code reads the same resource through
   * the same client: the tag remembered is that of the last read, by whomever.
   */
  readonly basedOn?: Retrieved<unknown>;
}

export interface PutOptions extends WriteOptions {
  /** Creates the resource, and fails with 412 where there is one already (If-None-Match: *). */
  readonly createOnly?: boolean;
}

/** What `change` returns to `modify` when there is nothing to write. */
export const UNCHANGED: unique symbol = Symbol.for('http-preconditions.UNCHANGED') as typeof UNCHANGED;

export interface ModifyOptions<T> extends RequestOptions {
  /** How often at most it reads, changes and writes. Default 5. */
  readonly attempts?: number;
  /** `'PATCH'`: what `change` returns is a merge patch. Default `'PUT'`. */
  readonly method?: 'PUT' | 'PATCH';
  /** Milliseconds before the attempt of that number, from 2 on. Default: random, up to 100 ms doubled each time, at most 10 s. */
  readonly delay?: (attempt: number) => number;
  /**
   * Says whether a write whose reply was lost was made, from what is there now: true, false, or `undefined` when it cannot be
   * told. It is also asked after a 412, which may be the answer to a second copy of one's own write. Default: true when the members
   * that were changed are there as they were sent, else `undefined`. Then an equal change of somebody else passes for one's own: a
   * counter wants a function that knows better, or a mark of its own in the content.
   */
  readonly applied?: (current: T, sent: unknown) => boolean | undefined;
}

/** What has become of a resource under `modify`. `data` is that of the last reply or, when nothing had to be written, of the resource. */
export interface Modified<T> extends Written<T> {
  /** How many attempts it took. */
  readonly attempts: number;
}

export interface WatchOptions extends RequestOptions {
  /** Milliseconds between polls, at least. Default 5000. 0 is for servers that keep a request until there is something new. */
  readonly interval?: number;
  /** What is known already: it is not yielded again. Default: the first state is yielded, too. */
  readonly since?: Retrieved<unknown>;
  /** Told of each failure that is waited out. */
  readonly onError?: (error: NetworkError | ResponseError) => void;
}

/** A client that remembers which version of each resource it has seen. */
export interface ConditionalClient {
  /** Gets a resource, with If-None-Match and If-Modified-Since where a copy is kept, which is returned on 304. */
  readonly get: <T = unknown>(url: string | URL, options?: RequestOptions) => Promise<Retrieved<T>>;
  /** PUT: replaces a resource under If-Match, or creates it with `createOnly`. */
  readonly put: <T = unknown>(
    url: string | URL,
    content: unknown,
    options?: PutOptions,
  ) => Promise<Written<T>>;
  /** PUT of a resource that exists: replaces it under If-Match. */
  readonly update: <T = unknown>(
    url: string | URL,
    content: unknown,
    options?: WriteOptions,
  ) => Promise<Written<T>>;
  /** PATCH, under If-Match. Objects are sent as JSON, text as `text/plain` unless its Content-Type is given. */
  readonly patch: <T = unknown>(
    url: string | URL,
    content: unknown,
    options?: WriteOptions,
  ) => Promise<Written<T>>;
  /** DELETE, under If-Match. */
  readonly remove: <T = unknown>(url: string | URL, options?: WriteOptions) => Promise<Written<T>>;
  /** POST: conditional only where `ifMatch` or `basedOn` is given, since what it changes is rarely what the URL names. */
  readonly post: <T = unknown>(
    url: string | URL,
    content: unknown,
    options?: WriteOptions,
  ) => Promise<Written<T>>;
}
