import type { Application, Response } from 'express';

/**
 * Keeps Express from hashing the body of this response into an ETag. On a write that tag would claim to be the one of the
 * new representation, which it is not (RFC 9110, sections 8.8 and 9.3.4); on a read whose provider knows no tag, it would
 * hide If-Modified-Since behind a tag that nobody can evaluate. A tag that a handler sets itself is left alone.
 *
 * Express decides in `res.send` by the setting `etag fn` of the app at hand, so `send` gets to see an app without it,
 * for no longer than the call lasts.
 */
export function withoutAutomaticEtag(res: Response): void {
  const send = res.send;
  res.send = function sendWithoutAutomaticEtag(
    this: Response,
    ...args: Parameters<Response['send']>
  ): Response {
    const { app } = this;
    this.app = appWithoutEtags(app);
    try {
      return Reflect.apply(send, this, args);
    } finally {
      this.app = app;
    }
  };
}

const APPS_WITHOUT_ETAGS = new WeakMap<Application, Application>();

function appWithoutEtags(app: Application): Application {
  const known = APPS_WITHOUT_ETAGS.get(app);
  if (known !== undefined) return known;
  const settings = Object.create(app.settings as object, { 'etag fn': { value: undefined } }) as unknown;
  const derived = Object.create(app, { settings: { value: settings } }) as Application;
  APPS_WITHOUT_ETAGS.set(app, derived);
  APPS_WITHOUT_ETAGS.set(derived, derived);
  return derived;
}
