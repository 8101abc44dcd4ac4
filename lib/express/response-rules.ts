import type { Application, Response } from 'express';
import { withdrawConditions } from './late-evaluation.js';
import type { Exchange } from './exchange.js';

/** What a `req.precondition` says about the response to its request. */
export interface ResponseRules {
  /**
   * Express is to give this response no ETag of its own: a hash of the body (`res.send`, `res.json`) or the size and time of a file
   * (`res.sendFile`). On a write that tag would claim to be the one of the new representation, which it is not (RFC 9110, sections 8.8
   * and 9.3.4); on a read whose provider knows no tag, it would hide If-Modified-Since behind a tag that nobody can evaluate. A tag
   * that a handler sets itself is left alone.
   */
  readonly noAutomaticEtag: boolean;
  /** Called when the header section of a failure or of a redirection is about to be sent; perhaps twice. */
  onFailure(): void;
}

/** Apps, and what their responses inherit. */
const EQUIPPED = new WeakSet();

/**
 * Makes responses keep to the rules of their `req.precondition`. What those of all apps inherit is changed, once: to add a property
 * to each response costs more than all the rest of this middleware, since Express gives it a prototype at run time, and a request
 * may go on to an app that nobody here knows of.
 */
export function equipResponses({ req, res }: Exchange): void {
  // Somebody has wrapped it already, and may have done so before it was changed below.
  if (Object.hasOwn(res, 'writeHead')) equipHead(res as unknown as Inherited);
  const { app } = req as object as { readonly app?: { readonly response: object } };
  if (app === undefined || EQUIPPED.has(app)) return;
  EQUIPPED.add(app);
  if (Object.hasOwn(res, 'send')) equipBodies(res as unknown as Inherited);
  const common = inheritedByAll(app.response);
  if (EQUIPPED.has(common)) return;
  EQUIPPED.add(common);
  equipHead(common);
  equipBodies(common);
}

/** `express.response`, from which `app.response` of every app inherits: the last one that has methods of Express. */
function inheritedByAll(responses: object): Inherited {
  let common = responses;
  for (let next = responses; next !== null; next = Object.getPrototypeOf(next) as object)
    if (Object.hasOwn(next, 'send')) common = next;
  return common as Inherited;
}

type Method = (this: Response, ...args: unknown[]) => unknown;

type Inherited = Record<'send' | 'sendFile' | 'writeHead', Method>;

function equipHead(responses: Inherited): void {
  const { writeHead } = responses;
  responses.writeHead = function writeHeadByRules(...args) {
    if (!isSuccess(Number(args[0]))) rulesOf(this)?.onFailure?.();
    return writeHead.apply(this, args);
  };
}

/** Whether the fields of a version belong on a response with this status. */
function isSuccess(status: number): boolean {
  return (status >= 200 && status <= 299) || status === 304;
}

function equipBodies(responses: Inherited): void {
  const { send, sendFile } = responses;
  responses.send = function sendByRules(...args) {
    return hasNoEtag(this) ? withEtagsOff(this.app, () => send.apply(this, args)) : send.apply(this, args);
  };
  responses.sendFile = function sendFileByRules(...args) {
    if (!hasNoEtag(this)) return sendFile.apply(this, args);
    // It evaluates preconditions whatever the method is: after a write that has been done, 412 would be untrue.
    withdrawConditions(this.req);
    const [path, ...rest] = args;
    const [options, callback] = typeof rest[0] === 'function' ? [undefined, rest[0]] : rest;
    // Express 4 has no setting for it, only the option.
    const withoutEtag = { etag: false, ...(options as object | undefined) };
    return withEtagsOff(this.app, () => sendFile.call(this, path, withoutEtag, callback));
  };
}

function rulesOf({ req }: Response): Partial<ResponseRules> | undefined {
  return req.precondition as Partial<ResponseRules> | undefined;
}

function hasNoEtag(res: Response): boolean {
  return rulesOf(res)?.noAutomaticEtag === true;
}

/** Express decides by settings of the app at hand, so these are off for as long as the call lasts. Nothing is hashed that way. */
function withEtagsOff<R>({ settings }: Application, use: () => R): R {
  const { etag, 'etag fn': make } = settings as Record<string, unknown>;
  Object.assign(settings as object, { etag: false, 'etag fn': undefined });
  try {
    return use();
  } finally {
    Object.assign(settings as object, { etag, 'etag fn': make });
  }
}
