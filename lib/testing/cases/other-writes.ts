import { type CaseRow, NEEDS } from '../case-row.js';
import { type WriteRow, writeCases } from './writes.js';

const ROWS: readonly WriteRow[] = [
  {
    id: 'if-none-match.star',
    title: 'with If-None-Match: * is 412 where there is something, and changes nothing',
    requirements: ['R-13.1.2-b', 'R-13.1.2-f', 'R-13.1.2-g'],
    features: ['If-None-Match'],
    needs: [],
    cause: 'If-None-Match is evaluated on reads only: two creators overwrite each other',
    fields: () => [['If-None-Match', '*']],
    expect: [412],
  },
  {
    id: 'if-none-match.current',
    title: 'with the current tag in If-None-Match is 412, never 304',
    requirements: ['R-13.1.2-f', 'R-9.3.3-a'],
    features: ['If-None-Match'],
    cause: 'writes are answered like reads',
    fields: ({ etag }) => [['If-None-Match', etag]],
    expect: [412],
  },
  {
    id: 'if-none-match.weak-comparison',
    title: 'with the current tag, but for its weakness, in If-None-Match is 412',
    requirements: ['R-13.1.2-a'],
    features: ['If-None-Match'],
    cause: 'writes compare strongly throughout',
    fields: ({ turned }) => [['If-None-Match', turned]],
    expect: [412],
  },
  {
    id: 'if-none-match.other',
    title: 'with another tag in If-None-Match is performed',
    requirements: ['R-13.1.2-d'],
    features: ['If-None-Match'],

    cause: 'any If-None-Match is taken for *',
    fields: ({ trueCondition, other }) => [...trueCondition, ['If-None-Match', other]],
    expect: 'performed',
  },
  {
    id: 'precedence.both',
    title: 'with the current tag in If-Match and in If-None-Match is 412',
    requirements: ['R-13.2.2-d'],
    features: ['If-Match', 'If-None-Match'],
    needs: [NEEDS.strongEtag],
    cause: 'a true If-Match ends the evaluation',
    fields: ({ etag }) => [
      ['If-Match', etag],
      ['If-None-Match', etag],
    ],
    expect: [412],
  },
  {
    id: 'if-modified-since.ignored',
    title: 'ignores If-Modified-Since',
    requirements: ['R-13.1.3-d'],
    features: ['If-Modified-Since'],
    needs: [],
    cause: 'writes are answered like reads',
    fields: ({ trueCondition }) => [...trueCondition, ['If-Modified-Since', 'Sat, 01 Jan 2095 00:00:00 GMT']],
    expect: 'performed',
  },
  {
    id: 'if-unmodified-since.same',
    title: 'with Last-Modified in If-Unmodified-Since is performed',
    requirements: ['R-13.1.4-d', 'R-13.1.4-g'],
    features: ['If-Unmodified-Since'],
    needs: [NEEDS.lastModified, NEEDS.anyCondition],
    cause: 'times are compared in milliseconds, of which HTTP knows nothing',
    fields: (known) => [['If-Unmodified-Since', known.date()]],
    expect: 'performed',
  },
  {
    id: 'if-unmodified-since.earlier',
    title: 'with a date before Last-Modified in If-Unmodified-Since is 412, and changes nothing',
    requirements: ['R-13.1.4-e', 'R-13.2.2-c'],
    features: ['If-Unmodified-Since'],
    needs: [NEEDS.lastModified, NEEDS.anyCondition],
    cause: 'If-Unmodified-Since is not evaluated',
    fields: (known) => [['If-Unmodified-Since', known.date(-1)]],
    expect: [412],
  },
  {
    id: 'if-unmodified-since.hidden',
    title: 'ignores If-Unmodified-Since beside If-Match',
    requirements: ['R-13.1.4-a', 'R-13.2.2-h'],
    features: ['If-Match', 'If-Unmodified-Since'],
    needs: [NEEDS.strongEtag, NEEDS.lastModified],
    cause: 'both have to be true for a write',
    fields: (known) => [
      ['If-Match', known.etag],
      ['If-Unmodified-Since', known.date(-1)],
    ],
    expect: 'performed',
  },
];

/** Writes under If-None-Match, under dates, and under several conditions at once. */
export const OTHER_WRITES: readonly CaseRow[] = writeCases(ROWS);
