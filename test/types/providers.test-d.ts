// What providers may look like, and what their versions are typed as. Nothing here runs: see handlers.test-d.ts.
import type { Stats } from 'node:fs';
import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { expectTypeOf } from 'expect-type';
import type { Request } from 'express';
import {
  firstOf,
  fromBody,
  fromMembers,
  fromStat,
  fromTimestamp,
  fromVersion,
  preconditions,
  SKIP,
  strong,
  weak,
  when,
} from 'http-preconditions';
import type {
  EntityTag,
  PreconditionsMiddleware,
  ProviderAnswer,
  ResourceProvider,
  ResourceVersion,
  StrongEntityTag,
  VersionHeaders,
  VersionOf,
  VersionProvider,
  WeakEntityTag,
} from 'http-preconditions';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly savedAt: Date;
}
interface Feed {
  readonly name: string;
  readonly changes: bigint;
}
declare function find(id: string | undefined): Promise<Row | null>;
declare const rows: Map<string, Row>;
declare const feed: Feed;
declare const lazyQuery: PromiseLike<Row | null>;
declare const maybe: boolean;
// oxlint-disable-next-line typescript/no-explicit-any -- what database libraries return
declare const anything: any;

// Tags are their own types: the quotes are part of them.
expectTypeOf(strong('v1')).toEqualTypeOf<StrongEntityTag>();
expectTypeOf(weak(7n)).toEqualTypeOf<WeakEntityTag>();
expectTypeOf<Parameters<typeof strong>>().toEqualTypeOf<[opaqueTag: string | number | bigint]>();
expectTypeOf<Parameters<typeof weak>>().toEqualTypeOf<[opaqueTag: string | number | bigint]>();
expectTypeOf<EntityTag>().toEqualTypeOf<`"${string}"` | `W/"${string}"`>();
expectTypeOf<ResourceVersion['etag']>().toEqualTypeOf<EntityTag | undefined>();
expectTypeOf<ResourceVersion['lastModified']>().toEqualTypeOf<Date | undefined>();
expectTypeOf<ResourceVersion['headers']>().toEqualTypeOf<VersionHeaders | undefined>();
// @ts-expect-error -- a version column that may be missing
strong(rows.get('a')?.version);
expectTypeOf<ResourceVersion['lastModifiedIsWeak']>().toEqualTypeOf<boolean | undefined>();
// @ts-expect-error -- a date is for fromTimestamp
strong(new Date());

// Versions as they may be written by hand.
preconditions(() => ({ etag: '"v1"' }));
preconditions(() => ({ etag: 'W/"v1"', lastModified: new Date(), lastModifiedIsWeak: true }));
preconditions(async () => ({ headers: { 'Cache-Control': 'no-cache', Vary: 'Accept' } }));
preconditions(() => ({}));
preconditions(() => null);
preconditions(() => SKIP);
preconditions(() => lazyQuery.then((row) => row && { etag: strong(row.version) }));
preconditions(async (req) => {
  if (req.path === '/') return SKIP;
  const row = await find(req.params['id']);
  return row === null ? null : { etag: strong(row.version), row };
});

// And as they may not.
// @ts-expect-error -- the double quotes are part of an entity tag
preconditions(() => ({ etag: 'v1' }));
// @ts-expect-error -- the same, later
preconditions(async () => ({ etag: 'v1' }));
// @ts-expect-error -- the weakness mark is W/
preconditions(() => ({ etag: 'w/"v1"' }));
// @ts-expect-error -- any text may come without quotes
preconditions((req) => ({ etag: req.path }));
// @ts-expect-error -- a date in text
preconditions(() => ({ etag: '"v1"', lastModified: 'Tue, 15 Nov 1994 12:45:26 GMT' }));
// @ts-expect-error -- no member of a version at all
preconditions(() => ({ tag: '"v1"' }));
// @ts-expect-error -- a tag alone is no version
preconditions(() => strong(1));
// @ts-expect-error -- a 304 repeats four fields only
preconditions(() => ({ etag: '"v1"', headers: { 'Content-Type': 'text/plain' } }));
// @ts-expect-error -- a field value is text
preconditions(() => ({ etag: '"v1"', headers: { Vary: ['Accept'] } }));
// @ts-expect-error -- undefined is no answer
preconditions(() => undefined);
// @ts-expect-error -- the return has been forgotten
preconditions(() => {});
// @ts-expect-error -- the same, later
preconditions(async () => {});
// @ts-expect-error -- the return has been forgotten on one path
preconditions((req) => {
  if (req.path === '/') return { etag: strong(1) };
});
// @ts-expect-error -- a lookup that needs `?? null`
preconditions((req) => rows.get(req.path) && { etag: strong(1) });
// @ts-expect-error -- false is no answer
preconditions((req) => req.path === '/' && { etag: strong(1) });
// @ts-expect-error -- not a function
preconditions({ etag: '"v1"' });

