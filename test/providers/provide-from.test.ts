// What every ready-made provider does with what its loader returns.
import { Stats } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import request from 'supertest';
import {
  fromBody,
  fromMembers,
  fromStat,
  fromTimestamp,
  fromVersion,
  preconditions,
  SKIP,
} from '../../lib/index.js';
import type { ProviderAnswer, ResourceVersion, VersionProvider } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import type { Params } from './fixtures.js';
import { LazyQuery, requestTo, serve } from './fixtures.js';

interface Provider extends VersionProvider<ProviderAnswer, Params> {
  versionOf(resource: unknown): ResourceVersion & { resource: unknown };
}

/** A ready-made provider with its options filled in, for loaders of all kinds. */
interface ReadyMade {
  readonly name: string;
  readonly resource: object;
  readonly equal: object;
  readonly changed: object;
  readonly make: (load: (req: Request<Params>) => unknown) => Provider;
}

const row = { id: 'a', version: 3, savedAt: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)) };

/** Made anew each time: since Node 22 the times of a Stats are accessors, which a copy does not carry along. */
const statsOf = (size: number): Stats =>
  Object.assign(Object.create(Stats.prototype) as Stats, { size, mtime: row.savedAt });

const READY_MADE: readonly ReadyMade[] = [
  {
    name: 'fromVersion',
    resource: row,
    equal: { ...row },
    changed: { ...row, version: 4 },
    make: (load) => fromVersion(load, (loaded) => (loaded as typeof row).version) as Provider,
  },
  {
    name: 'fromTimestamp',
    resource: row,
    equal: { ...row },
    changed: { ...row, savedAt: new Date(row.savedAt.getTime() + 1) },
    make: (load) => fromTimestamp(load, (loaded) => (loaded as typeof row).savedAt) as Provider,
  },
  {
    name: 'fromBody',
    resource: row,
    equal: { ...row },
    changed: { ...row, id: 'b' },
    make: (load) => fromBody(load) as Provider,
  },
  {
    name: 'fromStat',
    resource: statsOf(5),
    equal: statsOf(5),
    changed: statsOf(6),
    make: (load) => fromStat(load as () => Stats) as Provider,
  },
  {
    name: 'fromMembers',
    resource: [row],
    equal: [{ ...row }],
    changed: [row, row],
    make: (load) => fromMembers(load, ({ id, version }: typeof row) => [id, version]) as Provider,
  },
];

