/**
 * Hands a value on as soon as it is known: at once when it is there, so that a synchronous answer costs no promise, or
 * when the promise (or any thenable, such as the query of a database library) has resolved.
 */
export function whenKnown<T, R>(
  value: T | PromiseLike<T>,
  use: (value: T) => R | PromiseLike<R>,
): R | PromiseLike<R> {
  return isThenable(value) ? Promise.resolve(value).then(use) : use(value);
}

export function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
