/** The client, as the type checker sees it. Nothing here runs. */
import { expectTypeOf } from 'expect-type';
import {
  type ClientError,
  type ClientErrorCode,
  type ClientOptions,
  type ConditionalClient,
  conditionalClient,
  type Copy,
  type CopyStore,
  type GaveUpError,
  isClientError,
  isGaveUpError,
  isNetworkError,
  isOutcomeUnknownError,
  isPreconditionFailedError,
  isPreconditionRequiredError,
  isResponseError,
  isWeakTagError,
  memoryStore,
  type Modified,
  modify,
  type ModifyOptions,
  type NetworkError,
  type OutcomeUnknownError,
  parseCopy,
  type PreconditionFailedError,
  type PreconditionRequiredError,
  type PutOptions,
  rememberMembers,
  type RequestOptions,
  type ResponseError,
  type Retrieved,
  serializeCopy,
  UNCHANGED,
  watch,
  type WatchOptions,
  type WeakTagError,
  webStorageStore,
  type WriteOptions,
  type Written,
} from 'http-preconditions/client';
import type { EntityTag } from 'http-preconditions/core';

interface Note {
  text: string;
  stars: number;
}

// Every option, with every kind of value that it takes.
conditionalClient();
conditionalClient({});
const client = conditionalClient({
  baseUrl: new URL('https://x.test/'),
  fetch: (url, init) => fetch(url, { ...init, credentials: 'include' }),
  headers: async () => ({ Authorization: 'Bearer x' }),
  store: memoryStore({ maxCopies: 10 }),
  etagMember: 'etag',
  members: rememberMembers((data) =>
    (data as { id: string }[]).map((item) => ({ url: item.id, data: item })),
  ),
  ifMatch: 'weak',
});
conditionalClient({ baseUrl: '/api/', headers: [['X-A', 'a']], fetch });
conditionalClient({ headers: new Headers() });
expectTypeOf(client).toEqualTypeOf<ConditionalClient>();
expectTypeOf<keyof ClientOptions>().toEqualTypeOf<
  'baseUrl' | 'fetch' | 'headers' | 'store' | 'etagMember' | 'members' | 'ifMatch'
>();
expectTypeOf<keyof ConditionalClient>().toEqualTypeOf<
  'get' | 'put' | 'update' | 'patch' | 'remove' | 'post'
>();

// @ts-expect-error -- misspelt
conditionalClient({ baseURL: '/api/' });
// @ts-expect-error -- 'strong' or 'weak'
conditionalClient({ ifMatch: '"1"' });
// @ts-expect-error -- a store has three methods
conditionalClient({ store: { get: () => undefined } });
// @ts-expect-error -- a function of data is made one by rememberMembers
conditionalClient({ members: (data: unknown) => data });
// @ts-expect-error -- a Response, not its content
conditionalClient({ fetch: async () => 'text' });

// What is read has the type that its caller names.
expectTypeOf(client.get('/note')).toEqualTypeOf<Promise<Retrieved<unknown>>>();
expectTypeOf(client.get<Note>(new URL('https://x.test/'))).toEqualTypeOf<Promise<Retrieved<Note>>>();
expectTypeOf<Retrieved<Note>>().toEqualTypeOf<{
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly data: Note;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: EntityTag | undefined;
  readonly notModified: boolean;
}>();
expectTypeOf<keyof RequestOptions>().toEqualTypeOf<'signal' | 'headers'>();
declare const signal: AbortSignal | undefined;
void client.get('/note', { signal, headers: { 'X-A': 'a' } });
// @ts-expect-error -- conditions are those of the copy
void client.get('/note', { ifNoneMatch: '"1"' });
// @ts-expect-error -- a read is based on nothing
void client.get('/note', { ifMatch: '"1"' });
// @ts-expect-error -- there is no such method
void client.head('/note');
// @ts-expect-error -- a URL
void client.get(7);

// What is written is anything, and the reply has the type that its caller names.
declare const read: Retrieved<Note>;
expectTypeOf(client.put('/note', {})).toEqualTypeOf<Promise<Written<unknown>>>();
expectTypeOf(client.put<Note>('/note', read.data, { basedOn: read })).toEqualTypeOf<Promise<Written<Note>>>();
expectTypeOf(client.update<Note>('/note', 'text', { ifMatch: '*' })).toEqualTypeOf<Promise<Written<Note>>>();
expectTypeOf(client.patch<Note>('/note', null, { ifMatch: ['"1"', '"2"'] })).toEqualTypeOf<
  Promise<Written<Note>>
