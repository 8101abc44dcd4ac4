// Shared by the scripts: where the repository is, how to run one of its tools, and how to end a check.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a tool of node_modules/.bin, its output going straight to the terminal, and exits when it fails. */
export function run(tool, args, env = {}) {
  const { status, error } = spawnSync(bin(tool), args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a tool of node_modules/.bin and returns what it printed, whether it succeeded or not. */
export function outputOf(tool, args) {
  const { status, stdout, stderr, error } = spawnSync(bin(tool), args, { cwd: root, encoding: 'utf8' });
  if (error) throw error;
  return { status, output: stdout + stderr };
}

/** The text as oxfmt writes it, by the name of a file that it could stand in. */
export function formatted(file, text) {
  const { status, stdout, stderr, error } = spawnSync(bin('oxfmt'), [`--stdin-filepath=${file}`], {
    cwd: root,
    encoding: 'utf8',
    input: text,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`oxfmt cannot read ${file}: ${stderr}`);
  return stdout;
}

function bin(tool) {
  return `${root}node_modules/.bin/${tool}`;
}

/** Ends a check: prints every fault and fails, or says in one line what has been found in order. */
export function report(faults, inOrder) {
  if (faults.length === 0) {
    console.log(inOrder);
    return;
  }
  for (const fault of faults) console.error(fault);
  console.error(`${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`);
  process.exitCode = 1;
}
