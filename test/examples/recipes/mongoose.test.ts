/**
 * Runs on the real Mongoose, but not on MongoDB, which cannot be had here: memory-mongo.ts answers in its place. So this shows
 * that the recipe asks for the right thing, and not that MongoDB does what its documentation says.
 */
import { expect, test } from '@jest/globals';
import type { Router } from 'express';
import { createConnection } from 'mongoose';
import { noteModel, notes } from '../../../examples/recipes/mongoose.js';
import { MemoryCollection } from './memory-mongo.js';
import { describeRecipe } from './recipe-contract.js';

describeRecipe('Mongoose', {
  keepsBytes: false,
  open() {
    const collection = new MemoryCollection(['name']);
    const open = (): Router => notes(collection.serve(noteModel(createConnection())));
    return [open(), open()];
  },
});

test('The model declares the unique index that a creation depends on', () => {
  const model = noteModel(createConnection());
  expect(model.schema.indexes()).toContainEqual([{ name: 1 }, expect.objectContaining({ unique: true })]);
  expect(model.schema.get('optimisticConcurrency')).toBe(true);
});
