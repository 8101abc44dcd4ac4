/** A process that takes a lock, says so, and never gives it back: `holding-process.ts <database> <key>`. */
import { Pool } from 'pg';
import { postgresLock } from '../../lib/locks/index.js';

const [, , connectionString, key] = process.argv;

void postgresLock(new Pool({ connectionString, max: 2 })).withLock(key!, () => {
  process.stdout.write('held\n');
  return new Promise(() => {});
});
