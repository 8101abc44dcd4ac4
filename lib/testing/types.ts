import type { RequestListener, Server } from 'node:http';

/** Field lines as they are sent, in order: a name may come more than once, and a value is latin1, one character for each octet. */
export type FieldLines = readonly (readonly [name: string, value: string])[];

/** What a write sends: with a media type as it is; any other object becomes JSON. */
export type Content = object | { readonly type: string; readonly body: string | Uint8Array };

/** What a target says that it evaluates; cases about anything else do not apply to it. */
export type Feature =
  | 'If-None-Match'
  | 'If-Modified-Since'
  | 'If-Match'
  | 'If-Unmodified-Since'
  | 'If-Range'
  | '304'
  | '412'
  | '428'
  | 'atomic writes';

/** An API, one resource of it, and what both have. What is left out is not there: the cases that need it do not apply. */
export interface Target {
  /** An Express app or any other listener, a server, or the URL of an API that runs already. */
  readonly server: RequestListener | Server | string | URL;
  /** The path of a resource that exists, and stays. */
  readonly path: string;
  /** The path of one that does not, for which GET answers 404. */
  readonly absentPath?: string;
  /** Fields of every request, such as Authorization. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether anybody may read it, so that the credentials among its `headers` are for writes. Default false. */
  readonly publicReads?: boolean;
  /** How its entity tags compare. Default: it has none. */
  readonly etag?: 'strong' | 'weak';
  /** Whether it has Last-Modified. */
  readonly lastModified?: boolean;
  /** Whether it serves ranges of at least its first octet. */
  readonly ranges?: boolean;
  /** Default: everything. */
  readonly features?: readonly Feature[];
  /** How to write; without it, nothing is ever written. */
  readonly writes?: Writes;
  /** Milliseconds for one answer. Default 5000. */
  readonly timeout?: number;
}

/** How to write. Each case has a resource of its own. */
export interface Writes {
  /** The methods that change a resource at its own path, such as PUT, PATCH and DELETE. */
  readonly methods: readonly string[];
  /** Makes a new resource, and returns its path. */
  readonly create: (api: Api) => string | Promise<string>;
  /** Takes it away again after the case, if it is still there. Default: it stays. */
  readonly remove?: (path: string, api: Api) => unknown;
  /** Content that the method accepts, another one for each `n`. DELETE is sent without. */
  readonly content: (n: number, method: string) => Content;
  /** A path at which there is nothing yet. */
  readonly absent?: (api: Api) => string | Promise<string>;
  /** Whether PUT makes a resource at such a path. */
  readonly putCreates?: boolean;
  /** Whether writes without a condition are answered 428; `'tag'`: those without a tag in If-Match, where there is something. */
  readonly required?: boolean | 'tag';
}

/** Sends requests to the target, with its `headers`. */
export interface Api {
  send(method: string, path: string, fields?: FieldLines, content?: Content): Promise<Answer>;
}

/** An answer, with what was sent for it. */
export interface Answer {
  readonly sent: {
    readonly method: string;
    readonly path: string;
    readonly fields: FieldLines;
    readonly body: Buffer | undefined;
  };
  readonly status: number;
  readonly fields: FieldLines;
  readonly body: Buffer;
  /** The value of a field; the lines of a repeated one are joined. `undefined`: it is not there. */
  field(name: string): string | undefined;
}

/** How binding a case is, in the words of RFC 2119. */
export type Level = 'must' | 'should' | 'may';

/** One thing to find out about a target. */
export interface ConformanceCase {
  /** Stable: what `--only` and a list of known deviations go by. */
  readonly id: string;
  /** A statement that is true of a target that passes. */
  readonly title: string;
  /** Ids of docs/requirements.json. */
  readonly requirements: readonly string[];
  readonly level: Level;
  /** Whether the target has what the case is about. */
  readonly applies: boolean;
  /** What the target lacks; `undefined` where the case applies. */
  readonly reason: string | undefined;
  /** @throws {ConformanceError} when the statement is not true of the target; another error when the case does not apply */
  readonly run: () => Promise<void>;
}
