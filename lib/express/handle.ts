import { UNCONDITIONAL } from '../core/decision.js';
import { evaluate } from '../core/evaluate.js';
import { methodKind } from '../core/method.js';
import type { MethodKind } from '../core/method.js';
import type { ConditionalRequest } from '../core/types.js';
import { SKIP } from '../providers/types.js';
import type { ProviderAnswer } from '../providers/types.js';
import { askProvider, providerFailure } from './ask-provider.js';
import { conclude } from './conclude.js';
import type { Pending } from './conclude.js';
import { failure } from './failure.js';
import { answerThrownRefusals } from './last-error-handler.js';
import { endLoans } from './lock/loan.js';
import { runLocked } from './lock/run-locked.js';
import type { Mounted } from './mounted.js';
import { isObserved, observe, timeProvider } from './observing/observe.js';
import type { Settings } from './options.js';
import { publish } from './outcome.js';
import { EvaluatedPrecondition } from './precondition.js';
import { assertNoLineDropped, hasWriteCondition, readConditionalRequest } from './request-fields.js';
import type { Exchange } from './exchange.js';
import { equipResponses } from './response-rules.js';

/**
 * The way of one request through the middleware, as far as the provider need not be known: what does the request ask, is the
 * provider to be asked, and what becomes of its answer or of its failure? `conclude` is the rest.
 */
export function handle(exchange: Exchange, mounted: Mounted): void {
  const { req, next } = exchange;
  const { settings } = mounted;
  let question: Question;
  try {
    question = readQuestion(exchange, settings);
  } catch (error) {
    next(failure(error, 'ERR_CALLBACK_FAILED', 'The option `now` or `required`'));
    return;
  }
  const { kind, request, required } = question;
  const lock = kind === 'write' ? settings.lock : undefined;
  equipResponses(exchange);
  if (kind === 'write') answerThrownRefusals(req);
  if (kind !== 'neither' && (kind === 'read' || required || lock || hasWriteCondition(request))) {
    const pending: Pending = { exchange, mounted, request, kind, required, held: undefined };
    if (lock === undefined) ask(pending);
    else runLocked(exchange, lock, (held) => ask({ ...pending, held }));
    return;
  }
  performUnasked(question, exchange, mounted);
  next();
}

/** Nothing depends on the version: a write without conditions, or a method to which they do not apply. */
function performUnasked({ kind, request }: Question, exchange: Exchange, mounted: Mounted): void {
  const { settings, owner } = mounted;
  const decision = kind === 'write' ? UNCONDITIONAL : evaluate(request, null, settings.policy);
  const evaluated = { kind, request, version: undefined, decision };
  publish(exchange, owner, new EvaluatedPrecondition(evaluated, exchange, mounted));
  if (isObserved(mounted))
    observe(mounted, { exchange, ...evaluated, status: undefined, providerDuration: undefined });
}

/** What a request asks of the middleware. */
interface Question {
  readonly kind: MethodKind;
  readonly request: ConditionalRequest;
  readonly required: boolean;
}

function readQuestion(exchange: Exchange, settings: Settings): Question {
  const request = readConditionalRequest(exchange, settings.now());
  const kind = methodKind(request.method, settings.policy);
  if (kind !== 'write') return { kind, request, required: false };
  assertNoLineDropped(exchange.req);
  return { kind, request, required: Boolean(settings.isRequired?.(exchange.req)) };
}

function ask(pending: Pending): void {
  const { exchange, mounted } = pending;
  const endTime = isObserved(mounted) ? timeProvider(mounted, exchange) : undefined;
  askProvider(
    mounted.provider,
    exchange.req,
    (answer) => settle(pending, answer, endTime?.()),
    (error) => {
      endTime?.();
      stopRequest(exchange, error);
    },
  );
}

/** Nothing is thrown past this point: a failure stops the request with `next(error)`. */
function settle(pending: Pending, answer: ProviderAnswer, providerDuration: number | undefined): void {
  const { next } = pending.exchange;
  let performs: boolean;
  try {
    if (answer === SKIP) pass(pending);
    performs = answer === SKIP || conclude(pending, answer, providerDuration);
  } catch (error) {
    stopRequest(pending.exchange, providerFailure(error, pending.exchange.req));
    return;
  }
  if (performs) next();
  else if (pending.kind === 'write') endLoans(pending.exchange.req);
}

/**
 * The handler is not going to run, so there is nothing to protect any more, whoever answers the error. Where somebody has answered
 * already, Express could only close the connection, under the next request on it.
 */
function stopRequest({ req, res, next }: Exchange, error: unknown): void {
  endLoans(req);
  if (!res.writableEnded) next(error);
}

/** As if the middleware were not there. */
function pass({ exchange, mounted, held }: Pending): void {
  held?.end();
  publish(exchange, mounted.owner, undefined);
}
