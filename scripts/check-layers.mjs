// Checks that the folders of lib/ know each other in one direction only, and that no file imports itself in a circle.
// What each layer may import stands here as data. Usage: node scripts/check-layers.mjs [folder, default lib]
import { resolve } from 'node:path';
import { layerFaults } from './lib/layers.mjs';
import { report, root } from './lib/run.mjs';
import { readSources } from './lib/source.mjs';

// A layer is a folder of lib/ or a file directly in it. Its own files may always import each other.
// `values`: what it may import without limits. `types`: what it may name in types only, so nothing is left at run time.
const RULES = {
  core: { values: [], types: [] },
  'errors.ts': { values: ['settle.ts'], types: [] },
  'settle.ts': { values: [], types: [] },
  providers: { values: ['core', 'errors.ts', 'settle.ts', 'etag', 'node:'], types: ['express'] },
  locks: { values: ['errors.ts', 'node:'], types: [] },
  express: {
    values: ['core', 'errors.ts', 'settle.ts', 'providers/types.ts', 'locks/errors.ts', 'node:'],
    types: ['providers', 'locks', 'express', 'express-serve-static-core'],
  },
  client: { values: ['core'], types: [] },
  testing: { values: ['core', 'node:'], types: ['providers', 'locks'] },
  cli: { values: ['testing', 'node:'], types: [] },
  'index.ts': { values: ['*'], types: ['*'] },
};

const folder = process.argv[2] ?? 'lib';
const files = readSources(resolve(root, folder));
const faults = layerFaults(files, RULES, folder);
if (files.length === 0) faults.push(`${folder}: no source files`);
report(faults, `${folder}: ${files.length} files, every import runs the right way`);
