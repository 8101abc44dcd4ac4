import { statSync, type Stats } from 'node:fs';
import { mkdtemp, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import request from 'supertest';
import { fromStat, type VersionOf } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import type { Params } from './fixtures.js';
import { LazyQuery, requestTo, serve, systemError } from './fixtures.js';

const SAVED_AT = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
const T = 'Fri, 02 Jan 2026 03:04:05 GMT';
let folder: string;

const pathOf = (req: Request<Params>): string => join(folder, req.params.id);
const byFile = fromStat((req: Request<Params>) => stat(pathOf(req)));
const byFileSync = fromStat((req: Request<Params>) => statSync(pathOf(req)));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'from-stat-'));
  await symlink('circle', join(folder, 'circle'));
});
beforeEach(async () => {
  await writeFile(join(folder, 'a'), 'hello');
  await utimes(join(folder, 'a'), SAVED_AT, SAVED_AT);
});
afterAll(() => rm(folder, { recursive: true }));

describe('fromStat', () => {
  test('gives the weak tag of size and time, the time, and the status itself', async () => {
    const status = await stat(join(folder, 'a'));
    for (const answer of [await byFile(requestTo('/a')), byFileSync(requestTo('/a'))]) {
      const { etag, lastModified, lastModifiedIsWeak, resource } = answer as VersionOf<Stats>;
      // The date may be of another realm than Jest's, so its time is compared.
      expect([etag, lastModified?.getTime()]).toEqual([
        `W/"5-${SAVED_AT.getTime().toString(16)}"`,
        SAVED_AT.getTime(),
      ]);
      expect(lastModifiedIsWeak).toBe(true);
      expect([resource.size, resource.mtimeMs]).toEqual([status.size, status.mtimeMs]);
    }
  });

  test.each([
    { title: 'one octet more', content: 'hello!', savedAt: SAVED_AT },
    {
      title: 'the same size a millisecond later',
      content: 'olleh',
      savedAt: new Date(SAVED_AT.getTime() + 1),
    },
  ])('gives another tag after $title', async ({ content, savedAt }) => {
    const before = await byFile(requestTo('/a'));
    await writeFile(join(folder, 'a'), content);
    await utimes(join(folder, 'a'), savedAt, savedAt);
    expect(before).not.toMatchObject({ etag: byFile.versionOf(await stat(join(folder, 'a'))).etag });
  });

  test.each([
    { title: 'a file that is not there (ENOENT)', id: 'missing' },
    { title: 'a file below a file (ENOTDIR)', id: 'a/b' },
    { title: 'a name that no file can have (ENAMETOOLONG)', id: 'x'.repeat(5000) },
  ])('answers null for $title', async ({ id }) => {
    await expect(byFile(requestTo('/', id))).resolves.toBeNull();
    expect(byFileSync(requestTo('/', id))).toBeNull();
  });

  test('leaves any other failure an error', async () => {
    await expect(byFile(requestTo('/', 'circle'))).rejects.toMatchObject({ code: 'ELOOP' });
    expect(() => byFileSync(requestTo('/', 'circle'))).toThrow(expect.objectContaining({ code: 'ELOOP' }));
  });

  test.each(['EACCES', 'EPERM', 'EIO', 'EMFILE'])('leaves %s an error', async (code) => {
    const failure = systemError(code);
    await expect(fromStat(() => Promise.reject(failure))(requestTo('/a'))).rejects.toBe(failure);
    const throwing = fromStat(() => {
      throw failure;
    });
    expect(() => throwing(requestTo('/a'))).toThrow(failure);
  });

  test.each([{ thrown: undefined }, { thrown: null }, { thrown: 'ENOENT' }])(
    'takes a rejection with $thrown for no missing file',
    async ({ thrown }) => {
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what libraries do reject with
      await expect(fromStat(() => Promise.reject(thrown))(requestTo('/a'))).rejects.toBe(thrown);
    },
  );

  test('runs a lazy loader once', async () => {
    const query = new LazyQuery(statSync(join(folder, 'a')));
    await expect(fromStat(() => query)(requestTo('/a'))).resolves.toMatchObject({ lastModified: SAVED_AT });
    expect(query.runs).toBe(1);
  });
});

describe.each(EXPRESS_VERSIONS)('On $name, fromStat', ({ express }) => {
  test('sends what express.static and res.sendFile send for the same file', async () => {
    const byStatic = express().use(express.static(folder));
    const bySendFile = express().get('/:name', (req, res) => {
      res.sendFile(join(folder, basename(req.params.name)));
    });
    const own = await request(serve(byFile, { express })).get('/a').expect(200);
    expect(own.headers['last-modified']).toBe(T);
    for (const app of [byStatic, bySendFile]) {
      const { headers } = await request(app).get('/a').expect(200);
      expect(own.headers['etag']).toBe(headers['etag']);
      expect(own.headers['last-modified']).toBe(headers['last-modified']);
    }
  });

  test('R-8.8.2.2-a answers 304 by tag or date, and lets no write depend on the weak tag', async () => {
    const app = serve(byFileSync, { express });
    const tag = byFileSync.versionOf(statSync(join(folder, 'a'))).etag!;
    await request(app).get('/a').set('If-None-Match', tag).expect(304);
    await request(app).get('/a').set('If-Modified-Since', T).expect(304);
    await request(app).put('/a').set('If-Unmodified-Since', T).expect(200);
    await request(app).put('/a').set('If-Match', tag).expect(412);
  });

  test('leaves a missing file to the handler, and answers 500 for one it may not look at', async () => {
    await request(serve(byFile, { express })).get('/missing').expect(404);
    const denied = serve(
      fromStat(() => Promise.reject(systemError('EACCES'))),
      { express },
    );
    const response = await request(denied).get('/a').expect(500);
    expect(response.body).toMatchObject({ code: 'ERR_PROVIDER_FAILED', cause: 'EACCES' });
  });
});
