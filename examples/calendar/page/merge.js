/** A three-way merge, field by field. */
import { draftFrom, FIELDS } from './event.js';

/** @import { Draft, FieldName } from './event.js' */
/** @typedef {'nobody' | 'them' | 'you' | 'both' | 'both alike'} Changer Seen by the one whose save was refused. */

/**
 * @param {string} was
 * @param {string} theirs
 * @param {string} yours
 * @returns {Changer}
 */
export function changedBy(was, theirs, yours) {
  if (yours === was) return theirs === was ? 'nobody' : 'them';
  if (theirs === was) return 'you';
  return theirs === yours ? 'both alike' : 'both';
}

/**
 * A field that one of the two has changed gets what they have made of it; one that both have changed keeps yours, and is named.
 *
 * @param {Draft} was
 * @param {Draft} theirs
 * @param {Draft} yours
 * @returns {{ readonly draft: Draft, readonly conflicts: readonly FieldName[] }}
 */
export function merge(was, theirs, yours) {
  /** @param {FieldName} name */
  const changer = (name) => changedBy(was[name], theirs[name], yours[name]);
  return {
    draft: draftFrom((name) => (changer(name) === 'them' ? theirs[name] : yours[name])),
    conflicts: FIELDS.map(({ name }) => name).filter((name) => changer(name) === 'both'),
  };
}
