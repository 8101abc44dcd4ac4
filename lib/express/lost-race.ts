import type { ConditionalRequest, Failed, Perform } from '../core/types.js';

/**
 * The decision that the evaluation would have taken, had it seen what the store saw when it refused the write.
 * `undefined` when no condition was given, so that none can be false.
 */
export function lostRace(decision: Perform, request: ConditionalRequest): Failed | undefined {
  switch (decision.guard) {
    case 'none':
      return undefined;
    case 'absent':
      return failed('If-None-Match', 'exists', 3);
    case 'exists':
    case 'never':
      return failed('If-Match', 'absent', 1);
    case 'version':
      if (request.ifMatch !== undefined) return failed('If-Match', 'no-match', 1);
      if (decision.field === 'If-Unmodified-Since') return failed('If-Unmodified-Since', 'modified', 2);
      return failed('If-None-Match', 'match', 3);
  }
}

function failed(field: Failed['field'], reason: Failed['reason'], step: Failed['step']): Failed {
  return { outcome: 'failed', status: 412, field, reason, step };
}
