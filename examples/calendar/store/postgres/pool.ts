/** The connections of one process. They are opened when they are needed, so that a process can start without any. */
import { type CustomTypesConfig, Pool, types } from 'pg';

const CONNECT_TIMEOUT_MS = 5000;
const QUERY_TIMEOUT_MS = 10_000;

export function openPool(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: `calendar ${process.pid}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    types: { getTypeParser },
  });
  // An idle connection has broken, and the pool has thrown it away; unheard, the event would end the process.
  pool.on('error', () => {});
  return pool;
}

const INT8: number = types.builtins.INT8;

/** Versions and instants are bigint columns with values that a number holds. */
const getTypeParser = ((oid: number, format?: 'text') =>
  oid === INT8 ? Number : types.getTypeParser(oid, format)) as CustomTypesConfig['getTypeParser'];
