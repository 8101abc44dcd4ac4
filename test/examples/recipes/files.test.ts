/** Runs on the real file system. */
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import { notes, prune } from '../../../examples/recipes/files.js';
import { describeRecipe } from './recipe-contract.js';

const root = mkdtempSync(join(tmpdir(), 'recipe-files-'));
afterAll(() => rmSync(root, { recursive: true }));

describeRecipe('files', { keepsBytes: true, open: () => [notes(root), notes(root)] });

describe('Files', () => {
  const folder = join(root, 'lunch');
  let app: Express;
  const put = (text: string): request.Test => request(app).put('/lunch').type('json').send(text);
  const files = (): string[] => readdirSync(folder).toSorted();
  const HOUR = 3_600_000;
  const age = (...names: string[]): void => {
    const past = (Date.now() - 2 * HOUR) / 1000;
    for (const name of names) utimesSync(join(folder, name), past, past);
  };

  beforeEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    app = express().use(notes(root));
    for (const text of ['"one"', '"two"', '"three"']) await put(text);
  });

  test('are complete before they have a name, and leave nothing else behind', () => {
    expect(files()).toEqual(['1', '2', '3']);
  });

  test.each(['half.tmp', 'notes.txt', '4.bak'])(
    'that are no version, such as %s, do not matter',
    async (name) => {
      writeFileSync(join(folder, name), '"hal');
      expect((await request(app).get('/lunch')).text).toBe('"three"');
      expect((await put('"four"').set('If-Match', '"3"')).status).toBe(204);
    },
  );

  test('are pruned when they are outdated and old, crashed writes too', async () => {
    writeFileSync(join(folder, 'half.tmp'), '"hal');
    age('1', '3', 'half.tmp');
    await prune(folder, HOUR);
    expect(files()).toEqual(['2', '3']);
    expect((await request(app).get('/lunch')).text).toBe('"three"');
    expect((await put('"four"').set('If-Match', '"2"')).status).toBe(412);
    expect((await put('"four"').set('If-Match', '"3"')).status).toBe(204);
  });

  test('keep the number of what was deleted, pruned or not', async () => {
    await request(app).delete('/lunch');
    expect(files()).toEqual(['1', '2', '3', '4']);
    age(...files());
    await prune(folder, HOUR);
    expect(files()).toEqual(['4']);
    expect((await request(app).get('/lunch')).status).toBe(404);
    expect((await put('"again"')).headers['etag']).toBe('"5"');
    age('4', '5');
    await prune(folder, HOUR);
    expect(files()).toEqual(['5']);
  });

  test.each(['..', '%2e%2e', '..%2Flunch', 'LUNCH', '.', 'a%00b', 'x'.repeat(65)])(
    'have plain names: 404 for %s',
    async (name) => {
      for (const method of ['get', 'put', 'delete'] as const) {
        expect((await request(app)[method](`/${name}`)).status).toBe(404);
      }
    },
  );
});
