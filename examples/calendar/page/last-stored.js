/** @import { CalendarEvent } from './event.js' */

const ANOTHER_CLIENTS = 'Another client’s';

/** The newest state of the event that the page has come across, and whose save it was: a lost update is told by it. */
export class LastStored {
  /** @type {CalendarEvent | undefined} */
  event;
  whose = ANOTHER_CLIENTS;
  #changed;

  /** @param {(event: CalendarEvent) => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /**
   * Answers may overtake each other, so an older state counts for nothing.
   *
   * @param {CalendarEvent} event
   * @param {string} [whose] is known for the saves of this page only
   */
  note(event, whose = ANOTHER_CLIENTS) {
    const known = this.event;
    if (known?.id === event.id && (known.etag === event.etag || event.updated < known.updated)) return;
    this.event = event;
    this.whose = whose;
    this.#changed(event);
  }
}
