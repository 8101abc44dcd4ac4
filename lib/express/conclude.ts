import type { IncomingMessage } from 'node:http';
import { evaluate } from '../core/evaluate.js';
import type { MethodKind } from '../core/method.js';
import type { ConditionalRequest, Decision, Perform } from '../core/types.js';
import { HttpPreconditionsError } from '../errors.js';
import type { ResourceVersion } from '../providers/types.js';
import { providerName } from './ask-provider.js';
import type { CheckedVersion } from './check-version.js';
import { checkAnswer } from './check-version.js';
import { tagByCoding } from './coded-representation.js';
import { acceptableCodings, assertNotCoded, heldTag, withoutCodings } from './content-codings.js';
import { preventLateEvaluation } from './late-evaluation.js';
import type { Mounted } from './mounted.js';
import { isObserved, observe } from './observing/observe.js';
import { publish } from './outcome.js';
import { EvaluatedPrecondition } from './precondition.js';
import { isProtected } from './protection.js';
import { refusalOf, requiredRefusal } from './refusal.js';
import { requestAborted } from './request-aborted.js';
import { requestName } from './request-name.js';
import type { Held } from './lock/loan.js';
import type { Exchange } from './exchange.js';
import { refuse, sendNotModified } from './respond.js';
import { fieldsBefore, setValidators, setVersionHeaders } from './response-fields.js';
import type { Description } from './response-fields.js';
import type { Refusal } from './types.js';

/** A request whose version is needed. */
export interface Pending {
  readonly exchange: Exchange;
  readonly mounted: Mounted;
  readonly request: ConditionalRequest;
  readonly kind: Exclude<MethodKind, 'neither'>;
  /** Whether the request is answered 428 when none of its conditions protects it. */
  readonly required: boolean;
  /** The lock of the resource, where one is used. */
  readonly held: Held | undefined;
}

/**
 * Evaluates the request against what the provider returned and prepares the response; true when the handler is to run.
 *
 * @throws {HttpPreconditionsError} for an answer that is none, and when nobody is there any more to answer a write
 */
export function conclude(
  pending: Pending,
  answer: ResourceVersion | null,
  providerDuration: number | undefined,
): boolean {
  const { exchange, mounted, request, kind, held } = pending;
  const { settings } = mounted;
  held?.assertHeld();
  const version = answer === null ? null : checkAnswer(answer, () => providerName(exchange.req));
  if (exchange.res.headersSent) return stopBehind(exchange);
  if (kind === 'write') assertSomebodyListens(exchange);
  const decision = evaluate(withoutItsCodings(pending, version), version, settings.policy);
  if (decision.outcome === 'perform' || settings.respond !== undefined) {
    const described = decision.outcome === 'perform' ? descriptionOf(pending, version) : undefined;
    const evaluated = { kind, request, version: answer, decision, held, described };
    publish(exchange, mounted.owner, new EvaluatedPrecondition(evaluated, exchange, mounted));
  }
  return carryOut(pending, version, decision, providerDuration);
}

/** The version as the response to this read will tell it. */
function descriptionOf(
  { exchange: { res }, mounted: { settings }, request: { now }, kind }: Pending,
  version: CheckedVersion | null,
): Description | undefined {
  if (kind !== 'read' || version === null) return undefined;
  const hasHeaders = settings.headers !== undefined || version.headers !== undefined;
  const before = hasHeaders ? fieldsBefore(res, settings.headers, version.headers) : undefined;
  return { version, now, before };
}

/** True when the handler is to run. */
function carryOut(
  pending: Pending,
  version: CheckedVersion | null,
  decision: Decision,
  providerDuration: number | undefined,
): boolean {
  const { exchange, mounted } = pending;
  const refusal = refusalFor(pending, version, decision);
  if (refusal === undefined) describeRepresentation(pending, version, decision);
  const status = refusal?.status ?? decision.status;
  if (isObserved(mounted)) observe(mounted, { ...pending, version, decision, status, providerDuration });
  if (refusal !== undefined) refuse(exchange, refusal, version, mounted.settings);
  else if (decision.outcome === 'perform') prepareHandler(pending, version, decision);
  else answerNotModified(pending, version);
  return status === undefined;
}

/** The request in terms of the tag that the provider knows. A client of a read has to accept the coding that it names. */
function withoutItsCodings(
  { exchange: { req }, mounted, request, kind }: Pending,
  version: CheckedVersion | null,
): ConditionalRequest {
  const { contentCodings: codings } = mounted.settings;
  if (codings === undefined) return request;
  if (version?.etag !== undefined) assertNotCoded(version.etag, codings, () => providerName(req));
  return withoutCodings(request, kind === 'read' ? acceptableCodings(req, codings) : codings);
}

/** `undefined`: the conditions let the request through, and suffice where some are required. */
function refusalFor(
  { mounted: { settings }, request, required }: Pending,
  version: CheckedVersion | null,
  decision: Decision,
): Refusal | undefined {
  if (decision.outcome === 'failed') return refusalOf(decision, request);
  const handlerAnswers404 = version === null && settings.policy.onMissing === 'perform';
  if (!required || handlerAnswers404 || decision.outcome !== 'perform') return undefined;
  return isProtected({ request, current: version, decision }, settings.requireTag)
    ? undefined
    : requiredRefusal(version !== null, request.method);
}

/** Sets what a 200 to this read carries and a 304 repeats. */
function describeRepresentation(
  { exchange, mounted, request, kind }: Pending,
  version: CheckedVersion | null,
  { outcome }: Decision,
): void {
  if (kind !== 'read' || version === null) return;
  const { res } = exchange;
  const { headers, contentCodings } = mounted.settings;
  if (headers !== undefined) setVersionHeaders(res, headers);
  if (version.headers !== undefined) setVersionHeaders(res, version.headers);
  // A 304 with a tag goes without Last-Modified.
  if (outcome === 'not-modified' && version.etag !== undefined) res.setHeader('ETag', version.etag);
  else setValidators(res, { version, now: request.now });
  if (contentCodings !== undefined) res.vary('Accept-Encoding');
}

function answerNotModified(
  { exchange: { req, res }, mounted, request }: Pending,
  version: CheckedVersion | null,
): void {
  const { contentCodings } = mounted.settings;
  if (version?.etag !== undefined && contentCodings !== undefined)
    res.setHeader('ETag', heldTag(request, version.etag, acceptableCodings(req, contentCodings)));
  sendNotModified(res);
}

function prepareHandler(
  { exchange: { req, res }, mounted, request, kind }: Pending,
  version: CheckedVersion | null,
  decision: Perform,
): void {
  const { contentCodings } = mounted.settings;
  if (kind === 'write') return;
  if (version?.etag !== undefined && contentCodings !== undefined)
    tagByCoding(res, version.etag, contentCodings);
  preventLateEvaluation(req, request.method, decision);
}

/**
 * Somebody else has answered while the provider was asked, or has begun to.
 *
 * @throws {HttpPreconditionsError} ERR_RESPONSE_SENT, unless the answer is complete
 */
function stopBehind({ req, res }: Exchange): false {
  if (res.writableEnded) return false;
  throw new HttpPreconditionsError(
    'ERR_RESPONSE_SENT',
    `The response to ${requestName(req)} was begun by somebody else while the version provider was ` +
      'asked. The request was stopped.',
  );
}

/** A write is not begun for a client that has left. */
function assertSomebodyListens({ req, res }: Exchange): void {
  // A request that was made without a connection has none.
  const { socket } = req as Partial<IncomingMessage>;
  if (res.closed || socket?.destroyed === true) throw requestAborted(req);
}
