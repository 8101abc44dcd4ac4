/**
 * The changes of events. Each is one statement that first locks the calendar's row until it commits, so that the events of
 * a calendar change one after the other: the next version is nobody else's, and no reader sees one before all lower ones.
 *
 * The statement's snapshot may be older than the lock. Under READ COMMITTED, Postgres then locks and reads the newest
 * revision, and where the event has changed meanwhile, it tests EVENT_ASSERTED again on its newest row before it writes
 * (EvalPlanQual): who waited and lost writes nothing and counts nothing. Whoever writes an event or removes the calendar
 * locks the calendar first, so none of them waits for another that waits for it.
 */
import { EVENT_ASSERTED, EVENT_COLUMNS, type EventSql } from '../sql/events.js';

function counted(write: string): string {
  return `
    WITH feed AS (
      SELECT id AS feed_id, revision + 1 AS next FROM calendars WHERE id = :calendar FOR NO KEY UPDATE
    ),
    written AS (${write} RETURNING events.*),
    count AS (
      UPDATE calendars
      SET revision = written.version, events_updated = greatest(events_updated, written.updated)
      FROM written WHERE calendars.id = written.calendar_id
    )
    SELECT * FROM written`;
}

export const EVENT_SQL: EventSql = {
  insert: counted(`
    INSERT INTO events (${EVENT_COLUMNS})
    SELECT feed_id, :id, next, CASE WHEN :confidential THEN NULL ELSE next END, FALSE,
      :creator, :now, :now, :fields, :starts, :ends, :text, :confidential
    FROM feed
    ON CONFLICT (calendar_id, id) DO NOTHING`),

  update: counted(`
    UPDATE events
    SET version = next, updated = :now,
      shown = CASE WHEN confidential AND :confidential THEN shown ELSE next END,
      fields = :fields, starts = :starts, ends = :ends, text = :text, confidential = :confidential
    FROM feed WHERE ${EVENT_ASSERTED}`),

  remove: counted(`
    UPDATE events
    SET version = next, updated = :now, deleted = TRUE,
      shown = CASE WHEN confidential THEN shown ELSE next END
    FROM feed WHERE ${EVENT_ASSERTED}`),

  state: 'SELECT revision, events_updated AS updated FROM calendars WHERE id = :calendar',

  position: 'strpos',
};
