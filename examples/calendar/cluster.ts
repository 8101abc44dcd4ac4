/**
 * Several processes behind one port. The primary serves nothing: it prepares the database, starts the workers, replaces
 * those that end, and stops them all on SIGINT or SIGTERM.
 */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore, prepareStore } from './database.js';
import type { Settings } from './environment.js';
import { listening, originOf, serve } from './serving.js';
import { welcome } from './welcome.js';

/** A worker that does not listen for longer than this has failed. */
const SHORT_LIFE_MS = 1000;
const MOST_FAILURES = 5;
const BACK_OFF_MS = 50;
const STOP_MS = 10_000;

/** Resolves when all workers were stopped. @throws when a worker fails again and again */
export async function runPrimary(settings: Settings): Promise<void> {
  const store = await prepareStore(settings);
  const { port, origin } = await choosePort(settings);
  const text = await welcome(store, settings, origin);
  await store.close();
  cluster.once('listening', () => console.log(text));

  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
    signalWorkers('SIGTERM');
    setTimeout(signalWorkers, STOP_MS, 'SIGKILL').unref();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const workers = Array.from({ length: settings.workers }, () => keepRunning(port, stopping.signal));
  try {
    await Promise.all(workers);
  } finally {
    stop();
    await Promise.allSettled(workers);
  }
}

/** One of the workers, from its start to its end. */
export async function runWorker(settings: Settings): Promise<void> {
  await serve(openStore(settings), settings);
  process.channel?.unref(); // the connection to the primary is no reason to go on after the server has stopped
}

/** The port of PORT=0 is chosen here once, so that a worker listens where the one that it replaces did. */
async function choosePort(settings: Settings): Promise<{ port: number; origin: string }> {
  const probe = createServer();
  await listening(probe, settings);
  const { port } = probe.address() as AddressInfo;
  const origin = originOf(probe);
  probe.close();
  await once(probe, 'close');
  return { port, origin };
}

/** One worker after the other. */
async function keepRunning(port: number, stopping: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stopping.aborted) {
    failures = (await lifeOf(cluster.fork({ PORT: port }))) < SHORT_LIFE_MS ? failures + 1 : 0;
    if (stopping.aborted) return;
    if (failures === MOST_FAILURES)
      throw new Error(`A worker has ended ${failures} times in a row at its start.`);
    if (failures > 0)
      await sleep(BACK_OFF_MS * 2 ** failures, undefined, { signal: stopping }).catch(() => {});
  }
}

/** For how long it has listened, in milliseconds; less than nothing if it never has. */
async function lifeOf(worker: Worker): Promise<number> {
  let begin = Infinity;
  worker.once('listening', () => {
    begin = performance.now();
  });
  await once(worker, 'exit');
  return performance.now() - begin;
}

function signalWorkers(signal: NodeJS.Signals): void {
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
}
