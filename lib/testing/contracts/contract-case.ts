/** One promise of a contract, for any test runner: `for (const { title, run } of lockContract(make)) test(title, run);` */
export interface ContractCase {
  readonly title: string;
  /** Rejects with an AssertionError when the promise is broken. */
  readonly run: () => Promise<void>;
}

/** Cases from promises by their titles. */
export function contractCases(promises: Readonly<Record<string, () => Promise<void>>>): ContractCase[] {
  return Object.entries(promises).map(([title, run]) => ({ title, run: () => inTime(title, run) }));
}

const PATIENCE_MS = 4000;

/** What never settles is the most likely way to break such a promise, and a test that hangs tells nothing. */
async function inTime(title: string, run: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Not settled within ${PATIENCE_MS} ms: ${title}`)),
      PATIENCE_MS,
    );
  });
  try {
    await Promise.race([run(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
