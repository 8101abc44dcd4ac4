import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion } from '../../lib/index.js';
import { T } from '../core/fixtures.js';
import { ask, mustNotRun, recordErrors, setting } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, jsonOf } from '../helpers/raw-http.js';
import type { RawResponse } from '../helpers/raw-http.js';
import type { Current } from './conformance/notation.js';
import { versionOf } from './conformance/notation.js';

/** A write whose conditions are true when they are evaluated and false when the store is asked to write. */
interface LostRace {
  readonly guard: string;
  readonly title: string;
  readonly fields: readonly string[];
  readonly before: Current;
  readonly after: Current;
  readonly options?: PreconditionsOptions;
}

const LOST_RACES: readonly LostRace[] = [
  {
    guard: 'version',
    title: 'If-Match with the tag',
    fields: ['If-Match: "a"'],
    before: 'E"a"',
    after: 'E"b"',
  },
  {
    guard: 'version',
    title: 'If-Match with a list',
    fields: ['If-Match: "z", "a"'],
    before: 'E"a"',
    after: 'E"b"',
  },
  {
    guard: 'version',
    title: 'If-Unmodified-Since',
    fields: [`If-Unmodified-Since: ${T}`],
    before: 'E- LM=T',
    after: 'E- LM=T+1',
  },
  {
    guard: 'version',
    title: 'If-None-Match with a tag',
    fields: ['If-None-Match: "b"'],
    before: 'E"a"',
    after: 'E"b"',
  },
  {
    guard: 'version',
    title: 'If-Match beside a true If-None-Match',
    fields: ['If-Match: "a"', 'If-None-Match: "z"'],
    before: 'E"a"',
    after: 'E"b"',
  },
  {
    guard: 'version',
    title: 'If-Unmodified-Since beside a true If-None-Match',
    fields: [`If-Unmodified-Since: ${T}`, 'If-None-Match: "z"'],
    before: 'E"a" LM=T',
    after: 'E"b" LM=T+1',
  },
  {
    guard: 'version',
    title: 'If-Match: * beside If-None-Match with a tag',
    fields: ['If-Match: *', 'If-None-Match: "b"'],
    before: 'E"a"',
    after: 'E"b"',
  },
  { guard: 'exists', title: 'If-Match: *', fields: ['If-Match: *'], before: 'E"a"', after: '∅' },
  { guard: 'absent', title: 'If-None-Match: *', fields: ['If-None-Match: *'], before: '∅', after: 'E"a"' },
  {
    guard: 'never',
    title: 'If-Match for a missing resource that the handler was to answer',
    fields: ['If-Match: "a"'],
    before: '∅',
    after: '∅',
    options: { onMissing: 'perform' },
  },
];

const withoutDate = ({ status, lines, body }: RawResponse): unknown => ({
  status,
  lines: lines.filter(([name]) => name !== 'Date'),
  body: body.toString(),
});

