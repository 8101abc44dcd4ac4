#!/usr/bin/env node
import { run } from './run.js';

const interruption = new AbortController();
// Once: a second Ctrl-C ends the process as it would any other.
process.once('SIGINT', () => {
  interruption.abort();
});

// `… | head` closes the pipe before everything is written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const { stdout, stderr, env } = process;
run(process.argv.slice(2), { stdout, stderr, env, interruption: interruption.signal }).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // Not the user's mistake: here, the stack helps. 1 would mean that the API has failed.
    process.exitCode = 2;
    stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  },
);
