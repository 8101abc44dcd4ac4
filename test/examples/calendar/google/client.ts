/** Calls Google's client in the child process of child.mjs. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface GoogleResponse<T> {
  readonly status: number;
  readonly data: T;
  readonly fields: Readonly<Record<string, string>>;
}

/** What the client makes of an answer that is no success. */
export class GoogleError extends Error {
  readonly code: number | undefined;
  readonly status: number | undefined;
  readonly reason: string | undefined;

  constructor({
    code,
    status,
    message,
    reason,
  }: Pick<GoogleError, 'code' | 'status' | 'message' | 'reason'>) {
    super(message);
    this.code = code;
    this.status = status;
    this.reason = reason;
  }
}

export interface GoogleClient {
  /** `method` is such as `events.update`. Resolves as the client does, and rejects with a GoogleError. */
  call<T>(method: string, parameters: object, headers?: Record<string, string>): Promise<GoogleResponse<T>>;
  close(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly response?: GoogleResponse<unknown>;
  readonly error?: GoogleError;
}

/** `token` is a bearer token, or an API key as `key:…`. */
export function googleClient(rootUrl: string, token: string): GoogleClient {
  const child = fork(join(__dirname, 'child.mjs'), [rootUrl, token]);
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));

  return {
    async call<T>(method: string, parameters: object, headers?: Record<string, string>) {
      const id = waiting.size;
      const { response, error } = await new Promise<Answer>((resolve) => {
        waiting.set(id, resolve);
        child.send({ id, method, parameters, options: { headers } });
      });
      if (error !== undefined) throw new GoogleError(error);
      return response as GoogleResponse<T>;
    },
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
