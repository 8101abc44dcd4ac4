/** Runs on a real Redis server, where there is one: two connections, as two processes would have them. */
import { expect, test } from '@jest/globals';
import { notes } from '../../../examples/recipes/redis.js';
import { describeOnRedis } from '../../helpers/redis.js';
import { describeRecipe } from './recipe-contract.js';

describeOnRedis('On Redis', (redis) => {
  describeRecipe('Redis', {
    keepsBytes: false,
    open: async () => [notes(await redis.connect()), notes(await redis.connect())],
  });

  test('keeps text and version under one key, and nothing when the note is deleted', async () => {
    const client = await redis.connect();
    expect(await client.keys('note:note-*')).not.toEqual([]);
    expect(Object.keys(await client.hGetAll('note:1')).toSorted()).toEqual(['text', 'version']);
    await client.del('note:1');
    expect(await client.exists('note:1')).toBe(0);
  });
});
