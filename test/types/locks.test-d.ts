/** Locks and what they may be given, as the type checker sees them. */
import { expectTypeOf } from 'expect-type';
import type { Request } from 'express';
import { Pool } from 'pg';
import {
  type Lock,
  type LockOptions,
  memoryLock,
  postgresLock,
  preconditions,
  type PreconditionsOptions,
} from '../../lib/index.js';

const provider = (): null => null;
const lock = memoryLock();

// A lock lends itself for the time of a function, and gives what that returns.
expectTypeOf(lock).toEqualTypeOf<Lock>();
expectTypeOf(lock.withLock('key', () => 7)).toEqualTypeOf<Promise<number>>();
expectTypeOf(lock.withLock('key', async () => 'seven', { wait: 1 })).toEqualTypeOf<Promise<string>>();

// A pool of pg fits as it is.
expectTypeOf(postgresLock(new Pool())).toEqualTypeOf<Lock>();
postgresLock(new Pool(), { namespace: 'calendar', connections: 2 });
// @ts-expect-error -- not a pool
postgresLock({ query: async () => [] });
// @ts-expect-error -- unknown option
postgresLock(new Pool(), { table: 'locks' });

preconditions(provider, { lock });
preconditions(provider, { lock: { lock, key: (req) => req.path, wait: 1, lease: 1, contentLimit: 1 } });
expectTypeOf<PreconditionsOptions['lock']>().toEqualTypeOf<Lock | LockOptions | undefined>();
expectTypeOf<LockOptions['key']>().toEqualTypeOf<((req: Request) => string) | undefined>();
// @ts-expect-error -- a function is no lock
preconditions(provider, { lock: () => lock });
// @ts-expect-error -- the lock itself is missing
preconditions(provider, { lock: { wait: 1 } });
// @ts-expect-error -- a key is a text
preconditions(provider, { lock: { lock, key: (req: Request) => req.params } });
