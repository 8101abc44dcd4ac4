import { type CaseRow, NEEDS } from '../case-row.js';
import { readCases, type ReadRow } from './reads.js';

type Row = Omit<ReadRow, 'features'>;

const FRESH_NO_CACHE =
  'the package `fresh`, which Express uses, gives up on a request that says no-cache, as every `fetch` with a condition does';
const SPLIT = 'the list is split at every comma, also at those between quotes';

const ROWS: readonly Row[] = [
  {
    id: 'if-none-match.current',
    title: 'GET with the current tag in If-None-Match is answered 304',
    requirements: ['R-13.1.2-e', 'R-13.1.2-a'],
    cause:
      'the tag is not compared, or it changes with each answer (a clock or a random number in the content)',
    fields: ({ etag }) => [['If-None-Match', etag]],
    expect: [304],
  },
  {
    id: 'if-none-match.head',
    title: 'HEAD with the current tag in If-None-Match is answered 304',
    requirements: ['R-13.1.2-e', 'R-13.2.1-i'],
    cause: 'only GET is evaluated',
    method: 'HEAD',
    fields: ({ etag }) => [['If-None-Match', etag]],
    expect: [304],
  },
  {
    id: 'if-none-match.weak-comparison',
    title: 'If-None-Match compares weakly: W/ on one side only makes no difference',
    requirements: ['R-13.1.2-a', 'R-8.8.3.2-b'],
    cause: 'tags are compared as strings; a proxy that compresses then makes every 304 impossible',
    fields: ({ turned }) => [['If-None-Match', turned]],
    expect: [304],
  },
  {
    id: 'if-none-match.other',
    title: 'GET with the tag of another version is answered 200',
    requirements: ['R-13.1.2-d'],
    cause: 'the presence of the field is taken for a match',
    fields: ({ other }) => [['If-None-Match', other]],
    expect: [200],
  },
  {
    id: 'if-none-match.list',
    title: 'a list that has the current tag among others is answered 304',
    requirements: ['R-13.1.2-c'],
    cause: 'the whole field is compared with the tag',
    fields: ({ etag, other }) => [['If-None-Match', `${other}, "x", ${etag}`]],
    expect: [304],
  },
  {
    id: 'if-none-match.long-list',
    title: 'a list of fifty tags, the last of them current, is answered 304',
    requirements: ['R-13.1.2-c', 'R-9111-4.3.2-a'],
    cause: 'the number of tags is limited; a cache sends those of all its copies',
    fields: ({ etag }) => [
      ['If-None-Match', [...Array.from({ length: 49 }, (_, n) => `"x${n}"`), etag].join(', ')],
    ],
    expect: [304],
  },
  {
    id: 'if-none-match.lines',
    title: 'several lines of If-None-Match are one list',
    requirements: ['R-5.2-a'],
    cause: 'only the first line is read',
    fields: ({ etag, other }) => [
      ['If-None-Match', other],
      ['If-None-Match', etag],
    ],
    expect: [304],
  },
  {
    id: 'if-none-match.empty-members',
    title: 'empty members and white space in a list count for nothing',
    requirements: ['R-5.6.1.2-a', 'R-5.6.1.2-b'],
    cause: 'the list is split at ", " and its members are not trimmed',
    fields: ({ etag }) => [['If-None-Match', `,, "x"\t,${etag} ,`]],
    expect: [304],
  },
  {
    id: 'if-none-match.comma',
    title: 'a comma between quotes belongs to the tag',
    requirements: ['R-8.8.3-g'],
    cause: SPLIT,
    fields: ({ etag }) => [['If-None-Match', `"a,b", ${etag}`]],
    expect: [304],
  },
  {
    id: 'if-none-match.star-between-commas',
    title: 'a * between the quotes of a tag is no wildcard',
    requirements: ['R-8.8.3-g', 'R-13.1.2-k'],
    cause: SPLIT,
    fields: () => [['If-None-Match', '"a,*,b"']],
    expect: [200],
  },
  {
    id: 'if-none-match.star',
    title: 'GET with If-None-Match: * is answered 304 where there is a representation',
    requirements: ['R-13.1.2-b'],
    cause: '* is compared like a tag',
    fields: () => [['If-None-Match', '*']],
    expect: [304],
  },
  {
    id: 'if-none-match.quoted-star',
    title: '"*" in quotes is a tag like any other',
    requirements: ['R-13.1.2-k'],
    cause: 'quotes are stripped before the wildcard is looked for',
    fields: () => [['If-None-Match', '"*"']],
    expect: [200],
  },
  {
    id: 'if-none-match.star-and-tag',
    title: '* beside a tag is malformed, and a malformed If-None-Match does not make a 304',
    requirements: ['R-13.1.2-i'],
    level: 'should',
    cause: '* is looked for anywhere in the list',
    fields: () => [['If-None-Match', '*, "x"']],
    expect: [200, 400],
  },
  {
    id: 'if-none-match.unquoted',
    title: 'a tag without its quotes matches nothing',
    requirements: ['R-8.8.3-i'],
    level: 'should',
    cause: 'quotes are stripped before tags are compared',
    fields: ({ opaque }) => [['If-None-Match', opaque]],
    expect: [200, 400],
  },
  {
    id: 'if-none-match.lower-case-w',
    title: 'w/ in lower case is no weakness mark',
    requirements: ['R-8.8.3-d'],
    level: 'should',
    cause: 'the field is lower-cased, or the mark is stripped without regard to case',
    fields: ({ opaque }) => [['If-None-Match', `w/"${opaque}"`]],
    expect: [200, 400],
  },
  {
    id: 'if-none-match.prefix',
    title: 'a tag that only begins like the current one does not match',
    requirements: ['R-8.8.3.2-c'],
    cause: 'tags are looked for as parts of the field',
    fields: ({ opaque }) => [['If-None-Match', `"${opaque}0", "0${opaque}"`]],
    expect: [200],
  },
  {
    id: 'if-none-match.no-cache',
    title: 'Cache-Control: no-cache in the request does not prevent a 304',
    requirements: ['R-13.1.2-h', 'R-9111-5.2.1-a'],
    cause: FRESH_NO_CACHE,
    fields: ({ etag }) => [
      ['If-None-Match', etag],
      ['Cache-Control', 'no-cache'],
    ],
    expect: [304],
  },
  {
    id: 'if-none-match.unterminated',
    title: 'a quote that is left open is no error of the server, and no match',
    requirements: ['R-8.8.3-a'],
    level: 'should',
    cause: 'the parser throws, or the rest of the field is taken for a tag',
    fields: ({ etag }) => [['If-None-Match', etag.slice(0, -1)]],
    expect: [200, 400],
  },
  {
    id: 'if-none-match.octets',
    title: 'octets above 0x7F in a tag are data like any other',
    requirements: ['R-8.8.3-h'],
    cause: 'the field is decoded as UTF-8, or refused',
    fields: ({ etag }) => [['If-None-Match', `"\xE9\xFF", ${etag}`]],
    expect: [304],
  },
  {
    id: 'if-none-match.unknown-condition',
    title: 'an unknown field If-… changes nothing',
    requirements: ['R-13.2.1-k'],
    cause: 'every field that begins with If- is taken for a known one',
    fields: () => [['If-Something-Else', '"x"']],
    expect: [200],
  },
];

export const IF_NONE_MATCH: readonly CaseRow[] = readCases(
  ROWS.map((row) => ({ needs: [NEEDS.etag], ...row, features: ['If-None-Match'] })),
);
