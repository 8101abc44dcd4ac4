/** The quickstart and every recipe keep to RFC 9110, section 13: the cases that everybody may run against their own. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express, { type Router } from 'express';
import { type Api, conformance, type Target, type Writes } from 'http-preconditions/testing';
import Database from 'libsql';
import { createConnection } from 'mongoose';
import type { Pool } from 'pg';
import request from 'supertest';
import * as files from '../../examples/recipes/files.js';
import * as map from '../../examples/recipes/map.js';
import * as mongoose from '../../examples/recipes/mongoose.js';
import * as postgresVersion from '../../examples/recipes/postgres-version.js';
import * as postgresXmin from '../../examples/recipes/postgres-xmin.js';
import * as prisma from '../../examples/recipes/prisma.js';
import * as sqlite from '../../examples/recipes/sqlite.js';
import { describeOnPostgres } from '../helpers/postgres.js';
import { type RunningExample, runExample } from './helpers/run-example.js';
import { MemoryCollection } from './recipes/memory-mongo.js';
import { prismaOnPostgres, SCHEMA as PRISMA_SCHEMA } from './recipes/prisma-on-postgres.js';

/** Under `/notes`, as all of them have it. */
const newPath = (): string => `/notes/${randomUUID()}`;

const WRITES: Writes = {
  methods: ['PUT', 'DELETE'],
  async create(api: Api) {
    const path = newPath();
    await api.send('PUT', path, [['If-None-Match', '*']], { text: 'new' });
    return path;
  },
  remove: (path, api) => api.send('DELETE', path),
  content: (n) => ({ text: `text ${n}` }),
  absent: newPath,
  putCreates: true,
};

const TARGET: Omit<Target, 'server'> = {
  path: '/notes/1',
  absentPath: '/notes/none',
  etag: 'strong',
  writes: WRITES,
};

describe('The quickstart conforms', () => {
  let quickstart: RunningExample;
  let origin: string;

  beforeAll(async () => {
    quickstart = runExample('examples/quickstart.ts', { PORT: '0' });
    origin = `http://127.0.0.1:${await quickstart.printed(/port: (\d+)/)}`;
  }, 30_000);
  afterAll(() => quickstart.exit('SIGTERM'));

  testCases({
    ...TARGET,
    get server() {
      return origin;
    },
    writes: { ...WRITES, methods: ['PUT'], required: 'tag' },
  });
});

const folder = mkdtempSync(join(tmpdir(), 'conformance-of-files-'));
const db = new Database(':memory:');
db.exec(sqlite.SCHEMA);
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const RECIPES: readonly { readonly name: string; readonly open: () => Router }[] = [
  { name: 'map', open: () => map.notes(new Map()) },
  { name: 'files', open: () => files.notes(folder) },
  { name: 'sqlite', open: () => sqlite.notes(db) },
  {
    name: 'mongoose',
    open: () => mongoose.notes(new MemoryCollection(['name']).serve(mongoose.noteModel(createConnection()))),
  },
];

const POSTGRES_RECIPES: readonly {
  readonly name: string;
  readonly schema: string;
  readonly open: (pool: Pool) => Router;
}[] = [
  { name: 'postgres-version', schema: postgresVersion.SCHEMA, open: postgresVersion.notes },
  { name: 'postgres-xmin', schema: postgresXmin.SCHEMA, open: postgresXmin.notes },
  { name: 'prisma', schema: PRISMA_SCHEMA, open: (pool) => prisma.notes(prismaOnPostgres(pool)) },
];

describe.each(RECIPES)('The recipe $name conforms', ({ open }) => {
  testRecipe(open);
});

for (const { name, schema, open } of POSTGRES_RECIPES)
  describeOnPostgres(`The recipe ${name} conforms`, (database) => {
    testRecipe(async () => {
      const pool = database.pool();
      await pool.query(schema);
      return open(pool);
    });
  });

test('No recipe is forgotten', () => {
  const present = readdirSync(join(__dirname, '../../examples/recipes')).map((file) => parse(file).name);
  const tested = [...RECIPES, ...POSTGRES_RECIPES].map(({ name }) => name);
  expect([...tested, 'content', 'under-guard'].toSorted()).toEqual(present.toSorted());
});

function testRecipe(open: () => Router | Promise<Router>): void {
  let notes: Router;
  const app = express().use('/notes', (req, res, next) => notes(req, res, next));

  beforeAll(async () => {
    notes = await open();
    await request(app).put(TARGET.path).send({ text: 'shared' }).expect(201);
  });
  testCases({ ...TARGET, server: app });
}

function testCases(target: Target): void {
  const cases = conformance(target).filter(({ applies }) => applies);
  test.each(cases)('$id: $title', ({ run: check }) => check());
}
