import type { PreconditionsOptions, ResourceVersion } from '../../../lib/index.js';
import { parseEntityTag } from '../../../lib/core/index.js';
import { T, T_MINUS_1, T_PLUS_1 } from '../../core/fixtures.js';

type Modified = '' | ` LM=${string}`;

/**
 * The current representation as the requirement table writes it: `∅` there is none, `E-` there is one without a tag,
 * `E"v1"` one with this tag; ` LM=T` adds the date of its last modification.
 */
export type Current = '∅' | `E-${Modified}` | `E${'W/' | ''}"${string}"${Modified}`;

type Blame =
  | `If-Match ${'malformed' | 'empty-list' | 'absent' | 'no-etag' | 'weak-tag' | 'no-match'}`
  | `If-None-Match ${'malformed' | 'match' | 'exists'}`
  | 'If-Unmodified-Since modified';

/**
 * `run`: the handler runs and nothing is changed. `206`: Range is left in force, and the handler honours it. `full`:
 * Range is not in force. A refusal names the field that is false, and why.
 */
export type Expected = 'run' | '206' | 'full' | '304' | '428' | `412 ${Blame}` | `400 ${Blame}`;

/** One row of the requirement table. */
export interface HttpCase {
  readonly id: string;
  readonly title: string;
  /** The method and the field lines, octet by octet (latin1). */
  readonly request: readonly [method: string, ...fieldLines: string[]];
  readonly current: Current;
  readonly options?: PreconditionsOptions;
  readonly expected: Expected;
}

const DATES: Readonly<Record<string, string>> = { T, 'T-1': T_MINUS_1, 'T+1': T_PLUS_1 };

export function versionOf(current: Current): ResourceVersion | null {
  if (current === '∅') return null;
  const [tag = '', date] = current.slice(1).split(' LM=');
  const etag = tag === '-' ? undefined : parseEntityTag(tag);
  if (etag === undefined && tag !== '-') throw new Error(`${tag} is no entity tag`);
  return { etag, lastModified: date === undefined ? undefined : dateOf(date) };
}

/** An IMF-fixdate, which Date reads rightly, or a form with milliseconds where the fraction matters. */
function dateOf(text: string): Date {
  const date = new Date(DATES[text] ?? text);
  if (Number.isNaN(date.getTime())) throw new Error(`${text} is no date`);
  return date;
}
