/**
 * SQL with named parameters (`:name`), none of which can be forgotten. Databases take NULL for one that is missing, and
 * `version = NULL` or a skipped condition would be a write without its precondition: here it is an error.
 */
export type Value = string | number | boolean | null;
export type Bindings = Readonly<Record<string, Value>>;

/** Each method does one thing as a whole: a statement, or a transaction of several. */
export interface Statement<Row> {
  first(bindings: Bindings): Row | undefined | Promise<Row | undefined>;
  all(bindings: Bindings): readonly Row[] | Promise<readonly Row[]>;
}

/** What a store does to SQL that is the same in both. `Row` is the caller's word for what it selects. */
export type Prepare = <Row>(sql: string) => Statement<Row>;

export const PARAMETER: RegExp = /:([a-z]\w*)/giu;

/** The names of the parameters, in the order of their first use. */
export function parametersOf(sql: string): readonly string[] {
  return [...new Set([...sql.matchAll(PARAMETER)].map(([, name = '']) => name))];
}

/** A value for each name, and no others. */
export function valuesOf(names: readonly string[], bindings: Bindings, sql: string): readonly Value[] {
  const missing = names.filter((name) => bindings[name] === undefined);
  if (missing.length > 0) throw new TypeError(`Expected a value for ${missing.join(', ')} in: ${sql}`);
  return names.map((name) => bindings[name] ?? null);
}

/** The binding of an assertion: NULL where the SQL is to assert no version (`version = coalesce(:asserted, version)`). */
export function orNull(asserted: number | undefined): number | null {
  return asserted ?? null;
}
