import { type CaseRow, NEEDS } from '../case-row.js';
import { readCases, type ReadRow } from './reads.js';

type Row = Omit<ReadRow, 'features' | 'needs'>;

const DATE_PARSE =
  'Date.parse reads it: it knows forms that HTTP does not, and takes a date without a zone for local time';

const ROWS: readonly Row[] = [
  {
    id: 'if-modified-since.same',
    title: 'GET with Last-Modified in If-Modified-Since is answered 304',
    requirements: ['R-13.1.3-g', 'R-13.1.3-i'],
    level: 'should',
    cause: 'times are compared in milliseconds, of which HTTP knows nothing',
    fields: (known) => [['If-Modified-Since', known.date()]],
    expect: [304],
  },
  {
    id: 'if-modified-since.head',
    title: 'HEAD with Last-Modified in If-Modified-Since is answered 304',
    requirements: ['R-13.1.3-i'],
    level: 'should',
    cause: 'only GET is evaluated',
    method: 'HEAD',
    fields: (known) => [['If-Modified-Since', known.date()]],
    expect: [304],
  },
  {
    id: 'if-modified-since.later',
    title: 'a date after Last-Modified is answered 304',
    requirements: ['R-13.1.3-g'],
    level: 'should',
    cause: 'only the exact date matches',
    fields: (known) => [['If-Modified-Since', known.date(1)]],
    expect: [304],
  },
  {
    id: 'if-modified-since.earlier',
    title: 'a date before Last-Modified is answered 200',
    requirements: ['R-13.1.3-h'],
    cause: 'the comparison is the wrong way round',
    fields: (known) => [['If-Modified-Since', known.date(-1)]],
    expect: [200],
  },
  {
    id: 'if-modified-since.future',
    title: 'a date in the future is as good as any other',
    requirements: ['R-13.1.3-j'],
    level: 'should',
    cause: 'a rule of RFC 2616, which is gone',
    fields: () => [['If-Modified-Since', 'Sat, 01 Jan 2095 00:00:00 GMT']],
    expect: [304],
  },
  {
    id: 'if-modified-since.rfc850',
    title: 'the obsolete form of RFC 850 is understood',
    requirements: ['R-5.6.7-a'],
    cause: 'only one form is read',
    fields: (known) => [['If-Modified-Since', known.rfc850Date()]],
    expect: [304],
  },
  {
    id: 'if-modified-since.asctime',
    title: 'the obsolete form of asctime() is understood, and means UTC',
    requirements: ['R-5.6.7-a', 'R-5.6.7-h'],
    cause: DATE_PARSE,
    fields: (known) => [['If-Modified-Since', known.asctimeDate()]],
    expect: [304],
  },
  {
    id: 'if-modified-since.asctime-earlier',
    title: 'a date before Last-Modified in the form of asctime() is answered 200',
    requirements: ['R-5.6.7-h', 'R-13.1.3-h'],
    cause: DATE_PARSE,
    fields: (known) => [['If-Modified-Since', known.asctimeDate(-1)]],
    expect: [200],
  },
  {
    id: 'if-modified-since.words',
    title: 'what is no date is ignored',
    requirements: ['R-13.1.3-b'],
    cause: 'a date that cannot be read is compared all the same',
    fields: () => [['If-Modified-Since', 'tomorrow']],
    expect: [200],
  },
  {
    id: 'if-modified-since.iso',
    title: 'a date as in ISO 8601 is no HTTP-date, and ignored',
    requirements: ['R-13.1.3-b', 'R-5.6.7-l'],
    cause: DATE_PARSE,
    fields: () => [['If-Modified-Since', '2095-01-01']],
    expect: [200],
  },
  {
    id: 'if-modified-since.zone',
    title: 'a date in another zone than GMT is no HTTP-date, and ignored',
    requirements: ['R-13.1.3-b', 'R-5.6.7-g'],
    cause: DATE_PARSE,
    fields: () => [['If-Modified-Since', 'Sat, 01 Jan 2095 00:00:00 +0100']],
    expect: [200],
  },
  {
    id: 'if-modified-since.impossible-day',
    title: 'a day that does not exist is ignored',
    requirements: ['R-5.6.7-m'],
    level: 'should',
    cause: DATE_PARSE,
    fields: () => [['If-Modified-Since', 'Wed, 31 Feb 2095 00:00:00 GMT']],
    expect: [200],
  },
  {
    id: 'if-modified-since.twice',
    title: 'If-Modified-Since given twice is ignored, or refused as malformed',
    requirements: ['R-13.1.3-c'],
    cause: "Node's req.headers shows only the first of two lines; the raw lines have to be read",
    fields: (known) => [
      ['If-Modified-Since', known.date(1)],
      ['If-Modified-Since', known.date(1)],
    ],
    expect: [200, 400],
  },
  {
    id: 'if-modified-since.empty',
    title: 'an empty If-Modified-Since is ignored',
    requirements: ['R-13.1.3-b'],
    cause: 'an empty date is compared all the same',
    fields: () => [['If-Modified-Since', '']],
    expect: [200],
  },
];

export const IF_MODIFIED_SINCE: readonly CaseRow[] = readCases(
  ROWS.map((row) => ({ ...row, features: ['If-Modified-Since'], needs: [NEEDS.lastModified] })),
);
