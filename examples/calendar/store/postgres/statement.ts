/** Statements of Postgres. Each takes any connection and is a transaction of its own, at READ COMMITTED. */
import type { Pool } from 'pg';
import { PARAMETER, parametersOf, type Statement, valuesOf } from '../sql/statement.js';

/** `Row` is the caller's word for what the SQL selects. */
export function prepare<Row>(pool: Pool, sql: string): Statement<Row> {
  const names = parametersOf(sql);
  const text = sql.replaceAll(PARAMETER, (_, name: string) => `$${names.indexOf(name) + 1}`);

  const all: Statement<Row>['all'] = async (bindings) =>
    (await pool.query({ text, values: [...valuesOf(names, bindings, sql)] })).rows as Row[];
  return { all, first: async (bindings) => (await all(bindings))[0] };
}
