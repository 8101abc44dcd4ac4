/** Which store the settings name. */
import type { Settings } from './environment.js';
import { seed } from './seed.js';
import { createTables, postgresStore } from './store/postgres.js';
import { sqliteStore } from './store/sqlite.js';
import type { CalendarStore } from './store/types.js';

/** To be called once, before any other process opens the store: makes its tables, and something to see. */
export async function prepareStore(settings: Settings): Promise<CalendarStore> {
  if (settings.databaseUrl !== undefined) await createTables(settings.databaseUrl);
  const store = openStore(settings);
  await seed(store, [...new Set(settings.tokens.values())], new Date());
  return store;
}

/** Reaches no Postgres yet: a worker starts, and waits with its clients, also when the database is away. */
export function openStore({ databaseUrl, databaseFile, epoch }: Settings): CalendarStore {
  return databaseUrl === undefined
    ? sqliteStore(databaseFile, { epoch })
    : postgresStore(databaseUrl, { epoch });
}