// A provider may say which parameters its route has; without saying so they are all text.
preconditions((req: Request<{ id: string }>) => ({ etag: strong(req.params.id) }));
preconditions((req: Request) => ({ etag: strong(req.path) }));
preconditions((req) => {
  expectTypeOf(req).toEqualTypeOf<Request<Record<string, string>>>();
  return null;
});
// @ts-expect-error -- another parameter than the route of this provider has
preconditions((req: Request<{ id: string }>) => ({ etag: strong(req.params.name) }));
const annotated: VersionProvider = (req) => (req.path === '/' ? SKIP : { etag: '"v1"' });
expectTypeOf(preconditions(annotated)).toEqualTypeOf<PreconditionsMiddleware>();
// A wrapper of one's own keeps the type.
function protect<A extends ProviderAnswer>(provider: VersionProvider<A>): PreconditionsMiddleware<A> {
  return preconditions(provider, { required: ['PUT'] });
}
expectTypeOf(protect(() => ({ etag: '"v1"', n: 1 }))).toEqualTypeOf<
  PreconditionsMiddleware<{ etag: '"v1"'; n: number }>
>();

// The ready-made ones: selectors see the resource alone, answers carry it.
const byVersion = fromVersion(
  (req: Request<{ id: string }>) => find(req.params.id),
  (row) => {
    expectTypeOf(row).toEqualTypeOf<Row>();
    return row.version;
  },
);
expectTypeOf(byVersion).toEqualTypeOf<ResourceProvider<Row | null, { id: string }>>();
expectTypeOf<Awaited<ReturnType<typeof byVersion>>>().toEqualTypeOf<VersionOf<Row> | null>();
expectTypeOf<Parameters<typeof byVersion.versionOf>>().toEqualTypeOf<[resource: Row]>();
expectTypeOf<ReturnType<typeof byVersion.versionOf>>().toEqualTypeOf<VersionOf<Row>>();
expectTypeOf<VersionOf<Row>['resource']>().toEqualTypeOf<Row>();
// @ts-expect-error -- null has no version
byVersion.versionOf(null);
expectTypeOf(preconditions(byVersion)).toEqualTypeOf<PreconditionsMiddleware<VersionOf<Row> | null>>();

const skipsSome = fromVersion(
  async (req) => (req.path === '/' ? SKIP : await find('a')),
  (row) => [row.id, row.version, 1n],
);
expectTypeOf(skipsSome).toEqualTypeOf<ResourceProvider<Row | null | typeof SKIP>>();
expectTypeOf(preconditions(skipsSome)).toEqualTypeOf<
  PreconditionsMiddleware<VersionOf<Row> | null | typeof SKIP>
>();
fromVersion(
  () => lazyQuery,
  (row) => row.version,
);
fromVersion(
  () => lazyQuery,
  // @ts-expect-error -- a date is no version
  (row) => row.savedAt,
);
fromVersion(
  (req) => find(req.params['id']),
  // @ts-expect-error -- a column that may be missing
  (row) => (row as Partial<Row>).version,
);

const byTime = fromTimestamp(
  () => lazyQuery,
  (row) => row.savedAt,
  { strong: true },
);
expectTypeOf(byTime).toEqualTypeOf<ResourceProvider<Row | null>>();
fromTimestamp(
  () => lazyQuery,
  // @ts-expect-error -- the time in milliseconds is no Date
  (row) => row.savedAt.getTime(),
);
fromTimestamp(
  () => lazyQuery,
  (row) => row.savedAt,
  // @ts-expect-error -- there is no such option
  { weak: true },
);

