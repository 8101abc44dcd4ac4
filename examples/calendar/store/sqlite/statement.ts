/** Prepared statements of SQLite. They are done when the call returns, so that a transaction may be made of several. */
import type { Database } from 'libsql';
import { type Bindings, parametersOf, type Statement, valuesOf } from '../sql/statement.js';

export interface SqliteStatement<Row> extends Statement<Row> {
  first(bindings: Bindings): Row | undefined;
  all(bindings: Bindings): readonly Row[];
}

/** `Row` is the caller's word for what the SQL selects. */
export function prepare<Row>(db: Database, sql: string): SqliteStatement<Row> {
  const names = parametersOf(sql);
  const statement = db.prepare<[Record<string, string | number | null>]>(sql);

  const bound = (bindings: Bindings): Record<string, string | number | null> => {
    const values = valuesOf(names, bindings, sql);
    // libsql ends the process when it is given a boolean.
    const known = values.map((value) => (typeof value === 'boolean' ? Number(value) : value));
    return Object.fromEntries(names.map((name, index) => [name, known[index] ?? null]));
  };
  return {
    first: (bindings) => statement.get(bound(bindings)) as Row | undefined,
    all: (bindings) => statement.all(bound(bindings)) as Row[],
  };
}
