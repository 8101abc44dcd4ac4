import {
  conformance,
  type ConformanceCase,
  type ConformanceError,
  isConformanceError,
  type Target,
} from '../../lib/testing/index.js';

export function caseOf(target: Target, id: string): ConformanceCase {
  const found = conformance(target).find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no case ${id}.`);
  return found;
}

/** `undefined`: the target passes. */
export async function failureOf(target: Target, id: string): Promise<ConformanceError | undefined> {
  try {
    await caseOf(target, id).run();
  } catch (error) {
    if (isConformanceError(error)) return error;
    throw error;
  }
  return undefined;
}
