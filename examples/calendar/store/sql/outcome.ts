/** Why nothing was written, by what is found afterwards. */
import type { Asserted, WriteResult } from '../types.js';

/** Without an asserted version, any row would have been written: one that is found now was absent at the time. */
export function notWritten<Row>(found: Row | undefined, asserted: Asserted): WriteResult<Row> {
  return { outcome: found === undefined || asserted === undefined ? 'absent' : 'changed' };
}
