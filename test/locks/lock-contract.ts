/** What every lock promises, and the holders that tests of locks work with. */
import { describe, test } from '@jest/globals';
import type { Lock } from '../../lib/index.js';
import { lockContract } from '../../lib/testing/index.js';

export { expectHeldNext, expectHeldTogether, Holder } from '../../lib/testing/contracts/holder.js';

/** @param make a lock that nobody else uses, at the start of a test */
export function describeLock(name: string, make: () => Lock): void {
  describe(`The contract of a lock: ${name}`, () => {
    test.each(lockContract(make))('$title', ({ run }) => run());
  });
}
