import { expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { type Note, notes } from '../../../examples/recipes/map.js';
import { describeRecipe } from './recipe-contract.js';

describeRecipe('a Map in memory', {
  keepsBytes: true,
  open() {
    const store = new Map<string, Note>();
    return [notes(store), notes(store)];
  },
});

test('A Map gives other tags after a restart', async () => {
  const tags = [];
  for (const store of [new Map<string, Note>(), new Map<string, Note>()]) {
    const app = express().use('/notes', notes(store));
    tags.push((await request(app).put('/notes/1').type('json').send('{"text":"same"}')).headers['etag']);
  }
  expect(new Set(tags).size).toBe(2);
  expect(tags).not.toContain(undefined);
});
