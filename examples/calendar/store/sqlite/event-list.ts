/** Selects one page of a calendar's events. The SQL is put together from constants; values are bound, never written in. */
import type { Database } from 'libsql';
import type { EventOrder, EventPage, EventQuery } from '../types.js';
import { type EventColumns, eventRow } from './rows.js';
import { type Bindings, prepare } from './statement.js';

type Clause = readonly [sql: string, bindings: Bindings];

export function listEvents(db: Database, calendarId: string, query: EventQuery): EventPage {
  const clauses = clausesOf(calendarId, query);
  const sql = `
    SELECT * FROM events WHERE ${clauses.map(([clause]) => clause).join(' AND ')}
    ORDER BY ${query.orderBy}, id LIMIT :rows`;
  const bindings = Object.assign({ rows: query.limit + 1 }, ...clauses.map(([, bound]) => bound)) as Bindings;

  const found = prepare<EventColumns>(db, sql).all(bindings);
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  return {
    rows: page.map(eventRow),
    next: found.length > page.length && last !== undefined ? [last[query.orderBy], last.id] : undefined,
  };
}

function clausesOf(calendar: string, query: EventQuery): readonly Clause[] {
  const {
    terms,
    endsAfter,
    startsBefore,
    updatedSince,
    changedSince,
    deleted,
    confidential,
    orderBy,
    after,
  } = query;
  const clauses: (Clause | undefined)[] = [
    ['calendar_id = :calendar', { calendar }],
    ...terms.map((term, index): Clause => [`instr(text, :term${index}) > 0`, { [`term${index}`]: term }]),
    clauseIf(endsAfter, 'ends > :endsAfter', (value) => ({ endsAfter: value })),
    clauseIf(startsBefore, 'starts < :startsBefore', (value) => ({ startsBefore: value })),
    clauseIf(updatedSince, 'updated >= :updatedSince', (value) => ({ updatedSince: value })),
    clauseIf(changedSince, 'version > :changedSince', (value) => ({ changedSince: value })),
    clauseIf(after, pageClause(orderBy), ([value, id]) => ({ afterValue: value, afterId: id })),
    deleted ? undefined : ['deleted = 0', {}],
    confidential ? undefined : ['confidential = 0', {}],
  ];
  return clauses.filter((clause) => clause !== undefined);
}

function clauseIf<T>(
  value: T | undefined,
  sql: string,
  bindings: (value: T) => Bindings,
): Clause | undefined {
  return value === undefined ? undefined : [sql, bindings(value)];
}

/** Pages follow the last row seen, not a count of rows: changes in between move no other row in or out. */
function pageClause(orderBy: EventOrder): string {
  return `(${orderBy}, id) > (:afterValue, :afterId)`;
}
