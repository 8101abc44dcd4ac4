import { describe, expect, test } from '@jest/globals';
import { runScript, withFiles } from '../helpers/scripts.js';

const RIGHT = {
  'errors.ts': 'export class HttpPreconditionsError extends Error {}\n',
  'core/index.ts': "export { isWeak } from './entity-tag.js';\n",
  'core/entity-tag.ts': '/** import x from "../errors.js" */\nexport const isWeak = () => false;\n',
  'providers/types.ts': "import type { Request } from 'express';\nexport const SKIP = Symbol('SKIP');\n",
  'providers/from-body.ts': "import etag from 'etag';\nimport { SKIP } from './types.js';\n",
  'express/middleware.ts':
    "import { isWeak } from '../core/index.js';\nimport { SKIP } from '../providers/types.js';\n" +
    "import type { Load } from '../providers/from-body.js';\n",
  'index.ts': "export * from './express/middleware.js';\nexport * from './providers/from-body.js';\n",
};

const WRONG = [
  {
    title: 'core imports another folder',
    files: { 'core/index.ts': "\nimport type { V } from '../providers/types.js';\n" },
    message: 'core/index.ts:2: core imports types from providers/types.ts; it may import nothing',
  },
  {
    title: 'core imports a package',
    files: { 'core/index.ts': "export {\n  createServer,\n} from 'node:http';\n" },
    message: 'core/index.ts:1: core imports values from node:http',
  },
  {
    title: 'the errors import anything',
    files: { 'errors.ts': "import { isWeak } from './core/index.js';\n" },
    message: 'errors.ts:1: errors.ts imports values from core/index.ts',
  },
  {
    title: 'express imports values from a provider',
    files: { 'express/middleware.ts': "import { type A, fromBody } from '../providers/from-body.js';\n" },
    message: 'express/middleware.ts:1: express imports values from providers/from-body.ts',
  },
  {
    title: 'express loads a provider at run time',
    files: { 'express/middleware.ts': "export const later = () => import('../providers/from-body.js');\n" },
    message: 'express/middleware.ts:1: express imports values from providers/from-body.ts',
  },
  {
    title: 'a provider imports express as a value',
    files: { 'providers/from-body.ts': "import express from 'express';\n" },
    message: 'providers/from-body.ts:1: providers imports values from express',
  },
  {
    title: 'files import each other in a circle',
    files: { 'core/entity-tag.ts': "import { isWeak } from './index.js';\n" },
    message: 'import cycle: core/entity-tag.ts -> core/index.ts -> core/entity-tag.ts',
  },
  {
    title: 'a file imports what is not there',
    files: { 'index.ts': "export * from './caches/index.js';\n" },
    message: 'index.ts:1: imports ./caches/index.js, which is not there',
  },
  {
    title: 'a folder has no rule',
    files: { 'caches/index.ts': "import { isWeak } from '../core/index.js';\n" },
    message: 'no rule for "caches"',
  },
];

describe('the layers of lib', () => {
  test('every import runs the right way', () => {
    expect(runScript('check-layers.mjs')).toEqual({
      status: 0,
      output: expect.stringContaining('right way'),
    });
  });

  test('a right tree passes', () => {
    withFiles(RIGHT, (folder) => {
      expect(runScript('check-layers.mjs', folder)).toMatchObject({ status: 0 });
    });
  });

  test.each(WRONG)('fails when $title', ({ files, message }) => {
    withFiles({ ...RIGHT, ...files }, (folder) => {
      const { status, output } = runScript('check-layers.mjs', folder);
      expect(output).toContain(message);
      expect(status).toBe(1);
    });
  });

  test('fails when there is nothing to check', () => {
    withFiles({}, (folder) => {
      expect(runScript('check-layers.mjs', folder)).toMatchObject({ status: 1 });
    });
  });
});
