/** Runs cases against the reference over TLS, and prints what each comes to. NODE_EXTRA_CA_CERTS, CERTIFICATE and KEY name files. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Target } from '../../lib/testing/index.js';
import { failureOf } from './cases-of.js';
import { ReferenceServer } from './reference/server.js';
import { referenceTarget } from './reference/target.js';

const { CERTIFICATE = '', KEY = '' } = process.env;

const reference = new ReferenceServer();
const server = createServer({ cert: readFileSync(CERTIFICATE), key: readFileSync(KEY) }, reference.listener);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

const target = referenceTarget(reference);
const servers: Record<string, Target['server']> = {
  'a host name': `https://localhost:${port}`,
  'an address': `https://127.0.0.1:${port}`,
  'a server': server,
};

const outcomes: [string, string, string][] = [];
for (const [kind, each] of Object.entries(servers)) {
  for (const id of ['if-none-match.current', '304.no-content', 'put.race']) {
    const failure = await failureOf({ ...target, server: each, timeout: 4000 }, id);
    outcomes.push([kind, id, failure?.message ?? 'passed']);
  }
}
console.log(JSON.stringify(outcomes));
server.close();
