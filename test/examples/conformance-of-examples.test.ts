/** The quickstart and every recipe keep to RFC 9110, section 13: the cases that everybody may run against their own. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { conformance } from 'http-preconditions/testing';
import { type RunningExample, runExample } from './helpers/run-example.js';
import { TARGET } from './recipes/recipe-conformance.js';

describe('The quickstart conforms', () => {
  let quickstart: RunningExample;
  let origin: string;

  beforeAll(async () => {
    quickstart = runExample('examples/quickstart.ts', { PORT: '0' });
    origin = `http://127.0.0.1:${await quickstart.printed(/port: (\d+)/)}`;
  }, 30_000);
  afterAll(() => quickstart.exit('SIGTERM'));

  const cases = conformance({
    ...TARGET,
    get server() {
      return origin;
    },
    writes: { ...TARGET.writes!, methods: ['PUT'], required: 'tag' },
  });
  test.each(cases.filter(({ applies }) => applies))('$id: $title', ({ run }) => run());
});

test('No recipe is forgotten: each has a test, which holds it to the contract', () => {
  const inFolder = (folder: string): string[] => readdirSync(join(__dirname, folder));
  const recipes = inFolder('../../examples/recipes').filter((file) => file !== 'content.ts');
  const tested = new Set(inFolder('recipes').map((file) => file.replace('.test.ts', '.ts')));
  expect(recipes.filter((file) => !tested.has(file))).toEqual([]);
});
