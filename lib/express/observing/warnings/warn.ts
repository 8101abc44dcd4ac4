import type { WarningCode } from '../types.js';

export type Warn = (code: WarningCode, text: string) => void;

/** Warns once of each code, and not at all of those to be ignored. */
export function warnOnce(ignored: readonly WarningCode[]): Warn {
  const settled = new Set(ignored);
  return (code, text) => {
    if (settled.has(code)) return;
    settled.add(code);
    const type = 'HttpPreconditionsWarning';
    process.emitWarning(`${text} [${code}: see docs/error-codes.md]`, { type, code });
  };
}
