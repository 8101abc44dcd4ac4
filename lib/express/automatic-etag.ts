import type { Application, Response } from 'express';
import { withdrawConditions } from './late-evaluation.js';

/**
 * Keeps Express from giving this response an ETag of its own: a hash of the body (`res.send`, `res.json`) or the size and
 * time of a file (`res.sendFile`). On a write that tag would claim to be the one of the new representation, which it is not
 * (RFC 9110, sections 8.8 and 9.3.4); on a read whose provider knows no tag, it would hide If-Modified-Since behind a tag
 * that nobody can evaluate. A tag that a handler sets itself is left alone.
 *
 * Express decides by settings of the app at hand, so both get to see an app without them, for no longer than the call
 * lasts. Nothing is hashed that way, and no tag has to be told from the handler's own afterwards.
 */
export function withoutAutomaticEtag(res: Response): void {
  const send = res.send.bind(res);
  res.send = (...args) => withAppWithoutEtags(res, () => send(...args));

  const sendFile = res.sendFile.bind(res) as (...args: unknown[]) => void;
  res.sendFile = (path: string, ...rest: unknown[]) => {
    // It evaluates preconditions whatever the method is: after a write that has been done, 412 would be untrue.
    withdrawConditions(res.req);
    const [options, callback] = typeof rest[0] === 'function' ? [undefined, rest[0]] : rest;
    // Express 4 has no setting for it, only the option.
    const withoutEtag = { etag: false, ...(options as object | undefined) };
    withAppWithoutEtags(res, () => sendFile(path, withoutEtag, callback));
  };
}

function withAppWithoutEtags<R>(res: Response, use: () => R): R {
  const { app } = res;
  res.app = appWithoutEtags(app);
  try {
    return use();
  } finally {
    res.app = app;
  }
}

const APPS_WITHOUT_ETAGS = new WeakMap<Application, Application>();

function appWithoutEtags(app: Application): Application {
  const known = APPS_WITHOUT_ETAGS.get(app);
  if (known !== undefined) return known;
  const withoutEtags = { 'etag fn': { value: undefined }, etag: { value: false } };
  const settings = Object.create(app.settings as object, withoutEtags) as unknown;
  const derived = Object.create(app, { settings: { value: settings } }) as Application;
  APPS_WITHOUT_ETAGS.set(app, derived);
  APPS_WITHOUT_ETAGS.set(derived, derived);
  return derived;
}