>();
expectTypeOf(client.remove<Note>('/note', { ifMatch: '"1"' })).toEqualTypeOf<Promise<Written<Note>>>();
expectTypeOf(client.post<Note>('/notes', new FormData(), {})).toEqualTypeOf<Promise<Written<Note>>>();
void client.put('/note', {}, { createOnly: true });
expectTypeOf<Written<Note>>().toEqualTypeOf<{
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly data: Note;
  readonly etag: EntityTag | undefined;
  readonly needsRefetch: boolean;
}>();
expectTypeOf<keyof WriteOptions>().toEqualTypeOf<'signal' | 'headers' | 'ifMatch' | 'basedOn'>();
expectTypeOf<keyof PutOptions>().toEqualTypeOf<keyof WriteOptions | 'createOnly'>();

// @ts-expect-error -- a tag is text
void client.put('/note', {}, { ifMatch: 1 });
// @ts-expect-error -- whoever names a tag has one
void client.put('/note', {}, { ifMatch: undefined });
// @ts-expect-error -- a tag that was read may be missing
void client.put('/note', {}, { ifMatch: read.etag });
// @ts-expect-error -- a list of tags
void client.put('/note', {}, { ifMatch: ['"1"', undefined] });
// @ts-expect-error -- what `get` has returned, not its data
void client.put('/note', {}, { basedOn: read.data });
// @ts-expect-error -- content is missing
void client.put('/note');
// @ts-expect-error -- an update creates nothing
void client.update('/note', {}, { createOnly: true });
// @ts-expect-error -- a PATCH creates nothing
void client.patch('/note', {}, { createOnly: true });
// @ts-expect-error -- a DELETE has no content
void client.remove('/note', {}, { ifMatch: '*' });
// @ts-expect-error -- not an option
void client.put('/note', {}, { ifNoneMatch: '*' });
// @ts-expect-error -- misspelt
void client.put('/note', {}, { createonly: true });

// A change gets the data, and may return anything.
declare const reader: Pick<ConditionalClient, 'get'>;
declare const editor: Pick<ConditionalClient, 'get' | 'put' | 'patch'>;
expectTypeOf(modify<Note>(client, '/note', (data) => ({ ...data, stars: data.stars + 1 }))).toEqualTypeOf<
  Promise<Modified<Note>>
>();
expectTypeOf(modify(client, '/note', (data: Note) => data)).toEqualTypeOf<Promise<Modified<Note>>>();
expectTypeOf(modify(client, '/note', () => UNCHANGED)).toEqualTypeOf<Promise<Modified<unknown>>>();
void modify<Note>(client, '/note', async (data, current) => {
  expectTypeOf(data).toEqualTypeOf<Note>();
  expectTypeOf(current).toEqualTypeOf<Retrieved<Note>>();
  return data.stars > 5 ? UNCHANGED : data;
});
void modify<Note>(editor, '/note', (data) => data, {
  attempts: 3,
  method: 'PATCH',
  delay: (attempt) => attempt * 100,
  applied: (current, sent) => (current.text === sent ? true : undefined),
  signal,
  headers: {},
});
expectTypeOf<Modified<Note>>().toExtend<Written<Note>>();
expectTypeOf<Modified<Note>['attempts']>().toEqualTypeOf<number>();
expectTypeOf<keyof ModifyOptions<Note>>().toEqualTypeOf<
  'signal' | 'headers' | 'attempts' | 'method' | 'delay' | 'applied'
>();
expectTypeOf<ModifyOptions<Note>['method']>().toEqualTypeOf<'PUT' | 'PATCH' | undefined>();
// @ts-expect-error -- what is applied to is what was read
void modify<Note>(client, '/note', (data: { other: string }) => data);
// @ts-expect-error -- the tag is that of the read
void modify<Note>(client, '/note', (data) => data, { ifMatch: '*' });
// @ts-expect-error -- a DELETE changes nothing
void modify<Note>(client, '/note', (data) => data, { method: 'DELETE' });
// @ts-expect-error -- milliseconds, known at once
void modify<Note>(client, '/note', (data) => data, { delay: async () => 1 });
// @ts-expect-error -- it needs both ways of writing
void modify<Note>(reader, '/note', (data) => data);

