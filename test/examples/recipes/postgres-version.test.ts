/** Runs on a real PostgreSQL server: two pools of connections, as two processes would have them. */
import { expect, test } from '@jest/globals';
import { notes, SCHEMA } from '../../../examples/recipes/postgres-version.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { describeRecipe } from './recipe-contract.js';

describeOnPostgres('On PostgreSQL', (database) => {
  describeRecipe('a version column', {
    keepsBytes: false,
    async open() {
      const pools = [database.pool(), database.pool()] as const;
      await pools[0].query(SCHEMA);
      return [notes(pools[0]), notes(pools[1])];
    },
  });

  test('a version is drawn, not counted', async () => {
    const { rows } = await database
      .pool()
      .query(
        `INSERT INTO notes (id, text) SELECT n::text || '-drawn', '' FROM generate_series(1, 3) AS n RETURNING version`,
      );
    const RANDOM = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(rows).toEqual([{ version: RANDOM }, { version: RANDOM }, { version: RANDOM }]);
    expect(new Set(rows.map(({ version }) => version)).size).toBe(3);
  });

  test('a change that does not think of the version gets a new one', async () => {
    const pool = database.pool();
    const versionAfter = async (sql: string): Promise<unknown> =>
      (await pool.query<{ version: string }>(`${sql} RETURNING version`)).rows[0]?.version;
    const first = await versionAfter(`INSERT INTO notes (id, text) VALUES ('x', 'one')`);
    const second = await versionAfter(`UPDATE notes SET text = 'two' WHERE id = 'x'`);
    expect(second).not.toBe(first);
  });
});
