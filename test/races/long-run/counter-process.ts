/**
 * One of several processes that serve the same counters: `node --import tsx counter-process.ts`, with DATABASE_URL and PROTECTION
 * (guard, lock or nothing). Tells its parent its port.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Pool } from 'pg';
import { postgresLock } from '../../../lib/index.js';
import { counterApp, type Protection } from '../../helpers/counters.js';
import { postgresCounters } from '../../helpers/counter-stores.js';

const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const app = counterApp(express, { store: postgresCounters(pool), protection: protection() });
const server = createServer(app).listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on('disconnect', () => process.exit());

function protection(): Protection {
  const name = process.env['PROTECTION'];
  if (name === 'lock') return { lock: postgresLock(pool) };
  return name === 'guard' ? 'guard' : 'nothing';
}
