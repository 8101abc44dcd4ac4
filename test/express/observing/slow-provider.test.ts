import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { preconditions, strong } from '../../../lib/index.js';
import type { ProviderAnswer, VersionProvider } from '../../../lib/index.js';
import { ask, mustNotRun } from '../../helpers/apps.js';
import { RawConnection, requestOctets } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import { warningsOf } from '../../helpers/warnings.js';
import { sendNote } from './set-up.js';

const V1 = { etag: strong('v1') };
const LIMIT = 40;

/** Keeps the thread to itself. */
function busy(milliseconds: number): ProviderAnswer {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return V1;
}

async function later(milliseconds: number, answer: () => ProviderAnswer = () => V1): Promise<ProviderAnswer> {
  await sleep(milliseconds);
  return answer();
}

describe.each(EXPRESS_VERSIONS)('a provider under $name', ({ express }) => {
  async function codes(
    provider: VersionProvider,
    slowProvider: number | undefined,
    lines = ['GET /notes/7'],
  ): Promise<string[]> {
    const app = express();
    app.all('/notes/:id', preconditions(provider, { warnings: { slowProvider } }), sendNote);
    const warned = await warningsOf(async () => {
      await ask(app, lines);
      await ask(app, lines);
    });
    for (const { message } of warned)
      expect(message).toMatch(/^The version provider of GET \/notes\/:id took more/);
    return warned.map(({ code }) => code);
  }

  test.each([
    { title: 'answers late', provider: () => later(2 * LIMIT) },
    { title: 'keeps the thread busy', provider: () => busy(2 * LIMIT) },
    {
      title: 'fails late',
      provider: () =>
        later(2 * LIMIT, () => {
          throw Object.assign(new Error('No.'), { status: 404 });
        }),
    },
  ])('that $title is warned of, once', async ({ provider }) => {
    expect(await codes(provider, LIMIT)).toEqual(['WARN_SLOW_PROVIDER']);
  });

  test('that does not answer is warned of while it is waited for', async () => {
    const app = express();
    const asked = new Promise<void>((resolve) => {
      const provider = (): Promise<null> => new Promise(() => resolve());
      app.get('/', preconditions(provider, { warnings: { slowProvider: LIMIT } }), mustNotRun);
    });
    const warned = await warningsOf(() =>
      withServer(app, async (port) => {
        const connection = new RawConnection(port);
        connection.send(requestOctets(['GET /']));
        await asked;
        await sleep(2 * LIMIT);
        connection.destroy();
      }),
    );
    expect(warned).toMatchObject([
      { code: 'WARN_SLOW_PROVIDER', message: expect.stringContaining(`${LIMIT} ms`) },
    ]);
  });

  test.each([
    { title: 'answers at once', provider: () => V1, limit: LIMIT },
    { title: 'answers late, but within the limit', provider: () => later(LIMIT), limit: 5000 },
    {
      title: 'answers within a second, which is the limit by default',
      provider: () => later(LIMIT),
      limit: undefined,
    },
    { title: 'fails at once', provider: () => Promise.reject(new Error('No.')), limit: LIMIT },
  ])('that $title is not', async ({ provider, limit }) => {
    expect(await codes(provider, limit)).toEqual([]);
    await sleep(2 * LIMIT);
  });

  test('that is not asked is not', async () => {
    expect(await codes(() => later(2 * LIMIT), LIMIT, ['PUT /notes/7'])).toEqual([]);
  });
});
