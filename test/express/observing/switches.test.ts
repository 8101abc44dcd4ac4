import { describe, expect, jest, test } from '@jest/globals';
import express from 'express';
import type { Express, RequestHandler } from 'express';
import { preconditions, strong, weak } from '../../../lib/index.js';
import type { PreconditionsOptions } from '../../../lib/index.js';
import { ask, setting } from '../../helpers/apps.js';
import { inEnvironment, warningsOf } from '../../helpers/warnings.js';
import { sendNote } from './set-up.js';

const V1 = { etag: strong('v1') };
const GET = ['GET /'];

/** An app that deserves a warning for each read. */
function misusing(warnings: PreconditionsOptions['warnings']): Express {
  const app = express();
  app.get(
    '/',
    preconditions(() => V1, { warnings }),
    setting({ Vary: 'Cookie' }),
    sendNote,
  );
  return app;
}

async function codesOf(act: () => Promise<unknown>): Promise<string[]> {
  return (await warningsOf(act)).map(({ code }) => code);
}

describe('warnings', () => {
  test.each([undefined, true, {}, { ignore: [] }, { ignore: ['WARN_WEAK_TAG' as const] }])(
    'come with the option %j',
    async (option) => {
      expect(await codesOf(() => ask(misusing(option), GET))).toEqual(['WARN_FIELDS_NOT_ON_304']);
    },
  );

  test.each([false, { ignore: ['WARN_WEAK_TAG' as const, 'WARN_FIELDS_NOT_ON_304' as const] }])(
    'stay away with the option %j',
    async (option) => {
      expect(await codesOf(() => ask(misusing(option), GET))).toEqual([]);
    },
  );

  test.each(['development', 'test', 'staging', ''])('come in the environment %j', async (environment) => {
    const app = inEnvironment(environment, () => misusing(undefined));
    expect(await codesOf(() => ask(app, GET))).toEqual(['WARN_FIELDS_NOT_ON_304']);
  });

  test.each([undefined, true, {}])('stay away in production, with the option %j', async (option) => {
    const app = inEnvironment('production', () => misusing(option));
    expect(await codesOf(() => ask(app, GET))).toEqual([]);
  });

  test('the environment counts in which the middleware is made', async () => {
    const app = misusing(undefined);
    const codes = await codesOf(() => inEnvironment('production', () => ask(app, GET)));
    expect(codes).toEqual(['WARN_FIELDS_NOT_ON_304']);
  });

  test('come once for each middleware, and once for each cause', async () => {
    const app = misusing(undefined);
    app.all(
      '/other',
      preconditions(() => ({ etag: weak('v1') })),
      setting({ Vary: 'Cookie' }),
      sendNote,
    );
    const codes = await codesOf(async () => {
      for (const lines of [GET, ['GET /other'], ['PUT /other', 'If-Match: W/"v1"'], GET, ['GET /other']])
        await ask(app, lines);
    });
    expect(codes.toSorted()).toEqual(['WARN_FIELDS_NOT_ON_304', 'WARN_FIELDS_NOT_ON_304', 'WARN_WEAK_TAG']);
  });

  test('call a request by its path, without its query, where no route was reached', async () => {
    const app = express();
    app.use(
      '/notes',
      preconditions(() => V1),
      setting({ Vary: 'Cookie' }),
      sendNote,
    );
    const [warning] = await warningsOf(() => ask(app, ['GET /notes/7?token=secret']));
    expect(warning!.message).toMatch(/^GET "\/notes\/7" was/);
  });
});

describe('looking for misuse', () => {
  const throwing = (): never => {
    throw new Error('Not today.');
  };
  const breakers: readonly { readonly what: string; readonly breaks: RequestHandler }[] = [
    { what: 'res.getHeader', breaks: (_req, res, next) => next(void (res.getHeader = throwing)) },
    { what: 'res.hasHeader', breaks: (_req, res, next) => next(void (res.hasHeader = throwing)) },
    {
      what: 'req.route',
      breaks: (req, _res, next) => {
        Object.defineProperty(req, 'route', { get: throwing, set: () => {} });
        next();
      },
    },
  ];

  test.each(breakers)('does no harm where $what throws', async ({ breaks }) => {
    const app = express();
    app.use(
      breaks,
      preconditions(() => V1),
      setting({ Vary: 'Cookie' }),
      (_req, res) => {
        res.end('Hello');
      },
    );
    expect(await ask(app, GET)).toMatchObject({ status: 200 });
  });

  test('does no harm where warnings throw', async () => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(throwing);
    try {
      expect(await ask(misusing(undefined), GET)).toMatchObject({ status: 200 });
      expect(emitWarning).toHaveBeenCalled();
    } finally {
      emitWarning.mockRestore();
    }
  });

  test('adds nothing to a request or its response in production', async () => {
    const added: PropertyKey[] = [];
    const app = express();
    const middleware = inEnvironment('production', () => preconditions(() => V1));
    app.get('/', (req, res, next) => {
      const [ofRequest, ofResponse] = [Reflect.ownKeys(req), Reflect.ownKeys(res)];
      const [listeners] = [res.eventNames().map((name) => res.listenerCount(name))];
      middleware(req, res, () => {
        added.push(...Reflect.ownKeys(req).filter((key) => !ofRequest.includes(key)));
        added.push(...Reflect.ownKeys(res).filter((key) => !ofResponse.includes(key)));
        expect(res.eventNames().map((name) => res.listenerCount(name))).toEqual(listeners);
        next();
      });
    });
    app.get('/', sendNote);
    await ask(app, GET);
    expect(added).toEqual(['precondition']);
  });
});
