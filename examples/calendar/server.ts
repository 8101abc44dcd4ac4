/**
 * Runs the calendar API: `npm start`. From the environment: PORT (3000; 0 for any), HOST (127.0.0.1), DATABASE_FILE
 * (calendar.db; `:memory:` to forget everything) or DATABASE_URL (Postgres), CALENDAR_EPOCH (to be changed when a backup
 * is put back), WORKERS (1; or `npm start -- --workers 4`), CALENDAR_TOKENS (`token=user@domain,…`, in place of the demo
 * token), REQUIRE_CONDITIONS (1: writes without a condition get 428).
 */
import cluster from 'node:cluster';
import { runPrimary, runWorker } from './cluster.js';
import { prepareStore } from './database.js';
import { readEnvironment, type Settings } from './environment.js';
import { originOf, serve } from './serving.js';
import { welcome } from './welcome.js';

try {
  const settings = readEnvironment(process.env, process.argv.slice(2));
  if (cluster.isWorker) await runWorker(settings);
  else if (settings.workers > 1) await runPrimary(settings);
  else await run(settings);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1); // a store may be open, and would keep the process alive
}

async function run(settings: Settings): Promise<void> {
  const store = await prepareStore(settings);
  const server = await serve(store, settings);
  console.log(await welcome(store, settings, originOf(server)));
}
