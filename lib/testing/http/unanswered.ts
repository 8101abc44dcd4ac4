/** No answer came, or none that was complete. The message says to which request. */
export class Unanswered extends Error {
  override readonly name: string = 'Unanswered';
  readonly reason: string;

  constructor({ method, url }: { readonly method: string; readonly url: URL }, failure: unknown) {
    const reason = reasonOf(failure);
    super(`${method} ${url.pathname}${url.search}: ${reason}`, { cause: failure });
    this.reason = reason;
  }
}

/** Node says nothing at all of a name with several addresses. Its errors may be of another realm, as they are under jest. */
function reasonOf(failure: unknown): string {
  const { errors, message } = failure as { readonly errors?: readonly unknown[]; readonly message?: unknown };
  return Array.isArray(errors) ? errors.map(reasonOf).join(', ') : String(message ?? failure);
}

/** Settles as the promise does, or fails when it has not within that time. */
export async function within<T>(timeout: number, promise: Promise<T>, giveUp: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no complete answer within the timeout of ${timeout} ms`)),
      timeout,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    giveUp();
  }
}