describe.each(READY_MADE)('$name', ({ make, resource, equal, changed }) => {
  const req = requestTo('/a');

  test.each([
    { title: 'null', answer: null },
    { title: 'SKIP', answer: SKIP },
    { title: 'undefined, for the middleware to complain about', answer: undefined },
  ])('passes on $title', async ({ answer }) => {
    expect(make(() => answer)(req)).toBe(answer);
    await expect(make(() => Promise.resolve(answer))(req)).resolves.toBe(answer);
  });

  test('gives the loader the request', () => {
    let seen: unknown;
    const provider = make((given) => {
      seen = given;
      return null;
    });
    expect(provider(req)).toBeNull();
    expect(seen).toBe(req);
  });

  test('answers at once when the loader does, with the very object that was loaded', () => {
    const version = make(() => resource)(req) as { resource: unknown };
    expect(version).not.toHaveProperty('then');
    expect(version.resource).toBe(resource);
  });

  test('answers by a promise when the loader does, with the very object that was loaded', async () => {
    const answer = make(async () => resource)(req);
    expect(answer).toBeInstanceOf(Promise);
    expect(((await answer) as { resource: unknown }).resource).toBe(resource);
  });

  test('runs a lazy query exactly once', async () => {
    const query = new LazyQuery(resource);
    const version = await make(() => query)(req);
    expect(query.runs).toBe(1);
    expect(version).toEqual(make(() => resource)(req));
  });

  test('tells by versionOf what it would answer, from the same object', () => {
    const provider = make(() => resource);
    expect(provider.versionOf(resource)).toEqual(provider(req));
    expect(provider.versionOf(resource).resource).toBe(resource);
    expect(provider.versionOf(changed).etag).not.toBe(provider.versionOf(resource).etag);
  });

  test('gives the same tag for an equal resource', () => {
    const provider = make(() => null);
    expect(provider.versionOf(equal).etag).toBe(provider.versionOf(resource).etag);
  });

  test('hands on what the loader throws or rejects with', async () => {
    const failure = new Error('the database is away');
    const throwing = make(() => {
      throw failure;
    });
    expect(() => throwing(req)).toThrow(failure);
    await expect(make(() => Promise.reject(failure))(req)).rejects.toBe(failure);
  });

  describe.each(EXPRESS_VERSIONS)('on $name', ({ express }) => {
    const { etag } = make(() => null).versionOf(resource);

    test('sends the tag with 200 and repeats it on 304', async () => {
      const app = serve(
        make(() => resource),
        { express },
      );
      await request(app).get('/a').expect(200).expect('ETag', etag!);
      await request(app).get('/a').set('If-None-Match', etag!).expect(304).expect('ETag', etag!);
      await request(app).get('/a').set('If-None-Match', '"other"').expect(200);
    });

    test('leaves a missing resource to the handler on a read, and answers 412 to a write', async () => {
      const app = serve(
        make(async () => null),
        { express },
      );
      await request(app).get('/a').set('If-None-Match', '*').expect(404);
      await request(app).put('/a').set('If-Match', '*').expect(412);
    });

    test('lets a skipped request pass as if nothing were mounted', async () => {
      const app = serve(
        make(() => SKIP),
        { express },
      );
      const response = await request(app).put('/a').set('If-Match', '"other"').expect(200);
      expect(response.body).toEqual({ ran: true });
    });

    test.each([
      { title: 'undefined', load: () => undefined, code: 'ERR_PROVIDER_UNDEFINED' },
      { title: 'a promise of undefined', load: async () => undefined, code: 'ERR_PROVIDER_UNDEFINED' },
      { title: 'a failure', load: () => Promise.reject(new Error('away')), code: 'ERR_PROVIDER_FAILED' },
    ])('stops the request when the loader returns $title', async ({ load, code }) => {
      const app = serve(make(load), { express });
      const response = await request(app).put('/a').set('If-Match', etag!).expect(500);
      expect(response.body).toMatchObject({ code });
      expect(response.body).not.toHaveProperty('ran');
    });
  });
});

describe.each(EXPRESS_VERSIONS)('A handler on $name', ({ express }) => {
  test('R-8.8-a announces by versionOf the version that it has just saved', async () => {
    const store = new Map([['a', { title: 'old', version: 3 }]]);
    const byVersion = fromVersion(
      (req: Request<Params>) => store.get(req.params.id) ?? null,
      ({ version }) => version,
    );
    const app = express();
    const loaded = preconditions(byVersion);
    app.get('/:id', loaded, (req, res) => {
      res.json(req.precondition.version?.resource);
    });
    app.put('/:id', loaded, express.json(), (req, res) => {
      const before = req.precondition.version!.resource;
      const saved = { ...before, ...(req.body as { title: string }), version: before.version + 1 };
      store.set('a', saved);
      req.precondition.updated(byVersion.versionOf(saved));
      res.json(saved);
    });

    await request(app)
      .put('/a')
      .set('If-Match', '"3"')
      .send({ title: 'one' })
      .expect(200)
      .expect('ETag', '"4"');
    await request(app).put('/a').set('If-Match', '"3"').send({ title: 'two' }).expect(412);
    await request(app).get('/a').set('If-None-Match', '"4"').expect(304);
    await request(app).get('/a').expect(200, { title: 'one', version: 4 }).expect('ETag', '"4"');
  });
});
