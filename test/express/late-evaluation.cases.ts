import { T, T_MINUS_1, T_PLUS_1 } from '../core/fixtures.js';
import type { Current } from './conformance/notation.js';

/** A read that is to be performed, although Express, which evaluates later and more laxly, would answer it otherwise. */
export interface LateCase {
  readonly title: string;
  readonly fields: readonly string[];
  readonly current: Current;
}

export const PERFORMED_READS: readonly LateCase[] = [
  { title: 'an ISO date', fields: ['If-Modified-Since: 2020-01-01'], current: 'E- LM=T' },
  {
    title: 'an ISO date beside a tag',
    fields: ['If-Modified-Since: 2099-01-01T00:00:00Z'],
    current: 'E"a" LM=T',
  },
  {
    title: 'a date in another zone',
    fields: ['If-Modified-Since: Tue, 15 Nov 1994 12:45:26 EST'],
    current: 'E- LM=T',
  },
  {
    title: 'a date that is given twice',
    fields: Array<string>(2).fill(`If-Modified-Since: ${T_PLUS_1}`),
    current: 'E- LM=T',
  },
  {
    title: 'an empty If-None-Match before a date',
    fields: ['If-None-Match:', `If-Modified-Since: ${T}`],
    current: 'E"a" LM=T',
  },
  {
    title: 'a malformed If-None-Match before a date',
    fields: ['If-None-Match: ,', `If-Modified-Since: ${T}`],
    current: 'E- LM=T',
  },
  { title: 'a tag that holds a comma, listed in parts', fields: ['If-None-Match: "x,a"'], current: 'EW/"a"' },
  {
    title: 'a malformed If-None-Match that contains the tag',
    fields: ['If-None-Match: x, "a"'],
    current: 'E"a"',
  },
  { title: 'the wildcard beside the tag', fields: ['If-None-Match: *, "a"'], current: 'E"a"' },
  { title: 'If-Match: * without a tag', fields: ['If-Match: *'], current: 'E-' },
  { title: 'If-Match: * with a weak tag', fields: ['If-Match: *'], current: 'EW/"a"' },
  { title: 'an If-Match whose tag holds a comma', fields: ['If-Match: "a,b"'], current: 'E"a,b"' },
  { title: 'an If-Match on two lines', fields: ['If-Match: "z"', 'If-Match: "a"'], current: 'E"a"' },
  {
    title: 'If-Unmodified-Since without Last-Modified',
    fields: [`If-Unmodified-Since: ${T}`],
    current: 'E"a"',
  },
  {
    title: 'an If-Unmodified-Since that is an ISO date',
    fields: ['If-Unmodified-Since: 1990-01-01'],
    current: 'E- LM=T',
  },
  {
    title: 'an If-Unmodified-Since that is given twice',
    fields: Array<string>(2).fill(`If-Unmodified-Since: ${T_MINUS_1}`),
    current: 'E"a" LM=T',
  },
  {
    title: 'a true If-Match before a late If-Unmodified-Since',
    fields: ['If-Match: "a"', `If-Unmodified-Since: ${T_MINUS_1}`],
    current: 'E"a" LM=T',
  },
];
