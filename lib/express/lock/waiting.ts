import { lockTimeout } from '../../locks/errors.js';
import { requestAborted } from '../request-aborted.js';
import type { Exchange } from '../exchange.js';

/** The wait of a request for a lock. It is over when the time is up, when the client leaves, or when `end` is called. */
export interface Waiting {
  /** Aborted when the wait was in vain. */
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** @param onGivingUp told why, if the wait was in vain, whatever the lock does then */
export function startWaiting(
  { req, res }: Exchange,
  key: string,
  limit: number,
  onGivingUp: (reason: Error) => void,
): Waiting {
  const controller = new AbortController();
  const giveUp = (reason: Error): void => {
    end();
    controller.abort(reason);
    onGivingUp(reason);
  };
  const leave = (): void => giveUp(requestAborted(req));
  const timer = setTimeout(() => giveUp(lockTimeout(key)), limit);
  const end = (): void => {
    clearTimeout(timer);
    res.off('close', leave);
  };
  res.once('close', leave);
  return { signal: controller.signal, end };
}
