import type { Response } from 'express';

export interface AnswerWatcher {
  /** Whether an answer with this status must not be given any more. */
  readonly isRefused: (status: number) => boolean;
  /** Called in place of the end of such an answer. */
  readonly answerInstead: () => void;
  /** Called when the handler has ended the answer, or has destroyed it. It may be called again. */
  readonly onEnd: () => void;
}

/**
 * Finds out when a handler has ended its answer, in whatever way. Node has no event for it: 'finish' stays away when the client
 * has left, and 'close' comes while the handler still works.
 */
export function watchAnswer(res: Response, { isRefused, answerInstead, onEnd }: AnswerWatcher): void {
  const end = res.end.bind(res) as (...args: unknown[]) => unknown;
  const endOrAnswerInstead = (...args: unknown[]): Response => {
    if (isRefused(res.statusCode)) answerInstead();
    else end(...args);
    onEnd();
    return res;
  };
  res.end = endOrAnswerInstead as Response['end'];

  const destroy = res.destroy.bind(res);
  res.destroy = (error) => {
    // Once the client has left, `pipeline` calls it whatever the handler still does.
    if (!res.closed) onEnd();
    return destroy(error);
  };

  // Called for what is sent in another way than by `end`, where it is too late for another answer.
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => Response;
  const writeHeadOrClose = (...args: unknown[]): Response => {
    if (isRefused(Number(args[0]))) destroy();
    return writeHead(...args);
  };
  res.writeHead = writeHeadOrClose as Response['writeHead'];
}
