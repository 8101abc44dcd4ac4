/** Lets a test come between the check of a request and its write, without the recipe knowing. */
import type { RequestHandler, Router } from 'express';

export interface Interposed {
  /** Called for every write that has passed the check, before anything is written for it. */
  run: () => Promise<void>;
}

export function betweenCheckAndWrite(router: Router): Interposed {
  const interposed: Interposed = { run: async () => {} };
  const handler: RequestHandler = (req, _res, next) => {
    if (!req.precondition) throw new Error('This is not behind the check.');
    interposed.run().then(() => next(), next);
  };
  for (const method of ['put', 'delete'] as const) {
    const route = router.stack.map((layer) => layer.route).find((each) => each && handles(each, method));
    if (!route) throw new Error(`Expected a route for ${method}.`);
    // Its place is behind the preconditions, which come first.
    route[method](handler);
    route.stack.splice(1, 0, route.stack.pop()!);
  }
  return interposed;
}

function handles(route: object, method: string): boolean {
  return method in (route as { methods: object }).methods;
}