// States come one by one.
expectTypeOf(watch<Note>(client, '/note')).toEqualTypeOf<AsyncGenerator<Retrieved<Note>, void, undefined>>();
watch(reader, '/note', { interval: 1000, since: read, signal, headers: {} });
watch(client, '/note', {
  onError: (error) => expectTypeOf(error).toEqualTypeOf<NetworkError | ResponseError>(),
});
expectTypeOf<keyof WatchOptions>().toEqualTypeOf<'signal' | 'headers' | 'interval' | 'since' | 'onError'>();
// @ts-expect-error -- what `get` has returned, not its tag
watch(client, '/note', { since: '"1"' });

// Stores.
expectTypeOf(memoryStore()).toEqualTypeOf<CopyStore>();
declare const localStorage: {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  clear(): void;
};
expectTypeOf(webStorageStore(localStorage, { prefix: 'x:' })).toEqualTypeOf<CopyStore>();
const texts = new Map<string, string>();
const own: CopyStore = {
  get: async (url) => parseCopy(texts.get(url) ?? ''),
  set: (url, copy) => void texts.set(url, serializeCopy(copy)),
  delete: async (url) => void texts.delete(url),
};
conditionalClient({ store: own });
expectTypeOf(own.get('/note')).toEqualTypeOf<Copy | undefined | Promise<Copy | undefined>>();
// @ts-expect-error -- a number of copies
memoryStore({ maxCopies: '10' });
// @ts-expect-error -- not a storage
webStorageStore(new Map<string, string>());

// Members of lists.
rememberMembers(() => undefined);
rememberMembers(function* generate(data, url) {
  expectTypeOf(data).toEqualTypeOf<unknown>();
  yield { url, data, complete: true };
});
// @ts-expect-error -- the data is missing
rememberMembers(() => [{ url: '/note' }]);
// @ts-expect-error -- known at once
rememberMembers(async () => []);

// The guards tell errors apart, and what they carry.
declare const error: unknown;
if (isClientError(error)) expectTypeOf(error).toEqualTypeOf<ClientError>();
if (isClientError(error)) expectTypeOf(error.code).toEqualTypeOf<ClientErrorCode>();
if (isResponseError(error)) expectTypeOf(error).toEqualTypeOf<ResponseError>();
if (isResponseError(error)) expectTypeOf(error.response).toEqualTypeOf<Response>();
if (isResponseError(error)) expectTypeOf(error.data).toEqualTypeOf<unknown>();
if (isResponseError<Note>(error)) expectTypeOf(error.data).toEqualTypeOf<Note>();
if (isPreconditionFailedError(error)) expectTypeOf(error).toEqualTypeOf<PreconditionFailedError>();
if (isPreconditionFailedError<Note>(error)) expectTypeOf(error.data).toEqualTypeOf<Note>();
if (isPreconditionRequiredError(error)) expectTypeOf(error).toEqualTypeOf<PreconditionRequiredError>();
if (isPreconditionRequiredError<Note>(error)) expectTypeOf(error.data).toEqualTypeOf<Note>();
if (isWeakTagError(error)) expectTypeOf(error).toEqualTypeOf<WeakTagError>();
if (isNetworkError(error)) expectTypeOf(error).toEqualTypeOf<NetworkError>();
if (isGaveUpError(error)) expectTypeOf(error).toEqualTypeOf<GaveUpError>();
if (isGaveUpError(error)) expectTypeOf(error.outcome).toEqualTypeOf<'not-written' | 'unknown'>();
if (isGaveUpError(error)) expectTypeOf(error.last).toEqualTypeOf<Retrieved<unknown> | undefined>();
if (isOutcomeUnknownError(error)) expectTypeOf(error).toEqualTypeOf<OutcomeUnknownError>();
if (isOutcomeUnknownError(error)) expectTypeOf(error.sent).toEqualTypeOf<unknown>();
// @ts-expect-error -- no error has a status: it is that of the response
if (isResponseError(error)) void error.status;
// @ts-expect-error -- there is no such code
if (isClientError(error) && error.code === 'ERR_SOMETHING') throw error;
