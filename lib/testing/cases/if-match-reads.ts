import { type CaseRow, NEEDS } from '../case-row.js';
import { readCases, type ReadRow } from './reads.js';

type Row = Omit<ReadRow, 'features'>;

const ROWS: readonly Row[] = [
  {
    id: 'read.if-match.current',
    title: 'GET with the current strong tag in If-Match is answered 200',
    requirements: ['R-13.1.1-c'],
    needs: [NEEDS.strongEtag],
    cause: 'If-Match is taken for If-None-Match',
    fields: ({ etag }) => [['If-Match', etag]],
    expect: [200],
  },
  {
    id: 'read.if-match.other',
    title: 'GET with the tag of another version in If-Match is answered 412',
    requirements: ['R-13.1.1-f', 'R-13.2.2-b'],
    cause: 'If-Match is evaluated on writes only; a range request under If-Match then mixes two versions',
    fields: ({ other }) => [['If-Match', other]],
    expect: [412],
  },
  {
    id: 'read.if-match.head',
    title: 'HEAD with the tag of another version in If-Match is answered 412',
    requirements: ['R-13.1.1-f'],
    cause: 'only GET is evaluated',
    method: 'HEAD',
    fields: ({ other }) => [['If-Match', other]],
    expect: [412],
  },
  {
    id: 'read.if-match.weak',
    title: 'a weak tag never satisfies If-Match',
    requirements: ['R-13.1.1-a', 'R-8.8.3.2-a'],
    cause: 'tags are compared weakly, as for If-None-Match',
    fields: ({ weakened }) => [['If-Match', weakened]],
    expect: [412],
  },
  {
    id: 'read.if-match.star',
    title: 'GET with If-Match: * is answered 200 where there is a representation',
    requirements: ['R-13.1.1-b'],
    needs: [],
    cause: '* is compared like a tag',
    fields: () => [['If-Match', '*']],
    expect: [200],
  },
  {
    id: 'read.if-match.lines',
    title: 'several lines of If-Match are one list',
    requirements: ['R-5.2-a', 'R-13.1.1-c'],
    needs: [NEEDS.strongEtag],
    cause: 'only the first line is read',
    fields: ({ etag, other }) => [
      ['If-Match', other],
      ['If-Match', etag],
    ],
    expect: [200],
  },
];

export const IF_MATCH_READS: readonly CaseRow[] = readCases(
  ROWS.map((row) => ({ needs: [NEEDS.etag], ...row, features: ['If-Match'] })),
);
