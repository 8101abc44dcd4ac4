import { describe, expect, test } from '@jest/globals';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import type { ExpressModule } from '../../helpers/express-versions.js';
import { rawRequest } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import { warningsOf } from '../../helpers/warnings.js';
import type { Warned } from '../../helpers/warnings.js';
import { MISUSES_ON_READS, RIGHT_READS } from './reads.cases.js';
import { MISUSES_OF_SURROUNDINGS, RIGHT_SURROUNDINGS } from './surroundings.cases.js';
import { MISUSES_OF_VERSIONS, RIGHT_VERSIONS } from './versions.cases.js';
import { MISUSES_ON_WRITES, RIGHT_WRITES } from './writes.cases.js';
import type { Misuse, SetUp } from './set-up.js';

const MISUSES: readonly Misuse[] = [
  ...MISUSES_ON_READS,
  ...MISUSES_ON_WRITES,
  ...MISUSES_OF_VERSIONS,
  ...MISUSES_OF_SURROUNDINGS,
];
const RIGHT = [...RIGHT_READS, ...RIGHT_WRITES, ...RIGHT_VERSIONS, ...RIGHT_SURROUNDINGS];

async function warnings(
  express: ExpressModule,
  { mount, requests }: SetUp,
  rounds = 1,
): Promise<readonly Warned[]> {
  const app = express();
  mount(app);
  return warningsOf(() =>
    withServer(app, async (port) => {
      for (let round = 0; round < rounds; round++)
        for (const { lines, body } of requests) await rawRequest(port, lines, body);
    }),
  );
}

describe.each(EXPRESS_VERSIONS)('the middleware of $name', ({ express }) => {
  test.each(MISUSES)('warns $code, once, where $title', async (misuse) => {
    const { code, says, hides = [] } = misuse;
    expect(await warnings(express, misuse, 3)).toEqual([
      { code, type: 'HttpPreconditionsWarning', message: expect.any(String) },
    ]);
    const [{ message } = { message: '' }] = await warnings(express, misuse);
    for (const part of says) expect(message).toContain(part);
    for (const part of hides) expect(message).not.toContain(part);
    expect(message).toMatch(new RegExp(`\\. \\[${code}: see docs/error-codes\\.md\\]$`));
  });

  test.each(RIGHT)('does not warn where everything is right: $title', async (setUp) => {
    expect(await warnings(express, setUp)).toEqual([]);
  });
});
