import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { firstOf, fromVersion, preconditions, SKIP, strong, when } from '../../lib/index.js';
import type { ProviderAnswer, VersionProvider } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { LazyQuery, requestTo, serve } from './fixtures.js';

const req = requestTo('/events/7');
const ONE = { etag: strong(1) };
const TWO = { etag: strong(2) };

/** A provider that gives the answer and writes its name down. */
function noted(asked: string[], name: string, answer: ReturnType<VersionProvider>): VersionProvider {
  return () => {
    asked.push(name);
    return answer;
  };
}

const notToBeAsked: VersionProvider = () => {
  throw new Error('This provider must not be asked.');
};

const skipsLater: VersionProvider = () => Promise.resolve<typeof SKIP>(SKIP);

describe('firstOf', () => {
  test('asks in order, and nobody behind the first who has an opinion', () => {
    const asked: string[] = [];
    const provider = firstOf(noted(asked, 'one', SKIP), noted(asked, 'two', TWO), noted(asked, 'three', ONE));
    expect(provider(req)).toBe(TWO);
    expect(asked).toEqual(['one', 'two']);
  });

  test('keeps the order when some answer later', async () => {
    const asked: string[] = [];
    const provider = firstOf(
      noted(asked, 'one', new Promise((resolve) => setImmediate(resolve, SKIP))),
      noted(asked, 'two', SKIP),
      noted(asked, 'three', Promise.resolve(TWO)),
      notToBeAsked,
    );
    await expect(provider(req)).resolves.toBe(TWO);
    expect(asked).toEqual(['one', 'two', 'three']);
  });

  test('takes null for an opinion: there is no current representation', async () => {
    expect(firstOf(() => null, notToBeAsked)(req)).toBeNull();
    await expect(firstOf(async () => null, notToBeAsked)(req)).resolves.toBeNull();
  });

  test('takes undefined for an answer, so that the middleware can complain', () => {
    const forgetful = (() => undefined) as unknown as VersionProvider;
    expect(firstOf(forgetful, notToBeAsked)(req)).toBeUndefined();
  });

  test('is SKIP when nobody has an opinion, or nobody is asked', async () => {
    expect(firstOf(() => SKIP)(req)).toBe(SKIP);
    expect(firstOf()(req)).toBe(SKIP);
    await expect(firstOf(skipsLater, () => SKIP)(req)).resolves.toBe(SKIP);
  });

  test('does not pass over a provider that fails', async () => {
    const failure = new Error('away');
    const throwing: VersionProvider = () => {
      throw failure;
    };
    expect(() => firstOf(throwing, notToBeAsked)(req)).toThrow(failure);
    await expect(firstOf(() => Promise.reject(failure), notToBeAsked)(req)).rejects.toBe(failure);
    await expect(firstOf(skipsLater, throwing, notToBeAsked)(req)).rejects.toBe(failure);
  });

  test('answers at once when everybody asked does', () => {
    expect(
      firstOf(
        () => SKIP,
        () => ONE,
      )(req),
    ).not.toHaveProperty('then');
  });

  test('runs the lazy query of a provider once', async () => {
    const query = new LazyQuery<ProviderAnswer>(SKIP);
    await expect(
      firstOf(
        () => query,
        () => ONE,
      )(req),
    ).resolves.toBe(ONE);
    expect(query.runs).toBe(1);
  });

  test('hands everybody the request', () => {
    const seen: unknown[] = [];
    const looking: VersionProvider = (given) => {
      seen.push(given);
      return SKIP;
    };
    expect(firstOf(looking, looking)(req)).toBe(SKIP);
    expect(seen).toEqual([req, req]);
  });

  test('asks a thousand providers without ado', async () => {
    const many = Array.from({ length: 1000 }, () => () => SKIP);
    expect(firstOf(...many, () => ONE)(req)).toBe(ONE);
    await expect(firstOf(...many.map(() => skipsLater), () => ONE)(req)).resolves.toBe(ONE);
  });
});

