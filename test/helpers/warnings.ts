import { jest } from '@jest/globals';

export interface Warned {
  readonly message: string;
  readonly type: string;
  readonly code: string;
}

/** The process warnings that come while something is done. None is printed. */
export async function warningsOf(act: () => Promise<unknown>): Promise<readonly Warned[]> {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  try {
    await act();
    return (emitWarning.mock.calls as unknown as [string, Omit<Warned, 'message'>][]).map(
      ([message, options]) => ({ message, ...options }),
    );
  } finally {
    emitWarning.mockRestore();
  }
}

/** Does something in the environment NODE_ENV. */
export function inEnvironment<T>(name: string, act: () => T): T {
  const { NODE_ENV: before } = process.env;
  process.env['NODE_ENV'] = name;
  try {
    return act();
  } finally {
    process.env['NODE_ENV'] = before;
  }
}
