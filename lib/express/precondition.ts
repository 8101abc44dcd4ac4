import type { MethodKind } from '../core/method.js';
import type { ConditionalRequest, Decision } from '../core/types.js';
import { HttpPreconditionsError } from '../errors.js';
import type { ResourceVersion } from '../providers/types.js';
import { checkVersion } from './check-version.js';
import type { Mounted } from './mounted.js';
import { announce } from './observing/announce.js';
import type { Settings } from './options.js';
import { lostRace } from './protection.js';
import { refusalOf } from './refusal.js';
import type { Held } from './lock/loan.js';
import type { Exchange, Owned } from './exchange.js';
import { refuse } from './respond.js';
import { setValidators, withdrawVersion } from './response-fields.js';
import type { Description } from './response-fields.js';
import type { ResponseRules } from './response-rules.js';
import type { Guard, Precondition } from './types.js';

/** What is known of an evaluated request. */
export interface Evaluated<V extends ResourceVersion> {
  readonly kind: MethodKind;
  readonly request: ConditionalRequest;
  /** What the provider returned; `undefined` when it was not asked. */
  readonly version: V | null | undefined;
  readonly decision: Decision;
  readonly held?: Held | undefined;
  /** What is set on the response of the version. */
  readonly described?: Description | undefined;
}

/** `req.precondition`; what `Precondition` does not name is for the middleware. */
export class EvaluatedPrecondition<V extends ResourceVersion>
  implements Precondition<V>, Owned, ResponseRules
{
  readonly version: V | null | undefined;
  readonly decision: Decision;
  readonly request: ConditionalRequest;
  readonly owner: symbol;
  noAutomaticEtag: boolean;
  /** Whether the handler has asked what its write must assert, or has said that the store refused it. */
  guardIsUsed = false;
  readonly #held: Held | undefined;
  readonly #exchange: Exchange;
  readonly #settings: Settings;
  /** That of a middleware before this one. */
  readonly #outer: Partial<ResponseRules> | undefined;
  #description: Description | undefined;

  constructor(evaluated: Evaluated<V>, exchange: Exchange, mounted: Mounted) {
    const { kind, version, decision, request, held, described } = evaluated;
    this.version = version;
    this.decision = decision;
    this.request = request;
    this.owner = mounted.owner;
    this.noAutomaticEtag = kind !== 'neither' && described?.version.etag === undefined;
    this.#held = held;
    this.#exchange = exchange;
    this.#settings = mounted.settings;
    this.#outer = exchange.outer as Partial<ResponseRules> | undefined;
    this.#description = described;
  }

  /** A cache might keep a failure by the fields of the version, and ask for it by its tag. */
  onFailure(): void {
    if (this.#description !== undefined)
      withdrawVersion(this.#exchange.res, this.#description, this.#settings);
    this.#outer?.onFailure?.();
  }

  get exists(): boolean | undefined {
    return this.version === undefined ? undefined : this.version !== null;
  }

  get signal(): AbortSignal | undefined {
    return this.#held?.signal();
  }

  get guard(): Guard<V> {
    this.guardIsUsed = true;
    const kind = this.decision.outcome === 'perform' ? this.decision.guard : 'never';
    // The evaluation asks for a version only where it was given one.
    return kind === 'version' ? { kind, version: this.version as V } : { kind };
  }

  updated(version: ResourceVersion): void {
    this.#assertNothingSent('updated');
    const checked = checkVersion(version, () => 'req.precondition.updated() was given');
    if (this.request.method === 'DELETE') return;
    this.#description = { version: checked, now: this.#settings.now() };
    setValidators(this.#exchange.res, this.#description);
  }

  /** @param cause what the store threw, for the error that explains a misuse */
  fail(cause?: unknown): void {
    this.#assertNothingSent('fail');
    const { decision, request, version: current = null } = this;
    const failed = decision.outcome === 'perform' ? lostRace({ request, current, decision }) : undefined;
    if (failed === undefined) throw noPrecondition(cause);
    this.guardIsUsed = true;
    this.noAutomaticEtag = true;
    const { status } = failed;
    announce(this.#exchange, { decision: failed, status, providerDuration: undefined, lostRace: true });
    // The version that was evaluated is known to be outdated, so there is no tag to expose.
    refuse(this.#exchange, refusalOf(failed, request), null, this.#settings);
  }

  #assertNothingSent(method: string): void {
    if (!this.#exchange.res.headersSent) return;
    throw new HttpPreconditionsError(
      'ERR_RESPONSE_SENT',
      `req.precondition.${method}() was called after the header section of the response was sent. ` +
        'Call it before res.json or res.send, and return after it.',
    );
  }
}

function noPrecondition(cause: unknown): HttpPreconditionsError {
  return new HttpPreconditionsError(
    'ERR_NO_PRECONDITION',
    'req.precondition.fail() was called, or a PreconditionFailedError thrown, for a request without a precondition that ' +
      'could be false. Answer 409 when an ' +
      'unconditional write (guard.kind is "none") meets a conflict, and 404 when the resource is gone.',
    cause === undefined ? {} : { cause },
  );
}
