import type { Writes } from '../../testing/index.js';
import { isFunction, Members } from './members.js';
import { COMMON, commonOf } from './methods.js';

/**
 * What a JavaScript file exports, if it says how to write.
 *
 * @throws {UsageError} that says what is wrong, and what was expected
 */
export function writesExported(file: string, exported: unknown): Writes {
  const members = new Members(file, exported, [...COMMON, 'create', 'remove', 'content', 'absent']);
  commonOf(members);
  members.required('create', 'a function that makes a resource and returns its path', isFunction);
  members.required('content', 'a function of a number and a method that returns content', isFunction);
  members.optional('remove', 'a function that takes the resource of a path away', isFunction);
  members.optional('absent', 'a function that returns a path at which there is nothing', isFunction);
  return exported as Writes;
}
