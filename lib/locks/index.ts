export { memoryLock } from './memory.js';
export { postgresLock } from './postgres.js';
export type { PostgresLockOptions } from './postgres.js';
export type { PostgresClient, PostgresPool } from './postgres-session.js';
export type { Lock, LockLimits } from './types.js';
