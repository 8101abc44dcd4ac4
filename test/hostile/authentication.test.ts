import { describe, expect, test } from '@jest/globals';
import type { Express, NextFunction, Request, Response } from 'express';
import * as fc from 'fast-check';
import { preconditions, strong } from '../../lib/index.js';
import { T, T_DATE, T_MINUS_1 } from '../core/fixtures.js';
import { mustNotRun, throwing } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { withServer } from '../helpers/server.js';
import { fuzzCases } from './fuzz/cases.js';
import { wholeResponse, withoutDate } from './whole-response.js';

function authenticate(req: Request, res: Response, next: NextFunction): void {
  if (req.get('Authorization') === 'Bearer ada') next();
  else res.status(401).set('WWW-Authenticate', 'Bearer').json({ error: 'Who are you?' });
}

/** Two guesses of a condition; which of them is false says which version is current. */
const GUESSES: readonly (readonly [method: string, right: string, wrong: string])[] = [
  ['GET', 'If-None-Match: "v1"', 'If-None-Match: "v0"'],
  ['HEAD', 'If-Match: "v1"', 'If-Match: "v0"'],
  ['GET', `If-Modified-Since: ${T}`, `If-Modified-Since: ${T_MINUS_1}`],
  ['PUT', 'If-Match: "v1"', 'If-Match: "v0"'],
  ['DELETE', 'If-None-Match: "v1"', 'If-None-Match: "v0"'],
  ['PATCH', `If-Unmodified-Since: ${T}`, `If-Unmodified-Since: ${T_MINUS_1}`],
];

describe.each(EXPRESS_VERSIONS)('somebody without credentials, over $name', ({ express }) => {
  test('R-13.2.1-a learns nothing by any condition where authentication comes first, and the provider is not asked', async () => {
    const app = express();
    const options = { required: () => true, exposeEtag: true };
    app.all('/', authenticate, preconditions(throwing(new Error('asked')), options), mustNotRun);
    await withServer(app, async (port) => {
      const law = fc.asyncProperty(fuzzCases, async ({ method, lines }) => {
        const start = `${method} /`;
        const conditional = await wholeResponse(port, [start, ...lines]);
        expect(conditional).toMatch(/^HTTP\/1\.1 401 /);
        expect(withoutDate(conditional)).toBe(withoutDate(await wholeResponse(port, [start])));
      });
      await fc.assert(law, { numRuns: 200 });
    });
  });

  test.each(GUESSES)(
    'R-13.2.1-a learns the version by %s where preconditions come first: %s',
    async (...guess) => {
      const [first, last] = [
        appWith(express, 'authentication first'),
        appWith(express, 'preconditions first'),
      ];
      expect(await tellsApart(first, guess)).toBe(false);
      expect(await tellsApart(last, guess)).toBe(true);
    },
  );
});

function appWith(express: ExpressModule, order: 'authentication first' | 'preconditions first'): Express {
  const app = express();
  const evaluate = preconditions(() => ({ etag: strong('v1'), lastModified: T_DATE }));
  app.use(...(order === 'authentication first' ? [authenticate, evaluate] : [evaluate, authenticate]));
  app.use(mustNotRun);
  return app;
}

/** Whether the answers to the two guesses differ in anything. */
async function tellsApart(app: Express, [method, right, wrong]: (typeof GUESSES)[number]): Promise<boolean> {
  return withServer(app, async (port) => {
    const [a, b] = [
      await wholeResponse(port, [`${method} /`, right]),
      await wholeResponse(port, [`${method} /`, wrong]),
    ];
    return withoutDate(a) !== withoutDate(b);
  });
}
