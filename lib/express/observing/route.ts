import type { Request } from 'express';

/** The pattern of the route that a request has reached; `undefined` before it has reached one. */
export function routeOf(req: Request): string | undefined {
  const { route } = req as { route?: { readonly path: unknown } };
  return route && `${req.baseUrl}${String(route.path)}`;
}

/** How those who look at many requests call one. The path is the client's text, so it stands in quotes. */
export function routeName(req: Request, route: string | undefined = routeOf(req)): string {
  const { originalUrl = req.url } = req as { originalUrl?: string };
  return `${req.method} ${route ?? JSON.stringify(originalUrl.split('?')[0])}`;
}
