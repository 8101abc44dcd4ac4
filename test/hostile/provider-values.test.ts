import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { isHttpPreconditionsError, preconditions } from '../../lib/index.js';
import type { ProviderAnswer, VersionProvider } from '../../lib/index.js';
import { T } from '../core/fixtures.js';
import { mustNotRun, recordErrors } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { withServer } from '../helpers/server.js';
import { HOSTILE_ANSWERS } from './provider-values.cases.js';
import { wholeResponse } from './whole-response.js';

const READ = ['GET /'];
/** With conditions that are true for whatever exists. */
const WRITES = [
  ['PUT /', 'If-Match: *'],
  ['PUT /', 'If-Match: "v1"'],
  ['PUT /', `If-Unmodified-Since: ${T}`],
];

describe.each(EXPRESS_VERSIONS)('$name, a provider that answers with', ({ express }) => {
  describe.each(HOSTILE_ANSWERS)('$title', ({ answer, code }) => {
    const ways: readonly [string, VersionProvider][] = [
      ['at once', () => answer() as ProviderAnswer],
      ['later', () => Promise.resolve(answer() as ProviderAnswer)],
    ];

    // Jest fails a test for a rejection that nobody handles.
    test.each(ways)('%s: it is an error with a code, and nothing of it is sent', async (_when, provider) => {
      const { app, errors } = guarded(express, provider);
      await withServer(app, async (port) => {
        for (const lines of [READ, ...WRITES]) {
          const response = await wholeResponse(port, lines);
          expect([lines, withoutOwnFields(response)]).toEqual([
            lines,
            ['HTTP/1.1 500 Internal Server Error'],
          ]);
        }
      });
      expect(errors.map((error) => isHttpPreconditionsError(error) && error.code)).toEqual(
        Array.from({ length: 1 + WRITES.length }, () => code),
      );
    });
  });
});

function guarded(express: ExpressModule, provider: VersionProvider): { app: Express; errors: unknown[] } {
  const app = express();
  app.disable('x-powered-by');
  app.all('/', preconditions(provider), mustNotRun);
  return { app, errors: recordErrors(app) };
}

/** The lines of a response without those that Node adds to every one. */
function withoutOwnFields(response: string): string[] {
  return response
    .split('\r\n')
    .filter((line) => !/^(?:Date: .*|Connection: close|Content-Length: 0|)$/.test(line));
}
