import type { Application, Request } from 'express';

/** The app that all others of this request are mounted on; `undefined` for a router that is used without an app. */
export function outermostApp(req: Request): Application | undefined {
  let app = req.app as (Application & { parent?: Application }) | undefined;
  while (app?.parent !== undefined) app = app.parent;
  return app;
}
