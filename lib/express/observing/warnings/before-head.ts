import type { Response } from 'express';

/**
 * Calls back when the header section is about to be sent: behind all that the handler has set, and before those in front of the
 * middleware add what they add to every answer. It is never called over HTTP/2, which sends the header section in another way.
 */
export function beforeHead(res: Response, look: () => void): void {
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => Response;
  const lookAndWriteHead = (...args: unknown[]): Response => {
    look();
    return writeHead(...args);
  };
  res.writeHead = lookAndWriteHead as Response['writeHead'];
}
