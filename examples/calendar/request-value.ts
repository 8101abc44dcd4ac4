/** Something that one middleware finds out about a request and others need; typed, and out of reach of the client. */
import type { IncomingMessage } from 'node:http';

export interface RequestValue<T> {
  set(req: IncomingMessage, value: T): void;
  /** @throws when the middleware that sets it is not mounted before */
  of(req: IncomingMessage): T;
}

export function requestValue<T>(setBy: string): RequestValue<T> {
  const values = new WeakMap<IncomingMessage, { readonly value: T }>();
  return {
    set: (req, value) => {
      values.set(req, { value });
    },
    of: (req) => {
      const found = values.get(req);
      if (found === undefined)
        throw new Error(`Expected ${setBy} to be mounted before ${req.method} ${req.url}`);
      return found.value;
    },
  };
}
