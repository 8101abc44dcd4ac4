/**
 * Runs on the real Mongoose and its driver, but not on MongoDB, which cannot be had here: mongo-server.ts answers in its place. So this
 * shows that the recipe asks for the right thing, and not that MongoDB does what its documentation says.
 */
import { afterAll, expect, test } from '@jest/globals';
import express, { type Router } from 'express';
import { type Connection, createConnection } from 'mongoose';
import request from 'supertest';
import { type Note, noteModel, notes } from '../../../examples/recipes/mongoose.js';
import { MongoServer } from './mongo-server.js';
import { describeRecipe } from './recipe-contract.js';

const server = new MongoServer();
const connections: Connection[] = [];

afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  server.stop();
});

describeRecipe('Mongoose', {
  keepsBytes: false,
  async open() {
    const url = await server.start();
    const open = async (): Promise<Router> => {
      const connection = createConnection(url, { serverApi: '1', monitorCommands: true });
      connections.push(connection);
      const model = noteModel(connection);
      await model.init(); // makes the index that keeps a name from being given twice
      return notes(model);
    };
    return [await open(), await open()];
  },
});

test('A read asks for what no failover rolls back', async () => {
  const [connection] = connections;
  const concerns: unknown[] = [];
  connection!.getClient().on('commandStarted', ({ command }) => {
    if (command['find'] !== undefined) concerns.push(command['readConcern']);
  });
  await request(express().use(notes(connection!.model<Note>('Note')))).get('/none');
  expect(concerns).toEqual([{ level: 'majority' }]);
});

test('The model declares the unique index that a creation depends on', () => {
  const { schema } = noteModel(createConnection());
  expect(schema.indexes()).toContainEqual([{ name: 1 }, expect.objectContaining({ unique: true })]);
  expect(schema.get('optimisticConcurrency')).toBe(true);
});
