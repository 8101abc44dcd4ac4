import { T, T_MINUS_1, T_PLUS_1 } from '../../core/fixtures.js';
import type { HttpCase } from './notation.js';

/** Section D4 of the requirement table. */
export const IF_UNMODIFIED_SINCE: readonly HttpCase[] = [
  {
    id: 'R-13.1.4-a',
    title: 'it is ignored beside a true If-Match',
    request: ['PUT', 'If-Match: "x"', `If-Unmodified-Since: ${T_MINUS_1}`],
    current: 'E"x" LM=T',
    expected: 'run',
  },
  {
    id: 'R-13.1.4-a',
    title: 'it does not heal a malformed If-Match',
    request: ['PUT', 'If-Match: x', `If-Unmodified-Since: ${T}`],
    current: 'E"x" LM=T',
    expected: '412 If-Match malformed',
  },
  {
    id: 'R-13.1.4-b',
    title: 'it is ignored when it is no HTTP-date',
    request: ['PUT', 'If-Unmodified-Since: 1990-01-01'],
    current: 'E- LM=T',
    expected: 'run',
  },
  {
    id: 'R-13.1.4-b',
    title: 'it is ignored when it is empty',
    request: ['PUT', 'If-Unmodified-Since:'],
    current: 'E- LM=T',
    expected: 'run',
  },
  {
    id: 'R-13.1.4-b',
    title: 'it is ignored when it is given twice',
    request: ['PUT', `If-Unmodified-Since: ${T_MINUS_1}`, `If-Unmodified-Since: ${T_MINUS_1}`],
    current: 'E- LM=T',
    expected: 'run',
  },
  {
    id: 'R-13.1.4-c',
    title: 'it is ignored when no modification date is known',
    request: ['PUT', `If-Unmodified-Since: ${T}`],
    current: 'E"x"',
    expected: 'run',
  },
  {
    id: 'R-13.1.4-c',
    title: 'it is ignored where nothing exists',
    request: ['PUT', `If-Unmodified-Since: ${T}`],
    current: '∅',
    expected: 'run',
  },
  {
    id: 'R-13.1.4-d',
    title: 'it is true for the date of the last modification',
    request: ['PUT', `If-Unmodified-Since: ${T}`],
    current: 'E- LM=T',
    expected: 'run',
  },
  {
    id: 'R-13.1.4-d',
    title: 'it is true for a later date',
    request: ['PUT', `If-Unmodified-Since: ${T_PLUS_1}`],
    current: 'E- LM=T',
    expected: 'run',
  },
  {
    id: 'R-13.1.4-e',
    title: 'it is false for an earlier date, and nothing is deleted',
    request: ['DELETE', `If-Unmodified-Since: ${T_MINUS_1}`],
    current: 'E- LM=T',
    expected: '412 If-Unmodified-Since modified',
  },
  {
    id: 'R-13.1.4-f',
    title: 'a GET is answered 412',
    request: ['GET', `If-Unmodified-Since: ${T_MINUS_1}`],
    current: 'E- LM=T',
    expected: '412 If-Unmodified-Since modified',
  },
  {
    id: 'R-13.1.4-f',
    title: 'a HEAD is answered 412',
    request: ['HEAD', `If-Unmodified-Since: ${T_MINUS_1}`],
    current: 'E- LM=T',
    expected: '412 If-Unmodified-Since modified',
  },
  {
    id: 'R-13.1.4-g',
    title: 'a PATCH whose condition is true is performed once',
    request: ['PATCH', `If-Unmodified-Since: ${T}`],
    current: 'E- LM=T',
    expected: 'run',
  },
];
