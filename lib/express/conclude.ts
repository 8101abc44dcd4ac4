import { evaluate } from '../core/evaluate.js';
import type { MethodKind } from '../core/method.js';
import type { ConditionalRequest, NotModified, Perform } from '../core/types.js';
import { HttpPreconditionsError } from '../errors.js';
import type { ResourceVersion } from '../providers/types.js';
import { providerName } from './ask-provider.js';
import type { CheckedVersion } from './check-version.js';
import { checkAnswer } from './check-version.js';
import { tagByCoding } from './coded-representation.js';
import { acceptableCodings, assertNotCoded, heldTag, withoutCodings } from './content-codings.js';
import type { ContentCodings } from './content-codings.js';
import { preventLateEvaluation } from './late-evaluation.js';
import type { Mounted } from './options.js';
import { publish } from './outcome.js';
import { EvaluatedPrecondition } from './precondition.js';
import { isProtected } from './protection.js';
import { refusalOf, requiredRefusal } from './refusal.js';
import { requestAborted } from './request-aborted.js';
import { requestName } from './request-name.js';
import type { Held } from './lock/loan.js';
import type { Exchange } from './exchange.js';
import { refuse, sendNotModified } from './respond.js';
import { setValidators, setVersionHeaders } from './response-fields.js';
import { withoutAutomaticEtag } from './response-rules.js';

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
export function conclude(pending: Pending, answer: ResourceVersion | null): boolean {
  const { exchange, mounted, request, kind, held } = pending;
  const { settings } = mounted;
  held?.assertHeld();
  const version = answer === null ? null : checkAnswer(answer, () => providerName(exchange.req));
  if (exchange.res.writableEnded) return false;
  assertSomebodyListens(exchange, kind);
  const { contentCodings } = settings;
  const plain = contentCodings === undefined ? request : uncoded(pending, version, contentCodings);
  const decision = evaluate(plain, version, settings.policy);
  if (decision.outcome === 'perform' || settings.respond !== undefined) {
    const described = kind === 'read' && decision.outcome === 'perform' ? version : undefined;
    const evaluated = { request, version: answer, decision, held, described };
    publish(exchange.req, mounted.owner, new EvaluatedPrecondition(evaluated, exchange, mounted));
  }
  if (decision.outcome === 'failed') {
    refuse(exchange, refusalOf(decision, request), version, settings);
    return false;
  }
  if (kind === 'read') return concludeRead(pending, version, decision);
  return decision.outcome === 'perform' && concludeWrite(pending, version, decision);
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
  const { exchange, mounted, request, required } = pending;
  const { settings } = mounted;
  const handlerAnswers404 = version === null && settings.policy.onMissing === 'perform';
  if (
    required &&
    !handlerAnswers404 &&
    !isProtected({ request, current: version, decision }, settings.requireTag)
  ) {
    refuse(exchange, requiredRefusal(version !== null, request.method), version, settings);
    return false;
  }
  withoutAutomaticEtag(exchange.req);
  return true;
}

function concludeRead(
  pending: Pending,
  version: CheckedVersion | null,
  decision: Perform | NotModified,
): boolean {
  const { exchange, mounted, request } = pending;
  const { req, res } = exchange;
  const { contentCodings } = mounted.settings;
  if (version !== null) describeRepresentation(pending, version);
  if (decision.outcome === 'not-modified') {
    if (version?.etag !== undefined && contentCodings !== undefined)
      res.setHeader('ETag', heldTag(request, version.etag, acceptableCodings(req, contentCodings)));
    sendNotModified(res);
    return false;
  }
  if (version?.etag === undefined) withoutAutomaticEtag(req);
  else if (contentCodings !== undefined) tagByCoding(res, version.etag, contentCodings);
  preventLateEvaluation(req, decision);
  return true;
}

/** Sets what a 200 to this read carries and a 304 repeats. */
function describeRepresentation({ exchange, mounted, request }: Pending, version: CheckedVersion): void {
  const { res } = exchange;
  const { headers, contentCodings } = mounted.settings;
  if (headers !== undefined) setVersionHeaders(res, headers);
  if (version.headers !== undefined) setVersionHeaders(res, version.headers);
  setValidators(res, { version, now: request.now });
  if (contentCodings !== undefined) res.vary('Accept-Encoding');
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
