/**
 * Runs on the real driver, but not on MongoDB, which cannot be had here: mongo-server.ts answers in its place. So this shows that the
 * recipe asks for the right thing, and not that MongoDB does what its documentation says.
 */
import { afterAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { notes } from '../../../examples/recipes/mongodb.js';
import { MongoServer } from './mongo-server.js';
import { describeRecipe } from './recipe-contract.js';

const server = new MongoServer();
const clients: MongoClient[] = [];

async function connect(options: { ignoreUndefined?: boolean } = {}): Promise<MongoClient> {
  const client = new MongoClient(url, { serverApi: '1', ...options });
  clients.push(client);
  return client.connect();
}

let url = '';

afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  server.stop();
});

describeRecipe('the MongoDB driver', {
  keepsBytes: false,
  async open() {
    url = await server.start();
    return Promise.all([1, 2].map(async () => notes((await connect()).db().collection('notes'))));
  },
});

test.each([
  { ignoreUndefined: false, written: 0 },
  { ignoreUndefined: true, written: 1 },
])('with ignoreUndefined: $ignoreUndefined, a version that is undefined writes $written', async (row) => {
  const collection = (await connect({ ignoreUndefined: row.ignoreUndefined })).db().collection('undefined');
  await collection.insertOne({ name: 'x', version: 1 });
  const filter = { name: 'x', version: undefined };
  expect(await collection.updateOne(filter, { $set: { text: '' } })).toMatchObject({
    matchedCount: row.written,
  });
  await collection.deleteOne({ name: 'x' });
});
