// Runs the tests of the package on Bun and Deno, of which npm has the programs themselves, one package for each platform.
// Usage: node scripts/test-on-runtimes.mjs
import { spawnSync } from 'node:child_process';
import { run, root } from './lib/run.mjs';

const PACKAGES = {
  'linux-x64': { bun: '@oven/bun-linux-x64', deno: '@deno/linux-x64-glibc' },
  'linux-arm64': { bun: '@oven/bun-linux-aarch64', deno: '@deno/linux-arm64-glibc' },
  'darwin-x64': { bun: '@oven/bun-darwin-x64', deno: '@deno/darwin-x64' },
  'darwin-arm64': { bun: '@oven/bun-darwin-aarch64', deno: '@deno/darwin-arm64' },
};
const VERSIONS = { bun: '1.4.5', deno: '2.9.6' };

const platform = `${process.platform}-${process.arch}`;
const packages = PACKAGES[platform];
if (!packages)
  throw new Error(`no packages are known for ${platform}: add them to scripts/test-on-runtimes.mjs`);

const folder = `${root}.tmp/runtimes`;
const wanted = [`${packages.bun}@${VERSIONS.bun}`, `${packages.deno}@${VERSIONS.deno}`];
const install = ['install', '--prefix', folder, '--no-save', '--no-package-lock', ...wanted];
const { status, error } = spawnSync('npm', install, { stdio: 'inherit' });
if (error) throw error;
if (status !== 0) process.exit(status ?? 1);

const programs = {
  BUN: `${folder}/node_modules/${packages.bun}/bin/bun`,
  DENO: `${folder}/node_modules/${packages.deno}/deno`,
};
console.log(`Bun ${VERSIONS.bun}, Deno ${VERSIONS.deno}`);
run('jest', ['test/package/runtimes'], programs);
