import { type CaseRow, NEEDS } from '../case-row.js';
import { readCases, type ReadRow } from './reads.js';

type Row = Omit<ReadRow, 'features' | 'needs'>;

const ROWS: readonly Row[] = [
  {
    id: 'read.if-unmodified-since.same',
    title: 'GET with Last-Modified in If-Unmodified-Since is answered 200',
    requirements: ['R-13.1.4-d'],
    cause: 'times are compared in milliseconds, of which HTTP knows nothing',
    fields: (known) => [['If-Unmodified-Since', known.date()]],
    expect: [200],
  },
  {
    id: 'read.if-unmodified-since.earlier',
    title: 'GET with a date before Last-Modified in If-Unmodified-Since is answered 412',
    requirements: ['R-13.1.4-e', 'R-13.1.4-f'],
    cause: 'If-Unmodified-Since is evaluated on writes only, or not at all',
    fields: (known) => [['If-Unmodified-Since', known.date(-1)]],
    expect: [412],
  },
  {
    id: 'read.if-unmodified-since.invalid',
    title: 'an If-Unmodified-Since that is no HTTP-date is ignored',
    requirements: ['R-13.1.4-b'],
    cause: 'a date that cannot be read is compared all the same, or Date.parse reads what HTTP does not know',
    fields: () => [['If-Unmodified-Since', '1995-01-01']],
    expect: [200],
  },
  {
    id: 'read.if-unmodified-since.twice',
    title: 'If-Unmodified-Since given twice is ignored, or refused as malformed',
    requirements: ['R-13.1.4-b'],
    cause: "Node's req.headers shows only the first of two lines; the raw lines have to be read",
    fields: (known) => [
      ['If-Unmodified-Since', known.date(-1)],
      ['If-Unmodified-Since', known.date(-1)],
    ],
    expect: [200, 400],
  },
];

export const IF_UNMODIFIED_SINCE_READS: readonly CaseRow[] = readCases(
  ROWS.map((row) => ({ ...row, features: ['If-Unmodified-Since'], needs: [NEEDS.lastModified] })),
);
