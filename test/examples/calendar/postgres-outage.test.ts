/** The calendar API while its Postgres database goes away and comes back. */
import { afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Pool } from 'pg';
import type request from 'supertest';
import { createTables } from '../../../examples/calendar/store/postgres.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { LUNCH } from './fixtures.js';
import { emptyPostgresStore } from './stores.js';
import { EVENT, EVENTS, eventTag, useCalendar } from './use-calendar.js';

describeOnPostgres('The calendar API', (database) => {
  const api = useCalendar(emptyPostgresStore(database));
  let admin: Pool;
  let log: jest.SpiedFunction<typeof console.error>;

  beforeAll(() => {
    admin = database.pool({
      connectionString: Object.assign(new URL(database.url), { pathname: 'postgres' }).href,
    });
  });
  beforeEach(() => {
    log = jest.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => log.mockRestore());

  const name = (): string => new URL(database.url).pathname.slice(1);

  async function endConnections(): Promise<void> {
    const sql = 'SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE datname = $1';
    await admin.query(sql, [name()]);
  }

  async function allowConnections(allowed: boolean): Promise<void> {
    await admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS ${allowed}`);
  }

  function expectBackendError({ status, body, headers }: request.Response): void {
    expect({ status, body }).toMatchObject({
      status: 500,
      body: { error: { code: 500, errors: [{ reason: 'backendError' }] } },
    });
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(headers).not.toHaveProperty('etag');
  }

  test('goes on with new connections when all were ended', async () => {
    expect(await api.send('get', EVENT)).toMatchObject({ status: 200 });
    await endConnections();
    // A request may meet a connection whose end has not been noticed yet.
    let response = await api.send('put', EVENT, { 'If-Match': eventTag(1) }, LUNCH);
    while (response.status !== 200) {
      expectBackendError(response);
      response = await api.send('put', EVENT, { 'If-Match': eventTag(1) }, LUNCH);
    }
    expect(response.body).toMatchObject({ etag: eventTag(2) });
  });

  test('answers 500 while the database is away, and is well again when it is back', async () => {
    await allowConnections(false);
    await endConnections();
    const requests = [
      () => api.send('get', EVENT, { 'If-None-Match': eventTag(1) }),
      () => api.send('get', EVENTS),
      () => api.send('put', EVENT, { 'If-Match': eventTag(1) }, LUNCH),
      () => api.send('patch', EVENT, {}, LUNCH),
      () => api.send('delete', EVENT),
      () => api.send('post', EVENTS, {}, LUNCH),
    ];
    for (const send of requests) expectBackendError(await send());
    await allowConnections(true);
    expect(await api.send('get', EVENT, { 'If-None-Match': eventTag(1) })).toMatchObject({ status: 304 });
    expect(await api.send('put', EVENT, { 'If-Match': eventTag(1) }, LUNCH)).toMatchObject({ status: 200 });
  });

  test.each([
    {
      title: 'nothing listens',
      url: () => 'postgres://ada:sesame@127.0.0.1:1/calendar',
      reason: /^connect ECONNREFUSED 127\.0\.0\.1:1$/,
    },
    {
      title: 'the user is unknown',
      url: () => Object.assign(new URL(database.url), { username: 'ada', password: 'sesame' }).href,
      reason: /^(password authentication failed for user|role) "ada".*$/,
    },
    { title: 'the URL is none', url: () => 'postgres://ada:sesame@:port/calendar', reason: /^Invalid URL$/ },
  ])('is not started where $title: one line without the password says so', async ({ url, reason }) => {
    const { message } = await createTables(url()).then(
      () => new Error('It was started.'),
      (error: Error) => error,
    );
    const begin = 'Cannot open the database of DATABASE_URL: ';
    expect(message.slice(0, begin.length)).toBe(begin);
    expect(message.slice(begin.length)).toMatch(reason);
    expect(message).not.toContain('sesame');
  });
});
