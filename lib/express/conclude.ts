import { evaluate } from '../core/evaluate.js';
import type { MethodKind } from '../core/method.js';
import type { ConditionalRequest, Decision, Perform } from '../core/types.js';
import { HttpPreconditionsError } from '../errors.js';
import type { ResourceVersion } from '../providers/types.js';
import { providerName } from './ask-provider.js';
import { withoutAutomaticEtag } from './automatic-etag.js';
import type { CheckedVersion } from './check-version.js';
import { checkAnswer } from './check-version.js';
import { describeCoding } from './coded-representation.js';
import { acceptableCodings, assertNotCoded, withoutCodings } from './content-codings.js';
import type { ContentCodings } from './content-codings.js';
import { preventLateEvaluation } from './late-evaluation.js';
import type { Settings } from './options.js';
import { EvaluatedPrecondition } from './precondition.js';
import { isProtected } from './protection.js';
import { refusalOf, requiredRefusal } from './refusal.js';
import { requestAborted } from './request-aborted.js';
import { requestName } from './request-name.js';
import type { Held } from './lock/loan.js';
import type { Exchange } from './respond.js';
import { refuse, sendNotModified } from './respond.js';
import { setValidators, setVersionHeaders } from './response-fields.js';

/** Makes the outcome known to `of`, and, unless the provider skipped the request, as `req.precondition`. */
export type Publish = (precondition: EvaluatedPrecondition<ResourceVersion> | undefined) => void;

/** A request whose version is needed. */
export interface Pending {
  readonly exchange: Exchange;
  readonly settings: Settings;
  readonly request: ConditionalRequest;
  readonly kind: Exclude<MethodKind, 'neither'>;
  /** Whether the request is answered 428 when none of its conditions protects it. */
  readonly required: boolean;
  /** The lock of the resource, where one is used. */
  readonly held: Held | undefined;
  readonly publish: Publish;
}

/**
 * Evaluates the request against what the provider returned and prepares the response; true when the handler is to run.
 *
 * @throws {HttpPreconditionsError} for an answer that is none, and when nobody is there any more to answer a write
 */
export function conclude(pending: Pending, answer: ResourceVersion | null): boolean {
  const { exchange, settings, request, kind, held } = pending;
  held?.assertHeld();
  const version = answer === null ? null : checkAnswer(answer, () => providerName(exchange.req));
  if (exchange.res.writableEnded) return false;
  assertSomebodyListens(exchange, kind);
  const { contentCodings } = settings;
  const evaluated = contentCodings === undefined ? request : uncoded(pending, version, contentCodings);
  const decision = evaluate(evaluated, version, settings.policy);
  pending.publish(
    new EvaluatedPrecondition({ request, version: answer, decision, held }, exchange, settings),
  );
  if (decision.outcome === 'failed') {
    refuse(exchange, refusalOf(decision, request), version, settings);
    return false;
  }
  if (kind === 'write') return decision.outcome === 'perform' && concludeWrite(pending, version, decision);
  if (version === null) withoutAutomaticEtag(exchange.res);
  else describeRepresentation(pending, version, decision);
  if (decision.outcome === 'perform') {
    preventLateEvaluation(exchange.req, decision);
    return true;
  }
  sendNotModified(exchange.res);
  return false;
}

/** The request in terms of the tag that the provider knows. A client of a read has to accept the coding that it names. */
function uncoded(
  { exchange: { req }, request, kind }: Pending,
  version: CheckedVersion | null,
  codings: ContentCodings,
): ConditionalRequest {
  if (version?.etag !== undefined) assertNotCoded(version.etag, codings, () => providerName(req));
  return withoutCodings(request, kind === 'read' ? acceptableCodings(req, codings) : codings);
}

function concludeWrite(pending: Pending, version: CheckedVersion | null, decision: Perform): boolean {
  const { exchange, settings, request, required } = pending;
  const handlerAnswers404 = version === null && settings.policy.onMissing === 'perform';
  if (
    required &&
    !handlerAnswers404 &&
    !isProtected({ request, current: version, decision }, settings.requireTag)
  ) {
    refuse(exchange, requiredRefusal(version !== null, request.method), version, settings);
    return false;
  }
  withoutAutomaticEtag(exchange.res);
  return true;
}

/** Sets what a 200 to this read carries and a 304 repeats. */
function describeRepresentation(pending: Pending, version: CheckedVersion, decision: Decision): void {
  const { exchange, settings, request } = pending;
  const { res } = exchange;
  if (settings.headers !== undefined) setVersionHeaders(res, settings.headers);
  if (version.headers !== undefined) setVersionHeaders(res, version.headers);
  setValidators(res, version, request.now);
  if (version.etag === undefined) withoutAutomaticEtag(res);
  const { contentCodings } = settings;
  if (contentCodings !== undefined) describeCoding(exchange, request, version, decision, contentCodings);
}

/** A write is not begun for a client that has left, nor after somebody else has begun to answer. */
function assertSomebodyListens({ req, res }: Exchange, kind: Pending['kind']): void {
  if (res.headersSent) {
    throw new HttpPreconditionsError(
      'ERR_RESPONSE_SENT',
      `The response to ${requestName(req)} was begun by somebody else while the version provider was ` +
        'asked. The request was stopped.',
    );
  }
  if (kind === 'write' && (res.closed || req.socket.destroyed)) {
    throw requestAborted(req);
  }
}
