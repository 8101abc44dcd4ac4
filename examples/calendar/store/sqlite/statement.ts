/**
 * Prepared statements whose parameters cannot be forgotten. libsql binds NULL for a parameter that is missing, and
 * `version = NULL` or a skipped condition would be a write without its precondition: here it is an error.
 */
import type { Database } from 'libsql';

export type Value = string | number | null;
export type Bindings = Readonly<Record<string, Value>>;

export interface Statement<Row> {
  first(bindings: Bindings): Row | undefined;
  all(bindings: Bindings): Row[];
  /** How many rows were changed. */
  run(bindings: Bindings): number;
}

/** `Row` is the caller's word for what the SQL selects. */
export function prepare<Row>(db: Database, sql: string): Statement<Row> {
  const statement = db.prepare<[Bindings]>(sql);
  const names = new Set([...sql.matchAll(/:([a-z]\w*)/giu)].map(([, name = '']) => name));

  const checked = (bindings: Bindings): Bindings => {
    const missing = [...names].filter((name) => bindings[name] === undefined);
    if (missing.length > 0) throw new TypeError(`Expected a value for ${missing.join(', ')} in: ${sql}`);
    return bindings;
  };
  return {
    first: (bindings) => statement.get(checked(bindings)) as Row | undefined,
    all: (bindings) => statement.all(checked(bindings)) as Row[],
    run: (bindings) => statement.run(checked(bindings)).changes,
  };
}

/** The binding of an assertion: NULL where the SQL is to assert no version (`:asserted IS NULL OR version = :asserted`). */
export function orNull(asserted: number | undefined): number | null {
  return asserted ?? null;
}
