import { describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import * as fc from 'fast-check';
import { PreconditionFailedError, strong, weak } from '../../lib/index.js';
import type { PreconditionsOptions } from '../../lib/index.js';
import { NOW } from '../core/fixtures.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { withServer } from '../helpers/server.js';
import { fuzzCases } from './fuzz/cases.js';
import { SecretStage } from './secret-stage.js';
import { wholeResponse } from './whole-response.js';

interface RefusedWrite {
  readonly what: string;
  readonly lines: (tag: string) => readonly string[];
  readonly status: 400 | 412 | 428;
  readonly options?: PreconditionsOptions;
  readonly handler?: RequestHandler;
}

const REFUSED: readonly RefusedWrite[] = [
  { what: 'a false If-Match', lines: () => ['If-Match: "v0"'], status: 412 },
  { what: 'an empty If-Match', lines: () => ['If-Match:'], status: 412 },
  { what: 'a malformed If-Match', lines: () => ['If-Match: v0'], status: 412 },
  { what: 'a malformed If-Match', lines: () => ['If-Match: v0'], status: 400, options: { malformed: 400 } },
  {
    what: 'a malformed If-None-Match',
    lines: () => ['If-None-Match: v0'],
    status: 400,
    options: { malformed: 400 },
  },
  { what: 'If-None-Match: *', lines: () => ['If-None-Match: *'], status: 412 },
  {
    what: 'an If-None-Match that lists the tag',
    lines: (tag) => ['If-None-Match: "v0"', `If-None-Match: ${tag}`],
    status: 412,
  },
  {
    what: 'a false If-Unmodified-Since',
    lines: () => ['If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT'],
    status: 412,
  },
  { what: 'no condition', lines: () => [], status: 428, options: { required: ['PUT'] } },
  {
    what: 'If-Match: * where a tag is required',
    lines: () => ['If-Match: *'],
    status: 428,
    options: { required: ['PUT'], requireTag: true },
  },
  {
    what: 'a lost race',
    lines: () => ['If-Match: *'],
    status: 412,
    handler: (req) => req.precondition!.fail(),
  },
  {
    what: 'a lost race that the store reports',
    lines: () => ['If-None-Match: "v0"'],
    status: 412,
    handler: (req) => {
      const { version } = req.precondition!;
      throw new PreconditionFailedError(undefined, { cause: new Error(version?.etag) });
    },
  },
];

/** A version that nobody can guess. */
const secrets = fc
  .tuple(fc.uuid(), fc.boolean(), fc.integer({ min: 1e12, max: NOW - 1e9 }))
  .map(([id, isWeak, time]) => ({
    etag: isWeak ? weak(id) : strong(id),
    lastModified: new Date(time),
    secrets: [id, new Date(time).toUTCString()],
  }));

/** What a stack or an error page would show. */
const INTERNALS = /node_modules|\.ts\b|at \w+ \(|<pre>|preconditions\(/;

describe.each(EXPRESS_VERSIONS)('the answer to a refused write, over $name,', ({ express }) => {
  test.each(REFUSED)(
    'R-9457-3-c R-15.5.13-c says neither the version nor a stack: $status for $what',
    async ({ lines, status, options, handler }) => {
      const stage = new SecretStage(express, options, handler);
      await withServer(stage.app, async (port) => {
        const law = fc.asyncProperty(secrets, async (version) => {
          stage.version = version;
          const response = await wholeResponse(port, ['PUT /', ...lines(version.etag)]);
          expect(response.slice(9, 12)).toBe(String(status));
          for (const secret of version.secrets) expect(response).not.toContain(secret);
          expect(response).not.toMatch(INTERNALS);
        });
        await fc.assert(law, { numRuns: 20 });
      });
    },
  );

  test.each(REFUSED)(
    'R-15.5.13-c says the tag in ETag alone under `exposeEtag`: $status for $what',
    async ({ lines, status, options, handler }) => {
      const stage = new SecretStage(express, { ...options, exposeEtag: true }, handler);
      await withServer(stage.app, async (port) => {
        const law = fc.asyncProperty(secrets, async (version) => {
          stage.version = version;
          const response = await wholeResponse(port, ['PUT /', ...lines(version.etag)]);
          expect(response.slice(9, 12)).toBe(String(status));
          // After a lost race the version that was evaluated is no longer the current one.
          expect(response.includes(`\r\nETag: ${version.etag}\r\n`)).toBe(handler === undefined);
          const others = response.replace(/^ETag: .*\r\n/m, '');
          for (const secret of version.secrets) expect(others).not.toContain(secret);
        });
        await fc.assert(law, { numRuns: 20 });
      });
    },
  );

  test('R-9457-3-c says neither the version nor a stack, whatever octets the fields carry', async () => {
    const stage = new SecretStage(express, { required: ['PUT'] }, (_req, res) => void res.sendStatus(204));
    await withServer(stage.app, async (port) => {
      const law = fc.asyncProperty(secrets, fuzzCases, async (version, { lines }) => {
        stage.version = version;
        const response = await wholeResponse(port, ['PUT /', ...lines]);
        fc.pre(!response.startsWith('HTTP/1.1 204 '));
        expect(response).toMatch(/^HTTP\/1\.1 4(?:12|28) /);
        for (const secret of version.secrets) expect(response).not.toContain(secret);
        expect(response).not.toMatch(INTERNALS);
      });
      await fc.assert(law, { numRuns: 300 });
    });
  });
});
