/** The command as `npm run build` makes it, in a folder of its own, and run as a process. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Invocation } from './invoke.js';

const ROOT = join(__dirname, '../..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

export interface BuiltCommand {
  /** Where there is place for files. */
  readonly folder: string;
  readonly file: string;
  readonly start: (argv: readonly string[]) => Running;
}

export interface Running {
  readonly ended: Promise<Invocation>;
  readonly interrupt: () => void;
  /** Stops reading what it prints. */
  readonly closeOutput: () => void;
}

/** Builds before the tests of a file, and gives the command while they run. */
export function useBuiltCommand(): BuiltCommand {
  const folder = mkdtempSync(join(tmpdir(), 'cli-build-'));
  const file = join(folder, 'cli/main.js');
  beforeAll(() => {
    build(folder, file);
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return { folder, file, start: (argv) => start(file, argv) };
}

/** Whether all types are right is for `npm run typecheck` to say. */
function build(folder: string, file: string): void {
  const project = ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', folder, '--noEmitOnError', 'false'];
  const { stdout, stderr } = spawnSync(process.execPath, [TSC, ...project], { encoding: 'utf8' });
  if (!existsSync(file)) throw new Error(`tsc has built no command. ${stdout}${stderr}`);
  // Of the package, this is said by its own manifest.
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
}

function start(file: string, argv: readonly string[]): Running {
  const child = spawn(process.execPath, [file, ...argv], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return {
    ended: once(child, 'close').then(([status]) => ({ status: status as number, out, err })),
    interrupt: () => child.kill('SIGINT'),
    closeOutput: () => child.stdout.destroy(),
  };
}
