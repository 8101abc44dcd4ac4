/** Stryker first runs all tests without a mutant, to see which of them meet which. */
export function isMutantActive() {
  return process.env['__STRYKER_ACTIVE_MUTANT__'] !== undefined;
}
