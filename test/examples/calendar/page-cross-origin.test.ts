/** The client in a page of another origin, where a browser lets it send and read only what CORS allows. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import express, { type Express } from 'express';
import { sqliteStore } from '../../../examples/calendar/store/sqlite.js';
import type { CalendarStore } from '../../../examples/calendar/store/types.js';
import { describeInChromium } from '../../helpers/chromium.js';
import { useClientBuild } from '../../helpers/client-build.js';
import { withServer } from '../../helpers/server.js';
import { ADA, LUNCH } from './fixtures.js';
import { ADA_TOKEN, calendarWithUsers, serve, type Served } from './serve.js';
import { EVENT, KEY } from './use-calendar.js';

describeInChromium('The client in a page of another origin', (browser) => {
  const build = useClientBuild();
  let store: CalendarStore;
  let api: Served;
  /** Method and status of each request that the API has answered, preflights (OPTIONS) included. */
  let answered: string[];
  // Chromium keeps no preflight for a request that has conditions: it asks before each of them, whatever the API allows.
  const withoutPreflights = (): string[] => answered.filter((each) => each !== 'OPTIONS 204');

  beforeEach(async () => {
    answered = [];
    store = sqliteStore(':memory:');
    const { app } = await calendarWithUsers({ store });
    await store.events.insert(KEY, ADA, LUNCH);
    api = await serve(recorded(app));
  });
  afterEach(async () => {
    await api.close();
    await store.close();
  });

  function recorded(app: Express): Express {
    return express()
      .use((req, res, next) => {
        res.on('finish', () => answered.push(`${req.method} ${res.statusCode}`));
        next();
      })
      .use(app);
  }

  /** What a script gives that has a `client` and the `url` of an event, in a page that the API does not come from. */
  function elsewhere<T>(script: string, expectedErrors: RegExp[] = []): Promise<T> {
    const site = express()
      .get('/', (_req, res) => void res.type('html').send('<!doctype html><title>Elsewhere</title>'))
      .use('/http-preconditions', express.static(build.folder));
    return withServer(site, (port) =>
      browser.withPage(
        async (page) => {
          await page.goto(`http://127.0.0.1:${port}`);
          return page.evaluate<T>(`(async () => {
            const { conditionalClient, isPreconditionFailedError, PreconditionFailedError } =
              await import('/http-preconditions/client/index.js');
            const url = '${api.origin}${EVENT}';
            const headers = { authorization: 'Bearer ${ADA_TOKEN}' };
            const client = conditionalClient({ headers });
            ${script}
          })()`);
        },
        { expectedErrors },
      ),
    );
  }

  test('gets an event and its tag, and is told that nothing has changed', async () => {
    const [first, second] = await elsewhere<Record<string, unknown>[]>(`
      const seen = ({ etag, headers, data, notModified }) =>
        ({ etag, field: headers.get('etag'), summary: data.summary, notModified });
      return [seen(await client.get(url)), seen(await client.get(url))];`);
    expect(first).toEqual({
      etag: expect.stringMatching(/^".+"$/),
      field: first?.['etag'],
      summary: 'Lunch',
      notModified: false,
    });
    expect(second).toEqual({ ...first, notModified: true });
    expect(answered[0]).toBe('OPTIONS 204');
    expect(withoutPreflights()).toEqual(['GET 200', 'GET 304']);
  });

  test('updates it, and is refused with the tag that this has replaced', async () => {
    const result = await elsewhere<Record<string, unknown>>(
      `
      const { data, etag } = await client.get(url);
      const first = await client.update(url, { ...data, summary: 'Brunch' });
      try {
        await client.update(url, data, { ifMatch: etag });
      } catch (error) {
        return {
          first: first.data.summary,
          isRefused: error instanceof PreconditionFailedError && isPreconditionFailedError(error),
          status: error.response.status,
          reason: error.data.error.errors[0].reason,
        };
      }`,
      [/412/],
    );
    expect(result).toEqual({ first: 'Brunch', isRefused: true, status: 412, reason: 'conditionNotMet' });
    expect(withoutPreflights()).toEqual(['GET 200', 'PUT 200', 'PUT 412']);
  });

  test('patches it twice: the tag in between is the one that the first answer has in its field', async () => {
    const tags = await elsewhere<string[]>(`
      const { etag } = await client.get(url);
      const first = await client.patch(url, { summary: 'Brunch' });
      const second = await client.patch(url, { location: 'Garden' });
      return [etag, first.etag, first.headers.get('etag'), second.etag];`);
    const [read, first, field, second] = tags;
    expect(field).toBe(first);
    expect(new Set([read, first, second]).size).toBe(3);
    expect(withoutPreflights()).toEqual(['GET 200', 'PATCH 200', 'PATCH 200']);
  });
});
