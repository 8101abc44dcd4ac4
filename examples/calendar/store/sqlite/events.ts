/** The changes of events. Each is one statement, and SQLite has one writer at a time: nobody else takes the next version. */
import { EVENT_ASSERTED, EVENT_COLUMNS, type EventSql } from '../sql/events.js';

const NEXT_VERSION = '(SELECT coalesce(max(version), 0) + 1 FROM events WHERE calendar_id = :calendar)';

export const EVENT_SQL: EventSql = {
  insert: `
    INSERT INTO events (${EVENT_COLUMNS})
    SELECT id, :id, ${NEXT_VERSION}, CASE WHEN :confidential THEN NULL ELSE ${NEXT_VERSION} END, FALSE,
      :creator, :now, :now, :fields, :starts, :ends, :text, :confidential
    FROM calendars WHERE id = :calendar
    ON CONFLICT (calendar_id, id) DO NOTHING RETURNING *`,

  update: `
    UPDATE events
    SET version = ${NEXT_VERSION}, updated = :now,
      shown = CASE WHEN confidential AND :confidential THEN shown ELSE ${NEXT_VERSION} END,
      fields = :fields, starts = :starts, ends = :ends, text = :text, confidential = :confidential
    WHERE ${EVENT_ASSERTED} RETURNING *`,

  remove: `
    UPDATE events
    SET version = ${NEXT_VERSION}, updated = :now, deleted = TRUE,
      shown = CASE WHEN confidential THEN shown ELSE ${NEXT_VERSION} END
    WHERE ${EVENT_ASSERTED} RETURNING *`,

  state: `
    SELECT coalesce(max(version), 0) AS revision, coalesce(max(updated), '') AS updated
    FROM events WHERE calendar_id = :calendar`,

  position: 'instr',
};
