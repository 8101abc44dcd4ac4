/** The sum of what the answers 304 have saved. */
import { bytes } from './format.js';

/** @import { Exchange } from './recorded-fetch.js' */

export class Savings {
  #text;
  #total = 0;
  #answers = 0;

  /** @param {HTMLElement} text */
  constructor(text) {
    this.#text = text;
  }

  /** @param {Exchange} exchange */
  add({ status, saved }) {
    if (status !== 304) return;
    this.#total += saved;
    this.#answers += 1;
    this.#text.textContent = `${bytes(this.#total)} in ${this.#answers} × 304`;
  }
}
