/** Selects one page of a calendar's events. The SQL is put together from constants; values are bound, never written in. */
import type { EventOrder, EventPage, EventQuery } from '../types.js';
import { type EventColumns, eventRow } from './rows.js';
import type { Bindings, Prepare } from './statement.js';

type Clause = readonly [sql: string, bindings: Bindings];

export async function listEvents(
  prepare: Prepare,
  position: string,
  calendarId: string,
  query: EventQuery,
): Promise<EventPage> {
  const clauses = clausesOf(position, calendarId, query);
  const sql = `
    SELECT * FROM events WHERE ${clauses.map(([clause]) => clause).join(' AND ')}
    ORDER BY ${query.orderBy}, id LIMIT :rows`;
  const bindings = Object.assign({ rows: query.limit + 1 }, ...clauses.map(([, bound]) => bound)) as Bindings;

  const found = await prepare<EventColumns>(sql).all(bindings);
  const page = found.slice(0, query.limit);
  const last = found.length > page.length ? page.at(-1) : undefined;
  return {
    rows: page.map(eventRow),
    next: last && [last[query.orderBy] ?? 0, last.id],
  };
}

function clausesOf(position: string, calendar: string, query: EventQuery): readonly Clause[] {
  const {
    terms,
    endsAfter,
    startsBefore,
    updatedSince,
    changedSince,
    shownSince,
    deleted,
    confidential,
    orderBy,
    after,
  } = query;
  const clauses: (Clause | undefined)[] = [
    ['calendar_id = :calendar', { calendar }],
    ...terms.map((term, index): Clause => [
      `${position}(text, :term${index}) > 0`,
      { [`term${index}`]: term },
    ]),
    clauseIf(endsAfter, 'ends > :endsAfter', (value) => ({ endsAfter: value })),
    clauseIf(startsBefore, 'starts < :startsBefore', (value) => ({ startsBefore: value })),
    clauseIf(updatedSince, 'updated >= :updatedSince', (value) => ({ updatedSince: value })),
    clauseIf(changedSince, 'version > :changedSince', (value) => ({ changedSince: value })),
    clauseIf(shownSince, 'shown > :shownSince', (value) => ({ shownSince: value })),
    clauseIf(after, pageClause(orderBy), ([value, id]) => ({ afterValue: value, afterId: id })),
    deleted ? undefined : ['NOT deleted', {}],
    confidential ? undefined : ['NOT confidential', {}],
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