describe.each(EXPRESS_VERSIONS)('req.precondition.fail, $name', ({ express }) => {
  const upstream = { 'Cache-Control': 'max-age=60', ETag: '"old"', 'Set-Cookie': 'a=1' };

  /** An app whose handler finds, when it writes, that the check came too early. */
  function losing(before: ResourceVersion | null, options: PreconditionsOptions = {}): Express {
    const app = express();
    app.put(
      '/',
      setting(upstream),
      preconditions(() => before, options),
      (req, res) => {
        res.set({ ETag: '"mine"', 'Content-Type': 'text/html' });
        req.precondition.fail();
      },
    );
    return app;
  }

  function evaluating(version: ResourceVersion | null, options: PreconditionsOptions = {}): Express {
    const app = express();
    app.put(
      '/',
      setting(upstream),
      preconditions(() => version, options),
      mustNotRun,
    );
    return app;
  }

  describe.each(LOST_RACES)('$guard, $title', ({ guard, fields, before, after, options }) => {
    test('answers what the evaluation would have answered a moment later, octet for octet', async () => {
      const lines = ['PUT /', ...fields];
      const lost = await ask(losing(versionOf(before), options), lines, 'content');
      const evaluated = await ask(evaluating(versionOf(after)), lines, 'content');
      expect(evaluated.status).toBe(412);
      expect(withoutDate(lost)).toEqual(withoutDate(evaluated));
    });

    test('is the answer to that guard', async () => {
      const seen: string[] = [];
      const app = express();
      app.put(
        '/',
        preconditions(() => versionOf(before), options),
        (req) => {
          seen.push(req.precondition.guard.kind);
          req.precondition.fail();
        },
      );
      expect((await ask(app, ['PUT /', ...fields])).status).toBe(412);
      expect(seen).toEqual([guard]);
    });
  });

  test('R-5789-2.2-a: a PATCH that lost the race is answered 412, too, not 409', async () => {
    const app = express();
    app.patch(
      '/',
      preconditions(() => ({ etag: strong('a') })),
      (req) => req.precondition.fail(),
    );
    expect((await ask(app, ['PATCH /', 'If-Match: "a"'])).status).toBe(412);
  });

  test('leaves the answer to the responder, if there is one', async () => {
    const options: PreconditionsOptions = {
      respond: async (refusal, _req, res) => {
        await Promise.resolve();
        res.json({ mine: refusal.code });
      },
    };
    const response = await ask(losing({ etag: strong('a') }, options), ['PUT /', 'If-Match: "a"']);
    expect([response.status, jsonOf(response)]).toEqual([412, { mine: 'ERR_PRECONDITION_FAILED' }]);
    expect([fieldOf(response, 'ETag'), fieldOf(response, 'Cache-Control')]).toEqual([undefined, 'no-store']);
  });

  test('exposes no tag, because the one that is known is outdated', async () => {
    const response = await ask(losing({ etag: strong('a') }, { exposeEtag: true }), [
      'PUT /',
      'If-Match: "a"',
    ]);
    expect([response.status, fieldOf(response, 'ETag')]).toEqual([412, undefined]);
  });

  test('takes back a version that was announced', async () => {
    const app = express();
    app.put(
      '/',
      preconditions(() => ({ etag: strong('a') })),
      (req) => {
        req.precondition.updated({ etag: strong('b'), lastModified: new Date(0) });
        req.precondition.fail();
      },
    );
    const response = await ask(app, ['PUT /', 'If-Match: "a"']);
    expect([response.status, fieldOf(response, 'ETag'), fieldOf(response, 'Last-Modified')]).toEqual([
      412,
      undefined,
      undefined,
    ]);
  });

  test.each([
    [['PUT /'], 'E"a"'],
    [['PUT /', 'If-Unmodified-Since: never'], 'E"a" LM=T'],
    [['OPTIONS /', 'If-Match: "a"'], 'E"a"'],
    [['GET /'], 'E"a"'],
    [['GET /', 'If-Match: *'], '∅'],
  ] as const)('throws where no condition could be false: %j', async (lines, current) => {
    const app = express();
    app.all(
      '/',
      preconditions(() => versionOf(current)),
      (req) => req.precondition.fail(),
    );
    const errors = recordErrors(app);
    expect((await ask(app, lines)).status).toBe(500);
    expect(errors).toMatchObject([{ code: 'ERR_NO_PRECONDITION', message: expect.stringContaining('409') }]);
  });

  test('throws when the header section is sent already', async () => {
    const app = express();
    app.put(
      '/',
      preconditions(() => ({ etag: strong('a') })),
      (req, res) => {
        res.json({ ok: true });
        expect(() => req.precondition.fail()).toThrow(
          expect.objectContaining({
            code: 'ERR_RESPONSE_SENT',
            message: expect.stringContaining('precondition.fail()'),
          }),
        );
      },
    );
    const response = await ask(app, ['PUT /', 'If-Match: "a"']);
    expect([response.status, jsonOf(response)]).toEqual([200, { ok: true }]);
  });
});
