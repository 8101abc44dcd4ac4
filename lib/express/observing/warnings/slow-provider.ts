export const SLOW_PROVIDER = 1000;

/** Calls back, perhaps twice, if what is returned is not called within so many milliseconds, or not at all. */
export function timeLimit(limit: number, onExcess: () => void): () => void {
  const start = performance.now();
  const timer = setTimeout(onExcess, limit).unref();
  return () => {
    clearTimeout(timer);
    // A provider that never lets go of the thread lets no timer run.
    if (performance.now() - start > limit) onExcess();
  };
}

export function slowProvider(name: string, limit: number): string {
  return (
    `The version provider of ${name} took more than ${limit} ms. It is asked before each read and each conditional write, which ` +
    'wait for it. Let it read the version alone, by an index, and give the lookup a time limit; or set ' +
    '`warnings.slowProvider` to what is expected.'
  );
}
