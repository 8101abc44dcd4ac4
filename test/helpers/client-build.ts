/** The ES modules that `npm run build` makes of lib, in a folder of their own: tests run in a clone that was never built. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';

const ROOT = join(__dirname, '../..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

/** Builds before the tests of a group, and gives the folder while they run. */
export function useClientBuild(): { readonly folder: string } {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'client-build-'));
    build(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    get folder() {
      return folder;
    },
  };
}

/** Whether all types are right is for `npm run typecheck` to say. */
function build(folder: string): void {
  const project = ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', folder, '--noEmitOnError', 'false'];
  const { stdout, stderr } = spawnSync(process.execPath, [TSC, ...project], { encoding: 'utf8' });
  if (!existsSync(join(folder, 'client/index.js')))
    throw new Error(`tsc has built no client. ${stdout}${stderr}`);
}
