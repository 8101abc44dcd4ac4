// The test kit, as the type checker sees it. Nothing here runs: see handlers.test-d.ts.
import { expectTypeOf } from 'expect-type';
import express, { type Request } from 'express';
import { fromVersion, memoryLock } from 'http-preconditions';
import type { EntityTag } from 'http-preconditions/core';
import {
  type Answer,
  type Api,
  conformance,
  type ConformanceCase,
  type ConformanceError,
  type ContractCase,
  etagOf,
  type Feature,
  ifMatch,
  ifNoneMatch,
  isConformanceError,
  type Level,
  lockContract,
  notModified,
  preconditionFailed,
  preconditionRequired,
  type ProbeOptions,
  providerContract,
  type ProviderUnderTest,
  type ResponseLike,
  type Target,
  targetOf,
  type Writes,
} from 'http-preconditions/testing';
import request from 'supertest';

const app = express();

// A target is an app, a server, a URL or what `targetOf` has found; its writes see an API to send requests to.
expectTypeOf(conformance({ server: app, path: '/notes/1' })).toEqualTypeOf<ConformanceCase[]>();
expectTypeOf(targetOf(new URL('https://x.test/notes/1'), { headers: { A: 'b' } })).toEqualTypeOf<
  Promise<Target>
>();
conformance({
  server: 'https://x.test/',
  path: '/notes/1',
  etag: 'weak',
  lastModified: true,
  features: ['304', 'If-None-Match'],
  writes: {
    methods: ['PUT'],
    create: async (api) => {
      expectTypeOf(api).toEqualTypeOf<Api>();
      const answer = await api.send('POST', '/notes', [['Prefer', 'return=minimal']], { text: 'new' });
      expectTypeOf(answer).toEqualTypeOf<Answer>();
      return answer.field('Location') ?? '';
    },
    content: (n, method) => ({ text: `${method} ${n}` }),
    required: 'tag',
  },
});
expectTypeOf<keyof Target>().toEqualTypeOf<
  | 'server'
  | 'path'
  | 'absentPath'
  | 'headers'
  | 'publicReads'
  | 'etag'
  | 'lastModified'
  | 'ranges'
  | 'features'
  | 'writes'
  | 'timeout'
>();
expectTypeOf<keyof Writes>().toEqualTypeOf<
  'methods' | 'create' | 'remove' | 'content' | 'absent' | 'putCreates' | 'required'
>();
expectTypeOf<keyof ProbeOptions>().toEqualTypeOf<'headers' | 'timeout' | 'absentPath'>();
expectTypeOf<Level>().toEqualTypeOf<'must' | 'should' | 'may'>();

// @ts-expect-error -- the path of a resource is missing
conformance({ server: app });
// @ts-expect-error -- whether it compares strongly, not the tag itself
conformance({ server: app, path: '/', etag: '"1"' });
// @ts-expect-error -- no such feature
conformance({ server: app, path: '/', features: ['409'] });
// @ts-expect-error -- what is to be written is missing
conformance({ server: app, path: '/', writes: { methods: ['PUT'], create: () => '/notes/2' } });
// @ts-expect-error -- a target is known later
conformance(targetOf('https://x.test/'));
// @ts-expect-error -- misspelt
void targetOf('https://x.test/', { header: {} });
// @ts-expect-error -- misspelt
expectTypeOf<Feature>().toExtend<'if-match'>();

// A case says by itself whether it applies.
declare const oneCase: ConformanceCase;
expectTypeOf(oneCase.applies).toEqualTypeOf<boolean>();
expectTypeOf(oneCase.reason).toEqualTypeOf<string | undefined>();
expectTypeOf(oneCase.run).toEqualTypeOf<() => Promise<void>>();
declare const error: unknown;
if (isConformanceError(error)) expectTypeOf(error).toEqualTypeOf<ConformanceError>();
if (isConformanceError(error)) expectTypeOf(error.answer).toEqualTypeOf<Answer | undefined>();

// Contracts take what the middleware takes.
expectTypeOf(lockContract(memoryLock)).toEqualTypeOf<ContractCase[]>();
lockContract(async () => memoryLock());
// @ts-expect-error -- each case asks for a lock of its own
lockContract(memoryLock());
// @ts-expect-error -- no lock
lockContract(() => ({ lock: () => {} }));
const provider = fromVersion(
  (req: Request<{ id: string }>) => ({ id: req.params.id, version: 1 }),
  (row) => row.version,
);
const existing = (): object => ({ params: { id: '1' } });
expectTypeOf(providerContract({ provider, existing, validators: 'strong' })).toEqualTypeOf<ContractCase[]>();
expectTypeOf<keyof ProviderUnderTest>().toEqualTypeOf<
  'provider' | 'existing' | 'validators' | 'absent' | 'change' | 'failing'
>();
// @ts-expect-error -- what it promises is missing
providerContract({ provider, existing });

// Assertions take the responses of supertest and of fetch.
declare const fetched: Response;
expectTypeOf(fetched).toExtend<ResponseLike>();
expectTypeOf(etagOf(fetched)).toEqualTypeOf<EntityTag>();
expectTypeOf(ifMatch(fetched)).toEqualTypeOf<{ 'If-Match': EntityTag }>();
expectTypeOf(ifNoneMatch(fetched)).toEqualTypeOf<{ 'If-None-Match': EntityTag }>();
async function test(): Promise<void> {
  const read = await request(app).get('/notes/1');
  await request(app).get('/notes/1').set(ifNoneMatch(read)).expect(notModified(read));
  await request(app).put('/notes/1').set(ifMatch(read)).expect(preconditionFailed());
  await request(app).put('/notes/1').expect(preconditionRequired());
  // @ts-expect-error -- it is given to `expect`, not called
  preconditionFailed(read);
}
void test;
