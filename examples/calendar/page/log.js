/** The log of requests: a table with the newest on top. */
import { CALENDAR } from './addresses.js';
import { cellOf, rowOf } from './cells.js';
import { element } from './elements.js';
import { bytes } from './format.js';
import { statusBadge } from './status.js';

/** @import { Exchange } from './recorded-fetch.js' */
/**
 * @typedef {object} Entry A request, or several in a row that have found nothing new.
 * @property {Exchange} exchange
 * @property {number} times
 * @property {number} saved
 * @property {HTMLElement} row
 */

const MOST_ROWS = 200;

/** What all paths begin with. */
const BASE = new URL(CALENDAR).pathname;

export class Log {
  #rows;
  /** @type {Entry | undefined} */
  #newest;

  /** @param {HTMLElement} rows */
  constructor(rows) {
    this.#rows = rows;
  }

  /**
   * Requests one after the other that find nothing new share a row.
   *
   * @param {Exchange} exchange
   */
  add(exchange) {
    const repeated = this.#newest && isRepetition(exchange, this.#newest.exchange) ? this.#newest : undefined;
    const times = (repeated?.times ?? 0) + 1;
    const saved = (repeated?.saved ?? 0) + exchange.saved;
    const row = rowFor(exchange, times, saved);
    repeated?.row.remove();
    this.#rows.prepend(row);
    this.#rows.children[MOST_ROWS]?.remove();
    this.#newest = { exchange, times, saved, row };
  }
}

/**
 * @param {Exchange} next
 * @param {Exchange} last
 */
function isRepetition(next, last) {
  return next.status === 304 && last.status === 304 && next.who === last.who && next.path === last.path;
}

/**
 * @param {Exchange} exchange
 * @param {number} times
 * @param {number} saved
 */
function rowFor({ who, method, path, condition, status, etag }, times, saved) {
  return rowOf(
    cellOf('Who', who),
    cellOf('Request', code(bold(method), ` ${path.replace(BASE, '…')}`)),
    cellOf('Condition', condition ? code(`${condition.name}: `, bold(condition.value)) : 'no condition'),
    cellOf('Status', statusBadge(status), times > 1 ? ` × ${times}` : ''),
    cellOf('Tag', etag === undefined ? '' : code(etag)),
    cellOf('Saved', saved > 0 ? bytes(saved) : ''),
  );
}

/** @param {...(Node | string)} content */
function code(...content) {
  return element('code', {}, ...content);
}

/** @param {string} text */
function bold(text) {
  return element('b', { textContent: text });
}
