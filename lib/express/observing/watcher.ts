import type { Request } from 'express';
import type { MethodKind } from '../../core/method.js';
import type { ConditionalRequest, Decision } from '../../core/types.js';
import type { CheckedVersion } from '../check-version.js';
import type { Exchange } from '../exchange.js';
import type { DecisionMessage } from './types.js';

/** What was decided of a request, and from what. */
export interface Decided {
  readonly exchange: Exchange;
  readonly kind: MethodKind;
  readonly request: ConditionalRequest;
  /** `undefined`: the provider was not asked. */
  readonly version: CheckedVersion | null | undefined;
  readonly decision: Decision;
  readonly status: DecisionMessage['status'];
  readonly providerDuration: number | undefined;
}

/** Looks at what becomes of the requests of one middleware. It changes nothing and never throws. */
export interface Watcher {
  /** Called when the provider is asked; what it returns is called when the provider has answered or failed. */
  asked(req: Request): () => void;
  /** Called when the fields of the version are set, and before anything is answered. */
  decided(decided: Decided): void;
}
