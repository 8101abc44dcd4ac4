/** Runs on a real PostgreSQL server: two pools of connections, as two processes would have them. */
import { expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { notes, SCHEMA } from '../../../examples/recipes/postgres-xmin.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { describeRecipe } from './recipe-contract.js';

describeOnPostgres('On PostgreSQL', (database) => {
  describeRecipe('xmin', {
    keepsBytes: false,
    async open() {
      const pools = [database.pool(), database.pool()] as const;
      await pools[0].query(SCHEMA);
      return [notes(pools[0]), notes(pools[1])];
    },
  });

  const xmin = async (pool: Pool): Promise<string | undefined> =>
    (await pool.query<{ xmin: string }>(`SELECT xmin::text FROM notes WHERE id = 'x'`)).rows[0]?.xmin;

  test.each(['VACUUM notes', 'VACUUM FREEZE notes', 'VACUUM FULL notes', 'CLUSTER notes USING notes_pkey'])(
    '%s leaves xmin as it is',
    async (sql) => {
      const pool = database.pool();
      await pool.query(`INSERT INTO notes VALUES ('x', 'one') ON CONFLICT DO NOTHING`);
      const before = await xmin(pool);
      expect(before).toMatch(/^\d+$/);
      await pool.query(sql);
      expect(await xmin(pool)).toBe(before);
    },
  );

  test('an ALTER TABLE that rewrites the table changes xmin', async () => {
    const pool = database.pool();
    await pool.query(`INSERT INTO notes VALUES ('x', 'one') ON CONFLICT DO NOTHING`);
    const before = await xmin(pool);
    await pool.query('ALTER TABLE notes ADD COLUMN drawn float8 DEFAULT random()');
    expect(await xmin(pool)).not.toBe(before);
  });

  test('two changes within one transaction share xmin', async () => {
    const client = await database.pool().connect();
    const seen = new Set();
    await client.query('BEGIN');
    for (const text of ['one', 'two']) {
      const sql = `INSERT INTO notes (id, text) VALUES ('y', $1) ON CONFLICT (id) DO UPDATE SET text = $1 RETURNING xmin::text`;
      seen.add((await client.query<{ xmin: string }>(sql, [text])).rows[0]?.xmin);
    }
    await client.query('COMMIT');
    client.release();
    expect(seen.size).toBe(1);
  });
});
