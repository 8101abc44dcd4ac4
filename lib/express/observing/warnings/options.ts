import { isTimeLimit } from '../../time-limit.js';
import type { WarningOptions } from '../types.js';

export const WARNINGS =
  'true, false, or { slowProvider, ignore } with a number from 1 on and a list of codes';

export function isWarningsOption(value: unknown): value is boolean | WarningOptions {
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean';
  return Object.entries(value).every(
    ([name, member]) =>
      member === undefined ||
      (name === 'slowProvider' && isTimeLimit(member)) ||
      // Which codes there are is left to the type checker: in production the list need not be there.
      (name === 'ignore' && Array.isArray(member)),
  );
}
