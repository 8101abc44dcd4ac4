/** Runs on the real Drizzle and a real PostgreSQL server: two pools of connections, as two processes would have them. */
import { expect, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { notes, SCHEMA } from '../../../examples/recipes/drizzle.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { describeRecipe } from './recipe-contract.js';

describeOnPostgres('On PostgreSQL', (database) => {
  describeRecipe('Drizzle', {
    keepsBytes: false,
    async open() {
      const pools = [database.pool(), database.pool()] as const;
      await pools[0].query(SCHEMA);
      return pools.map((pool) => notes(drizzle(pool)));
    },
  });

  test('an undefined in and() is no condition', () => {
    const table = pgTable('notes', { id: text().primaryKey() });
    const query = drizzle(database.pool())
      .delete(table)
      .where(and(eq(table.id, 'x'), undefined));
    expect(query.toSQL()).toMatchObject({
      sql: 'delete from "notes" where "notes"."id" = $1',
      params: ['x'],
    });
  });
});
