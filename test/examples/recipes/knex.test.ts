/** Runs on the real Knex and a real PostgreSQL server: two pools of connections, as two processes would have them. */
import { afterAll, expect, test } from '@jest/globals';
import { knex, type Knex } from 'knex';
import { createNotes, notes } from '../../../examples/recipes/knex.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { describeRecipe } from './recipe-contract.js';

describeOnPostgres('On PostgreSQL', (database) => {
  const opened: Knex[] = [];
  const open = (): Knex => {
    const db = knex({ client: 'pg', connection: database.url });
    opened.push(db);
    return db;
  };
  afterAll(() => Promise.all(opened.map((db) => db.destroy())));

  describeRecipe('Knex', {
    keepsBytes: false,
    async open() {
      const both = [open(), open()] as const;
      await createNotes(both[0]);
      return both.map(notes);
    },
  });

  test('an undefined in where is refused', async () => {
    const where = { id: 'x', version: undefined };
    await expect(open()('notes').where(where).delete()).rejects.toThrow('Undefined binding(s)');
  });
});
