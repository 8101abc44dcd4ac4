// Starts PostgreSQL for the run. TEST_POSTGRES_URL names another server to use; TEST_POSTGRES_URL=none does without.
import { startPostgres } from './embedded-postgres.mjs';

export default async function setUp() {
  const given = process.env.TEST_POSTGRES_URL;
  if (given === 'none') process.env.TEST_POSTGRES_URL = '';
  if (given) return;
  try {
    const server = await startPostgres();
    globalThis.embeddedPostgres = server;
    process.env.TEST_POSTGRES_URL = server.url;
  } catch (error) {
    console.warn(`\nPostgreSQL cannot be started here, so its tests are skipped: ${error.message}`);
  }
}
