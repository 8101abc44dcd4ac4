import { type CaseRow, NEEDS } from '../case-row.js';
import type { Feature } from '../types.js';
import { readCases, type ReadRow } from './reads.js';

type Row = Omit<ReadRow, 'features'>;

const RANGE = ['Range', 'bytes=0-0'] as const;
const TAGS = [NEEDS.ranges, NEEDS.etag];
const STRONG = [NEEDS.ranges, NEEDS.strongEtag];
const DATES = [NEEDS.ranges, NEEDS.lastModified];
const SEND =
  'the package `send`, which express.static uses, looks for the tag anywhere in the field, and compares dates with <=';

const ROWS: readonly Row[] = [
  {
    id: 'if-range.none',
    title: 'a range without a condition is answered 206',
    requirements: ['R-14.2-c'],
    level: 'may',
    needs: [NEEDS.ranges],
    cause: 'the resource serves no ranges: leave `ranges` out of the target',
    fields: () => [RANGE],
    expect: [206],
  },
  {
    id: 'if-range.current',
    title: 'If-Range with the current strong tag is answered 206',
    requirements: ['R-13.1.5-d', 'R-13.1.5-h'],
    level: 'should',
    needs: STRONG,
    cause: 'If-Range always takes the range away',
    fields: ({ etag }) => [RANGE, ['If-Range', etag]],
    expect: [206],
  },
  {
    id: 'if-range.other',
    title: 'If-Range with another tag is answered with the whole content',
    requirements: ['R-13.1.5-g'],
    needs: TAGS,
    cause: 'If-Range is not evaluated: a client then puts together parts of two versions',
    fields: ({ other }) => [RANGE, ['If-Range', other]],
    expect: [200],
  },
  {
    id: 'if-range.weak',
    title: 'a weak tag in If-Range never matches',
    requirements: ['R-13.1.5-d'],
    needs: TAGS,
    cause: SEND,
    fields: ({ weakened }) => [RANGE, ['If-Range', weakened]],
    expect: [200],
  },
  {
    id: 'if-range.list',
    title: 'a list in If-Range is malformed, and answered with the whole content',
    requirements: ['R-13.1.5-a'],
    needs: STRONG,
    cause: SEND,
    fields: ({ etag, other }) => [RANGE, ['If-Range', `${other}, ${etag}`]],
    expect: [200],
  },
  {
    id: 'if-range.later-date',
    title: 'a date in If-Range that is not the exact one is answered with the whole content',
    requirements: ['R-13.1.5-e'],
    needs: DATES,
    cause: SEND,
    fields: (known) => [RANGE, ['If-Range', known.date(1)]],
    expect: [200],
  },
  {
    id: 'if-range.not-modified-first',
    title: 'If-None-Match that matches is 304, also for a range',
    requirements: ['R-13.2.2-f', 'R-14.2-c'],
    needs: STRONG,
    cause: 'ranges are served before conditions are evaluated',
    fields: ({ etag }) => [RANGE, ['If-None-Match', etag], ['If-Range', etag]],
    expect: [304],
  },
  {
    id: 'if-range.without-range',
    title: 'If-Range without Range is ignored',
    requirements: ['R-13.1.5-b'],
    needs: TAGS,
    cause: 'If-Range is taken for If-Match',
    fields: ({ other }) => [['If-Range', other]],
    expect: [200],
  },
  {
    id: 'if-range.failed-first',
    title: 'a false If-Match is 412, also for a range',
    requirements: ['R-13.1.1-m'],
    needs: TAGS,
    cause: 'ranges are served before conditions are evaluated',
    fields: ({ other }) => [RANGE, ['If-Match', other]],
    expect: [412],
  },
];

/** Beside If-Range itself. */
const OTHER_FEATURES: Readonly<Record<string, readonly Feature[]>> = {
  'if-range.not-modified-first': ['If-Range', 'If-None-Match'],
  'if-range.failed-first': ['If-Match'],
};

export const IF_RANGE: readonly CaseRow[] = readCases(
  ROWS.map((row) => ({ ...row, features: OTHER_FEATURES[row.id] ?? ['If-Range'] })),
);