expectTypeOf(fromBody(async () => ({ text: 'x' }))).toEqualTypeOf<ResourceProvider<{ text: string }>>();
// @ts-expect-error -- there is no such option
fromBody(() => 'x', { weak: false });

expectTypeOf(fromStat((req: Request<{ name: string }>) => stat(req.params.name))).toEqualTypeOf<
  ResourceProvider<Stats | null, { name: string }>
>();
expectTypeOf(fromStat(async (req) => (req.path === '/' ? SKIP : await stat(req.path)))).toEqualTypeOf<
  ResourceProvider<Stats | null | typeof SKIP>
>();
// @ts-expect-error -- statSync without a throw gives undefined
fromStat(() => statSync('x', { throwIfNoEntry: false }));
// @ts-expect-error -- bigint status has no tag
fromStat(() => statSync('x', { bigint: true }));

const byMembers = fromMembers(
  async (): Promise<readonly Row[] | null> => [],
  (member) => {
    expectTypeOf(member).toEqualTypeOf<Row>();
    return [member.id, member.version];
  },
);
expectTypeOf(preconditions(byMembers)).toEqualTypeOf<
  PreconditionsMiddleware<VersionOf<readonly Row[]> | null>
>();
fromMembers(
  () => [...rows.values()],
  // @ts-expect-error -- what identifies a member belongs to it
  (member) => member.version,
);

// A loader that may return undefined is found out at the latest where its provider is mounted.
const mayMiss = fromVersion(
  (req) => rows.get(req.path),
  ({ version }) => version,
);
// @ts-expect-error -- a lookup that needs `?? null`
preconditions(mayMiss);
// @ts-expect-error -- the same elsewhere
when(/x/, mayMiss);
// @ts-expect-error -- the same elsewhere
firstOf(mayMiss);
// @ts-expect-error -- the same without a selector
preconditions(fromBody((req) => rows.get(req.path)));
// @ts-expect-error -- the same, later
preconditions(fromBody(async (req) => rows.get(req.path)));
// @ts-expect-error -- the return has been forgotten
preconditions(fromBody(() => {}));
// @ts-expect-error -- the same, later
preconditions(fromBody(async () => {}));
// A loader of any type, as the row of many a database library, is believed.
expectTypeOf(fromBody(() => anything).versionOf(1).resource).toBeAny();
preconditions(fromBody(() => anything));

// Together: the handler sees the union of the versions; parameters must suit them all.
const byFeed = fromVersion(
  () => feed,
  ({ changes }) => changes,
);
const together = firstOf(when(/^\/events\/[^/]+$/, byVersion), when(/^\/events$/, byFeed));
expectTypeOf<Awaited<ReturnType<typeof together>>>().toEqualTypeOf<
  VersionOf<Row> | VersionOf<Feed> | null | typeof SKIP
>();
// Neither may be handed the request of a route without the parameter that one of them needs.
expectTypeOf(together).parameter(0).toExtend<Request<{ id: string }>>();
expectTypeOf(together).parameter(0).not.toBeAny();
expectTypeOf<Parameters<typeof together>[0]['params']>().toEqualTypeOf<
  { id: string } & Record<string, string>
>();
expectTypeOf(preconditions(together)).toEqualTypeOf<
  PreconditionsMiddleware<VersionOf<Row> | VersionOf<Feed> | null | typeof SKIP>
>();
firstOf(
  byVersion,
  byFeed,
  () => ({ etag: '"v1"' }),
  async () => null,
);
firstOf(
  () => SKIP,
  () => ({ etag: strong(1) }),
);
expectTypeOf(firstOf(annotated, annotated)).toExtend<VersionProvider>();
expectTypeOf(when(() => true, byVersion)).toEqualTypeOf<
  VersionProvider<VersionOf<Row> | null | typeof SKIP, { id: string }>
>();
// @ts-expect-error -- undefined is no answer
firstOf(byVersion, () => undefined);
// @ts-expect-error -- the double quotes are part of an entity tag
firstOf(byVersion, () => ({ etag: 'v1' }));
// @ts-expect-error -- undefined is no answer
when(/x/, () => (maybe ? undefined : null));
// @ts-expect-error -- a text is no condition
when('/events', byVersion);
