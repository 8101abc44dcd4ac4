// Builds dist/ from lib/ with two runs of tsc, ES modules and CommonJS, so that every consumer gets its own format.
// The marker file makes Node read dist/cjs as CommonJS although the package itself says "type": "module".
import { rmSync, writeFileSync } from 'node:fs';
import { root, run } from './lib/run.mjs';

rmSync(`${root}dist`, { recursive: true, force: true });
run('tsc', ['-p', 'tsconfig.build.json']);
run('tsc', ['-p', 'tsconfig.cjs.json']);
writeFileSync(`${root}dist/cjs/package.json`, '{ "type": "commonjs" }\n');
