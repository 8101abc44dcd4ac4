/** What a timer of Node can wait for. */
const MOST = 2 ** 31 - 1;

/** Whether a value is a number of milliseconds that a timer can wait for. */
export function isTimeLimit(value: unknown): boolean {
  return typeof value === 'number' && value >= 1 && value <= MOST;
}
