/** Programs of the system that serve a file: found, started without root, and ended. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FILE, FOLDER } from './files.mjs';

const READY_WITHIN_MS = 5000;

/** Where it is: the first candidate, unless the environment names another one, or `none`. */
export function findProgram(variable, candidates) {
  const given = process.env[variable];
  if (given === 'none') return undefined;
  return given || candidates.find((path) => existsSync(path));
}

/** What the group of the pattern is in what it prints, on either stream, when it is asked for its version. */
export function versionOfProgram(path, pattern) {
  const { stdout, stderr, error } = spawnSync(path, ['-v'], { encoding: 'utf8' });
  if (error) throw error;
  const [, found] = pattern.exec(stdout + stderr) ?? [];
  if (found === undefined) throw new Error(`${path} -v does not print ${pattern}: ${stdout}${stderr}`);
  return found;
}

/**
 * Lends the origin of a program that serves a folder with the file in it. `configure` gives its configuration for a folder of its
 * own and a port, and `argumentsFor` how it is told of it; it has to stay in the foreground.
 */
export async function withProgram({ path, configure, argumentsFor }, use) {
  const folder = await mkdtemp(join(tmpdir(), 'http-preconditions-interop-'));
  const port = await freePort();
  try {
    // Not the folder of the repository: a server that root starts reads files as another user, who may not get there.
    await cp(join(FOLDER, FILE), join(folder, FILE), { preserveTimestamps: true });
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'server.conf'), configure({ folder, port }));
    return await whileRunning(path, argumentsFor(folder), port, () => use(`http://127.0.0.1:${port}`));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function whileRunning(path, args, port, use) {
  // Without the environment: nginx takes NGINX for a list of sockets that it inherits.
  const child = spawn(path, args, { env: {}, stdio: ['ignore', 'ignore', 'inherit'] });
  const kill = () => child.kill();
  const ended = once(child, 'exit');
  process.once('exit', kill);
  try {
    await Promise.race([
      untilListening(port),
      ended.then(() => Promise.reject(new Error(`${path} has ended.`))),
    ]);
    return await use();
  } finally {
    kill();
    await ended;
    process.off('exit', kill);
  }
}

async function untilListening(port) {
  for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await delay(20))
    if (await listens(port)) return;
  throw new Error(`Nothing listens after ${READY_WITHIN_MS} ms.`);
}

async function listens(port) {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
