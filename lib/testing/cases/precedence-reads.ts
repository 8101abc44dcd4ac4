import { type CaseRow, NEEDS } from '../case-row.js';
import { readCases, type ReadRow } from './reads.js';

const BOTH = [NEEDS.etag, NEEDS.lastModified];
const PRESENCE =
  'the date counts although a tag is given: the presence of the tag hides it, also when it does not match';

const ROWS: readonly ReadRow[] = [
  {
    id: 'precedence.none-match-over-modified-since',
    title: 'If-Modified-Since is ignored beside an If-None-Match that does not match',
    requirements: ['R-13.1.3-a', 'R-13.2.2-h'],
    features: ['If-None-Match', 'If-Modified-Since'],
    needs: BOTH,
    cause: PRESENCE,
    fields: (known) => [
      ['If-None-Match', known.other],
      ['If-Modified-Since', known.date()],
    ],
    expect: [200],
  },
  {
    id: 'precedence.none-match-alone-decides',
    title: 'If-None-Match that matches is 304, whatever If-Modified-Since says',
    requirements: ['R-13.1.3-a', 'R-13.2.2-d'],
    features: ['If-None-Match', 'If-Modified-Since'],
    needs: BOTH,
    cause: 'both have to match for a 304',
    fields: (known) => [
      ['If-None-Match', known.etag],
      ['If-Modified-Since', known.date(-1)],
    ],
    expect: [304],
  },
  {
    id: 'precedence.empty-none-match',
    title: 'If-Modified-Since is ignored beside an empty If-None-Match',
    requirements: ['R-5.6.1.2-c', 'R-13.1.3-a'],
    features: ['If-None-Match', 'If-Modified-Since'],
    needs: BOTH,
    cause: 'an empty string is falsy in JavaScript, and an empty field is there all the same',
    fields: (known) => [
      ['If-None-Match', ''],
      ['If-Modified-Since', known.date()],
    ],
    expect: [200],
  },
  {
    id: 'precedence.match-over-none-match',
    title: 'a false If-Match is 412 although If-None-Match would be 304',
    requirements: ['R-13.2.2-b'],
    features: ['If-Match', 'If-None-Match'],
    cause: 'If-None-Match is evaluated first',
    fields: ({ etag, other }) => [
      ['If-Match', other],
      ['If-None-Match', etag],
    ],
    expect: [412],
  },
  {
    id: 'precedence.none-match-after-match',
    title: 'after a true If-Match, If-None-Match is evaluated, too',
    requirements: ['R-13.2.2-d'],
    features: ['If-Match', 'If-None-Match'],
    needs: [NEEDS.strongEtag],
    cause: 'a true If-Match ends the evaluation',
    fields: ({ etag }) => [
      ['If-Match', etag],
      ['If-None-Match', etag],
    ],
    expect: [304],
  },
  {
    id: 'precedence.modified-since-after-match',
    title: 'after a true If-Match, If-Modified-Since is evaluated, too',
    requirements: ['R-13.2.2-e'],
    features: ['If-Match', 'If-Modified-Since'],
    needs: [NEEDS.strongEtag, NEEDS.lastModified],
    cause: 'a true If-Match ends the evaluation',
    fields: (known) => [
      ['If-Match', known.etag],
      ['If-Modified-Since', known.date()],
    ],
    expect: [304],
  },
  {
    id: 'precedence.match-over-unmodified-since',
    title: 'If-Unmodified-Since is ignored beside a true If-Match',
    requirements: ['R-13.1.4-a', 'R-13.2.2-h'],
    features: ['If-Match', 'If-Unmodified-Since'],
    needs: [NEEDS.strongEtag, NEEDS.lastModified],
    cause: PRESENCE,
    fields: (known) => [
      ['If-Match', known.etag],
      ['If-Unmodified-Since', known.date(-1)],
    ],
    expect: [200],
  },
  {
    id: 'precedence.unmodified-since-over-none-match',
    title: 'a false If-Unmodified-Since is 412 although If-None-Match would be 304',
    requirements: ['R-13.2.2-c'],
    features: ['If-Unmodified-Since', 'If-None-Match'],
    needs: BOTH,
    cause: 'If-None-Match is evaluated first',
    fields: (known) => [
      ['If-Unmodified-Since', known.date(-1)],
      ['If-None-Match', known.etag],
    ],
    expect: [412],
  },
];

export const PRECEDENCE_READS: readonly CaseRow[] = readCases(ROWS);
