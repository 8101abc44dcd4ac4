import type { Application, ErrorRequestHandler, Request } from 'express';
import { methodKind } from '../core/method.js';
import { isPreconditionFailedError } from '../errors.js';
import { endLoans } from './lock/loan.js';
import { outermostApp } from './outermost-app.js';
import { EvaluatedPrecondition } from './precondition.js';

const EQUIPPED = new WeakSet<Application>();

/**
 * Makes sure that a `PreconditionFailedError` of the handler is answered like `req.precondition.fail()`, in an app without
 * error handlers, too. Express knows of no other place: an error handler is mounted behind everything that the app has, once,
 * when the first write comes, so that all error handlers of the app see the error before.
 */
export function answerThrownRefusals(req: Request): void {
  const app = outermostApp(req);
  if (app === undefined || EQUIPPED.has(app)) return;
  EQUIPPED.add(app);
  app.use(lastErrorHandler);
}

const lastErrorHandler: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) {
    // Express closes the connection, and nobody ends the answer.
    endLoans(req);
    return next(error);
  }
  const { precondition } = req;
  const isWrite = methodKind(req.method, {}) === 'write';
  if (!isWrite || !isPreconditionFailedError(error) || !(precondition instanceof EvaluatedPrecondition))
    return next(error);
  try {
    precondition.fail(error);
  } catch (problem) {
    next(problem);
  }
};
