import type { Answer } from './types.js';

/** What a check has found: an answer that is not what was expected. The engine adds what it means. */
export class Mismatch extends Error {
  readonly answer: Answer | undefined;
  readonly expected: string;

  constructor(answer: Answer | undefined, expected: string, found?: string) {
    super(found ?? `expected ${expected}`);
    this.answer = answer;
    this.expected = expected;
  }
}
