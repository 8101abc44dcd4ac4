/** Lends the right to be the only one: for a key, one `whileLocked` runs at a time. */
export interface Lock {
  /**
   * Waits until nobody holds the key, runs `whileLocked`, and gives the lock back as soon as it has settled, however it did.
   * Settles as `whileLocked` does. Those who wait for one key should get it in the order in which they came. A lock is not
   * reentrant: asking again for a key that one holds waits for oneself.
   *
   * @throws the `reason` of `limits.signal` when that ends the wait, or an error of the lock itself; `whileLocked` has then
   *   not been called
   */
  withLock<T>(key: string, whileLocked: () => T | PromiseLike<T>, limits?: LockLimits): Promise<T>;
}

/** How long the caller is going to wait and to hold, and how both are told of what goes wrong. */
export interface LockLimits {
  /** Ends the wait. Once the lock is held, it has no effect. */
  readonly signal?: AbortSignal | undefined;
  /**
   * After so many milliseconds the caller ends the wait by `signal`. A lock that lives elsewhere passes it on, so that the wait
   * ends there as well.
   */
  readonly wait?: number | undefined;
  /**
   * After so many milliseconds the caller settles `whileLocked`. A lock that lives elsewhere passes it on, so that it comes
   * free also when this process hangs.
   */
  readonly lease?: number | undefined;
  /** Told at once when the lock is lost while `whileLocked` runs: others may get it from now on. */
  readonly onLost?: ((reason: unknown) => void) | undefined;
}