describe('when', () => {
  describe.each(EXPRESS_VERSIONS)('in front of a route, $name', ({ express }) => {
    test.each([
      {
        form: /^\/settings$/,
        route: '/settings',
        paths: ['/settings', '/settings/', '/Settings', '/SETTINGS/'],
      },
      { form: /^\/Settings$/g, route: '/Settings', paths: ['/settings', '/Settings/'] },
      { form: /^\/events\/[^/]+$/iy, route: '/events/:id', paths: ['/events/1', '/events/1/', '/Events/1'] },
      { form: /^\/$/, route: '/', paths: ['/'] },
    ])('asks for whatever path Express routes to it: $form', async ({ form, route, paths }) => {
      const app = express();
      app.use(preconditions(when(form, () => TWO)));
      app.put(route, (_req, res) => {
        res.json({});
      });
      for (const path of paths) {
        await request(app).put(path).set('If-Match', '"2"').expect(200);
        await request(app).put(path).set('If-Match', '"1"').expect(412);
      }
    });
  });

  test.each([
    ['/events/', /^\/events\/$/, '/events/'],
    ['/events', /^\/events\/$/, '/events'],
    ['/', /^$/, '/'],
  ])('%j is a path like that of %s', (_path, form, path) => {
    expect(when(form, () => ONE)(requestTo(path))).toBe(ONE);
  });

  test.each([
    ['/events', '/events/7'],
    ['/event', '/events'],
    ['/events//', '/events'],
  ])('%j is no path like %j', (path, other) => {
    expect(when(new RegExp(`^${other}$`), notToBeAsked)(requestTo(path))).toBe(SKIP);
  });

  test.each([
    { condition: /^\/events\/[^/]+$/, holds: true },
    { condition: /^\/events$/, holds: false },
    { condition: /EVENTS/i, holds: true },
    { condition: () => true, holds: true },
    { condition: () => false, holds: false },
    { condition: (given: typeof req) => given.params.id === 'a', holds: true },
  ])('asks its provider only where $condition holds: $holds', ({ condition, holds }) => {
    expect(when(condition, holds ? () => ONE : notToBeAsked)(req)).toBe(holds ? ONE : SKIP);
  });

  test.each([/events/g, /\/events/y])('has no memory of earlier requests with %p', (condition) => {
    const provider = when(condition, () => ONE);
    expect([provider(req), provider(req), provider(req)]).toEqual([ONE, ONE, ONE]);
  });

  test('hands on null, undefined, SKIP and promises as they are', async () => {
    const always = (): boolean => true;
    expect(when(always, () => null)(req)).toBeNull();
    expect(when(always, (() => undefined) as unknown as VersionProvider)(req)).toBeUndefined();
    expect(when(always, () => SKIP)(req)).toBe(SKIP);
    const promise = Promise.resolve(ONE);
    expect(when(always, () => promise)(req)).toBe(promise);
    const query = new LazyQuery(ONE);
    expect(when(always, () => query)(req)).toBe(query);
    expect(query.runs).toBe(0);
  });

  test('does not take a condition that fails for one that does not hold', () => {
    const failing = (): boolean => {
      throw new Error('away');
    };
    expect(() => when(failing, () => ONE)(req)).toThrow('away');
  });
});

describe.each(EXPRESS_VERSIONS)('On $name', ({ express }) => {
  const byVersion = fromVersion(
    () => ({ version: 7 }),
    (row) => row.version,
  );

  test('providers of several routes protect a whole app', async () => {
    const app = serve(
      firstOf(
        when(/^\/event$/, byVersion),
        when(/^\/feed$/, async () => TWO),
        when(/^\/gone$/, () => null),
      ),
      { express },
    );
    await request(app).get('/event').set('If-None-Match', '"7"').expect(304);
    await request(app).get('/feed').set('If-None-Match', '"2"').expect(304);
    await request(app).put('/feed').set('If-Match', '"7"').expect(412);
    await request(app).get('/gone').expect(404);
    const skipped = await request(app).put('/other').set('If-Match', '"7"').expect(200);
    expect(skipped.body).toEqual({ ran: true });
  });

  test('a condition that fails stops the request', async () => {
    const broken = when(
      () => {
        throw new Error('away');
      },
      () => ONE,
    );
    const response = await request(
      serve(
        firstOf(broken, () => ONE),
        { express },
      ),
    )
      .put('/a')
      .set('If-Match', '"1"')
      .expect(500);
    expect(response.body).toMatchObject({ code: 'ERR_PROVIDER_FAILED' });
  });
});
