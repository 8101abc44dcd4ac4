import type { Feature, Target } from '../../lib/testing/index.js';

/** Everything that a target can say of itself, but that it requires conditions. Nothing is served. */
export const ALL: Omit<Target, 'server'> = {
  path: '/1',
  absentPath: '/none',
  headers: { Authorization: 'Bearer x' },
  etag: 'strong',
  lastModified: true,
  ranges: true,
  writes: {
    methods: ['PUT', 'PATCH', 'DELETE', 'POST'],
    create: () => '/new',
    content: (n) => ({ n }),
    absent: () => '/absent',
    putCreates: true,
    required: false,
  },
};

/** What a target lacks, an id of a case that is about it, and the reason that the case gives. */
interface Lack {
  readonly title: string;
  readonly target: Omit<Target, 'server'>;
  /** What does not lack it. Default: `ALL`. */
  readonly other?: Omit<Target, 'server'>;
  readonly id: string;
  readonly reason: string;
}

function without(...names: readonly (keyof Target)[]): Omit<Target, 'server'> {
  return Object.fromEntries(
    Object.entries(ALL).filter(([name]) => !names.includes(name as keyof Target)),
  ) as unknown as Omit<Target, 'server'>;
}

function withWrites(changes: object): Omit<Target, 'server'> {
  return { ...ALL, writes: { ...ALL.writes!, ...changes } };
}

function claiming(...features: readonly Feature[]): Omit<Target, 'server'> {
  return { ...ALL, features };
}

/** The same, requiring conditions. */
export const REQUIRING: Omit<Target, 'server'> = withWrites({ required: true });

/** Without a way to write. */
export const READABLE: Omit<Target, 'server'> = without('writes');

export const LACKS: readonly Lack[] = [
  { title: 'ETag', target: without('etag'), id: 'if-none-match.current', reason: 'it has no ETag' },
  {
    title: 'a strong ETag',
    target: { ...ALL, etag: 'weak' },
    id: 'read.if-match.current',
    reason: 'it has no strong ETag',
  },
  {
    title: 'Last-Modified',
    target: without('lastModified'),
    id: 'if-modified-since.same',
    reason: 'it has no Last-Modified',
  },
  { title: 'ranges', target: without('ranges'), id: 'if-range.none', reason: 'it serves no ranges' },
  {
    title: 'a path where nothing is',
    target: without('absentPath'),
    id: 'absent.not-found',
    reason: 'no path is named where nothing is',
  },
  {
    title: 'credentials',
    target: { ...ALL, headers: { 'Accept-Language': 'en' } },
    id: 'credentials.first',
    reason: 'it asks for no credentials',
  },
  {
    title: 'credentials for reads',
    target: { ...ALL, publicReads: true },
    id: 'credentials.first',
    reason: 'anybody may read it',
  },
  { title: 'writes', target: READABLE, id: 'put.race', reason: 'it is not to be written' },
  {
    title: 'PATCH',
    target: withWrites({ methods: ['PUT'] }),
    id: 'patch.if-match.star',
    reason: 'it has no PATCH',
  },
  {
    title: 'a path for what is new',
    target: withWrites({ absent: undefined }),
    id: 'put.absent.if-match',
    reason: 'no path is named where nothing is yet',
  },
  {
    title: 'creation by PUT',
    target: withWrites({ putCreates: false }),
    id: 'put.absent.race',
    reason: 'PUT creates nothing',
  },
  {
    title: 'required conditions',
    target: ALL,
    other: REQUIRING,
    id: 'delete.required.none',
    reason: 'it requires no condition',
  },
  {
    title: 'the freedom to write without a tag',
    target: withWrites({ required: 'tag' }),
    id: 'put.if-match.star',
    reason: 'it requires a tag in If-Match',
  },
  {
    title: 'If-Match among its features',
    target: claiming('If-None-Match', 'atomic writes'),
    id: 'put.race',
    reason: 'it does not claim If-Match',
  },
  {
    title: 'atomic writes among its features',
    target: claiming('If-None-Match', 'If-Match'),
    id: 'put.race',
    reason: 'it does not claim atomic writes',
  },
];

/** Each of them is a member of the type, and the type has no other. */
export const FEATURES: Readonly<Record<Feature, true>> = {
  'If-None-Match': true,
  'If-Modified-Since': true,
  'If-Match': true,
  'If-Unmodified-Since': true,
  'If-Range': true,
  '304': true,
  '412': true,
  '428': true,
  'atomic writes': true,
};
