/** Servers that are not ours, and proxies between. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { sqliteStore } from '../../examples/calendar/store/sqlite.js';
import { type ClientOptions, type ConditionalClient, conditionalClient } from '../../lib/client/index.js';
import { preconditions } from '../../lib/index.js';
import { eventAt } from '../examples/calendar/fixtures.js';
import { ADA_TOKEN } from '../examples/calendar/serve.js';
import { EVENT, EVENTS, useCalendar } from '../examples/calendar/use-calendar.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { describeBehindNginx } from '../helpers/nginx.js';
import { withServer } from '../helpers/server.js';

const at = (port: number): string => `http://127.0.0.1:${port}`;

describe.each(EXPRESS_VERSIONS)('Plain $name', ({ express }) => {
  /** A note whose tags are those that Express makes by itself. */
  async function withNote(
    use: (client: ConditionalClient, note: { text: string }, methods: string[]) => Promise<void>,
    options: ClientOptions = {},
  ): Promise<void> {
    const note = { text: 'first' };
    const methods: string[] = [];
    const app = express();
    app.use(express.json(), (req, _res, next) => {
      methods.push(req.method);
      next();
    });
    app.get('/note', (_req, res) => {
      res.json(note);
    });
    app.put('/note', (req, res) => {
      Object.assign(note, req.body);
      res.json(note);
    });
    await withServer(app, (port) => use(conditionalClient({ baseUrl: at(port), ...options }), note, methods));
  }

  test('answers 304 to a read, and 200 when something has changed', async () => {
    await withNote(async (client, note) => {
      expect(await client.get('/note')).toMatchObject({
        etag: expect.stringMatching(/^W\//),
        notModified: false,
      });
      expect(await client.get('/note')).toMatchObject({ data: { text: 'first' }, notModified: true });
      note.text = 'second';
      expect(await client.get('/note')).toMatchObject({ data: { text: 'second' }, notModified: false });
    });
  });

  test('is not asked to write: its tags are weak', async () => {
    await withNote(async (client, note, methods) => {
      await client.get('/note');
      await expect(client.put('/note', { text: 'mine' })).rejects.toMatchObject({
        code: 'ERR_CLIENT_WEAK_TAG',
      });
      expect([note.text, methods]).toEqual(['first', ['GET']]);
    });
  });

  test('writes on request, and the weak tag of its reply is not taken for that of the note', async () => {
    await withNote(async (client, note) => {
      const written = await client.put('/note', { text: 'mine' }, { ifMatch: '*' });
      expect(written).toMatchObject({ etag: undefined, needsRefetch: true });
      expect(written.headers.get('ETag')).toMatch(/^W\//);
      await expect(client.put('/note', {})).rejects.toMatchObject({ code: 'ERR_CLIENT_NO_VALIDATOR' });
      expect(note.text).toBe('mine');
    });
  });

  test('keeps nobody from overwriting, whatever is sent: it does not look at conditions of writes', async () => {
    await withNote(
      async (client, note) => {
        const basedOn = await client.get('/note');
        note.text = 'theirs';
        await client.put('/note', { text: 'mine' }, { basedOn });
        expect(note.text).toBe('mine');
      },
      { ifMatch: 'weak' },
    );
  });

  test('with the middleware and a date alone, refuses what is based on an older one (If-Unmodified-Since)', async () => {
    const note = { text: 'first', lastModified: new Date('2026-01-01T00:00:00Z') };
    const app = express();
    app.set('etag', false);
    app.use(
      preconditions(() => ({ lastModified: note.lastModified })),
      express.json(),
    );
    app.get('/note', (_req, res) => {
      res.json({ text: note.text });
    });
    app.put('/note', (req, res) => {
      note.text = (req.body as { text: string }).text;
      res.sendStatus(204);
    });
    await withServer(app, async (port) => {
      const client = conditionalClient({ baseUrl: at(port) });
      const basedOn = await client.get('/note');
      expect(await client.get('/note')).toMatchObject({ etag: undefined, notModified: true });
      await client.put('/note', { text: 'mine' }, { basedOn });
      note.lastModified = new Date('2026-01-01T00:00:01Z');
      await expect(client.put('/note', { text: 'late' }, { basedOn })).rejects.toMatchObject({
        code: 'ERR_CLIENT_PRECONDITION_FAILED',
      });
      expect(note.text).toBe('mine');
    });
  });
});

