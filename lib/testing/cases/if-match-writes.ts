import { type CaseRow, NEEDS } from '../case-row.js';
import { type WriteRow, writeCases } from './writes.js';

const WEAK = 'tags are compared weakly, as for If-None-Match';
const SPLIT = 'the list is split at every comma, also at those between quotes';
const IGNORED =
  'a field that cannot be read is ignored, and with it the protection that the client asked for';
const UNREAD = [412, 400];

const ROWS: readonly WriteRow[] = [
  {
    id: 'if-match.current',
    title: 'with the current tag in If-Match is performed',
    requirements: ['R-13.1.1-h', 'R-13.1.1-c'],
    features: ['If-Match'],
    needs: [NEEDS.strongEtag],
    cause: 'the tag that a read shows is not the one that a write is compared with, or it is weak',
    fields: ({ etag }) => [['If-Match', etag]],
    expect: 'performed',
  },
  {
    id: 'if-match.other',
    title: 'with the tag of another version in If-Match is 412, and changes nothing',
    requirements: ['R-13.1.1-e', 'R-13.2.2-b', 'R-15.5.13-a'],
    features: ['If-Match'],
    cause: 'If-Match is not evaluated, or only after the write',
    fields: ({ other }) => [['If-Match', other]],
    expect: [412],
  },
  {
    id: 'if-match.weak',
    title: 'with a weak tag in If-Match is 412, and changes nothing',
    requirements: ['R-13.1.1-a'],
    features: ['If-Match'],
    cause: WEAK,
    fields: ({ weakened }) => [['If-Match', weakened]],
    expect: [412],
  },
  {
    id: 'if-match.star',
    title: 'with If-Match: * is performed on what exists',
    requirements: ['R-13.1.1-b'],
    features: ['If-Match'],
    needs: [NEEDS.anyCondition],
    cause: '* is compared like a tag',
    fields: () => [['If-Match', '*']],
    expect: 'performed',
  },
  {
    id: 'if-match.list',
    title: 'with the current tag among others in If-Match is performed',
    requirements: ['R-13.1.1-c'],
    features: ['If-Match'],
    needs: [NEEDS.strongEtag],
    cause: 'the whole field is compared with the tag',
    fields: ({ etag, other }) => [['If-Match', `${other}, ${etag}`]],
    expect: 'performed',
  },
  {
    id: 'if-match.lines',
    title: 'with the current tag in the second line of If-Match is performed',
    requirements: ['R-5.2-a'],
    features: ['If-Match'],
    needs: [NEEDS.strongEtag],
    cause: 'only the first line is read',
    fields: ({ etag, other }) => [
      ['If-Match', other],
      ['If-Match', etag],
    ],
    expect: 'performed',
  },
  {
    id: 'if-match.unquoted',
    title: 'with a tag without quotes in If-Match is refused',
    requirements: ['R-8.8.3-i', 'R-13.1.1-d'],
    features: ['If-Match'],
    cause: IGNORED,
    fields: ({ opaque }) => [['If-Match', opaque]],
    expect: UNREAD,
  },
  {
    id: 'if-match.empty',
    title: 'with an empty If-Match is refused',
    requirements: ['R-5.6.1.2-c', 'R-13.1.1-d'],
    features: ['If-Match'],
    cause: 'an empty string is falsy in JavaScript, and an empty field is there all the same',
    fields: () => [['If-Match', '']],
    expect: UNREAD,
  },
  {
    id: 'if-match.star-between-commas',
    title: 'with a tag that has a * between commas in If-Match is 412',
    requirements: ['R-8.8.3-g', 'R-13.1.1-j'],
    features: ['If-Match'],
    cause: SPLIT,
    fields: () => [['If-Match', '"a,*,b"']],
    expect: [412],
  },
  {
    id: 'if-match.quoted-star',
    title: 'with "*" in quotes in If-Match is 412',
    requirements: ['R-13.1.1-j'],
    features: ['If-Match'],
    cause: 'quotes are stripped before the wildcard is looked for',
    fields: () => [['If-Match', '"*"']],
    expect: [412],
  },
  {
    id: 'if-match.star-and-tag',
    title: 'with * beside a tag in If-Match is refused',
    requirements: ['R-13.1.1-i'],
    features: ['If-Match'],
    cause: '* is looked for anywhere in the list',
    fields: () => [['If-Match', '*, "x"']],
    expect: UNREAD,
  },
  {
    id: 'if-match.prefix',
    title: 'with a tag in If-Match that only begins like the current one is 412',
    requirements: ['R-8.8.3.2-c'],
    features: ['If-Match'],
    cause: 'tags are looked for as parts of the field',
    fields: ({ opaque }) => [['If-Match', `"${opaque}0", "0${opaque}"`]],
    expect: [412],
  },
];

export const IF_MATCH_WRITES: readonly CaseRow[] = writeCases(ROWS);
