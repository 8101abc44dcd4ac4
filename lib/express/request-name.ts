import type { IncomingMessage } from 'node:http';

/** How messages name a request: its method and whole path. The path is the client's text, so it stands in quotes. */
export function requestName(req: IncomingMessage): string {
  const { originalUrl = req.url } = req as { originalUrl?: string };
  return `${req.method ?? ''} ${JSON.stringify(originalUrl)}`;
}