describe.each(EXPRESS_VERSIONS)('Files that $name serves', ({ express }) => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'http-preconditions-files-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const OCTETS = Uint8Array.from({ length: 256 }, (_, octet) => octet);
  const files: readonly [string, string | Uint8Array, unknown][] = [
    ['page.txt', 'Zoë', 'Zoë'],
    ['data.json', '{"a":1}', { a: 1 }],
    ['image.png', OCTETS, OCTETS],
  ];
  const ways: readonly [string, (app: Express) => void][] = [
    ['express.static', (app) => app.use(express.static(folder))],
    [
      'res.sendFile',
      (app) => app.get('/:name', (req, res) => res.sendFile(req.params.name, { root: folder })),
    ],
  ];
  const rows = ways.flatMap(([way, serve]) => files.map((file) => [way, ...file, serve] as const));

  test.each(rows)('are read as 304 until they change: %s, %s', async (_way, name, content, data, serve) => {
    await writeFile(join(folder, name), content);
    const app = express();
    serve(app);
    await withServer(app, async (port) => {
      const client = conditionalClient({ baseUrl: at(port) });
      const first = await client.get(name);
      expect([first.data, first.etag, first.headers.has('Last-Modified')]).toEqual([
        data,
        expect.stringMatching(/^W\//),
        true,
      ]);
      expect(await client.get(name)).toMatchObject({ data, notModified: true });
      await writeFile(join(folder, name), '{"another":"length"}');
      expect(await client.get(name)).toMatchObject({ notModified: false });
      await expect(client.remove(name)).rejects.toMatchObject({ code: 'ERR_CLIENT_WEAK_TAG' });
    });
  });
});

describeBehindNginx('The calendar behind an nginx that compresses', (nginx) => {
  const api = useCalendar(async () => sqliteStore(':memory:'));

  async function behindNginx(
    options: ClientOptions,
    use: (ada: ConditionalClient, another: ConditionalClient) => Promise<void>,
  ): Promise<void> {
    await withServer(api.app, async (upstream) => {
      const baseUrl = at(await nginx.inFrontOf(upstream, { gzip: true }));
      const make = (): ConditionalClient =>
        conditionalClient({ baseUrl, headers: { Authorization: `Bearer ${ADA_TOKEN}` }, ...options });
      await use(make(), make());
    });
  }

  test('is read as 304, though the tags arrive weakened', async () => {
    await behindNginx({}, async (ada) => {
      const { headers, etag } = await ada.get(EVENT);
      expect([headers.get('ETag'), etag]).toEqual([etag, expect.stringMatching(/^W\//)]);
      for (let count = 0; count < 2; count++) {
        expect(await ada.get(EVENT)).toMatchObject({ data: { summary: 'Lunch' }, etag, notModified: true });
      }
    });
  });

  test('is not asked to write under a weakened tag', async () => {
    await behindNginx({}, async (ada) => {
      await ada.get(EVENT);
      await expect(ada.put(EVENT, eventAt(9))).rejects.toMatchObject({ code: 'ERR_CLIENT_WEAK_TAG' });
    });
  });

  test('writes under the tag that is in the content, which nobody weakens, again and again', async () => {
    await behindNginx({ etagMember: 'etag' }, async (ada) => {
      const { data, etag } = await ada.get<object>(EVENT);
      expect(etag).toMatch(/^"/);
      for (const summary of ['Brunch', 'Dinner', 'Supper']) {
        const written = await ada.put<object>(EVENT, {
          ...data,
          ...eventAt(9, { summary }),
          etag: undefined,
        });
        expect(written).toMatchObject({ needsRefetch: false, data: { summary, etag: written.etag } });
      }
      expect(await ada.get(EVENT)).toMatchObject({ data: { summary: 'Supper' } });
      await ada.remove(EVENT);
    });
  });

  test('answers 412 to whoever was slower', async () => {
    await behindNginx({ etagMember: 'etag' }, async (ada, another) => {
      const [mine, theirs] = [await ada.get<object>(EVENT), await another.get<object>(EVENT)];
      await another.put(EVENT, { ...theirs.data, ...eventAt(9) });
      await expect(ada.put(EVENT, { ...mine.data, ...eventAt(10) })).rejects.toMatchObject({
        code: 'ERR_CLIENT_PRECONDITION_FAILED',
      });
      expect(await ada.get(EVENT)).toMatchObject({ data: { summary: 'At 9' }, notModified: false });
    });
  });

  test('answers a list as 304, too', async () => {
    await behindNginx({ etagMember: 'etag' }, async (ada) => {
      await ada.get(EVENTS);
      expect(await ada.get(EVENTS)).toMatchObject({ notModified: true, data: { items: [{ id: 'lunch' }] } });
    });
  });
});
