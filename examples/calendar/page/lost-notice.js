/** Says whose change an unconditional save has destroyed: nobody else does. */
import { element } from './elements.js';

export class LostNotice {
  #status;

  /** @param {HTMLElement} status a live region */
  constructor(status) {
    this.#status = status;
  }

  /**
   * @param {string} whose
   * @param {readonly { readonly label: string, readonly lost: string, readonly now: string }[]} changes
   */
  show(whose, changes) {
    if (changes.length === 0) return;
    this.#status.replaceChildren(
      element('h2', { textContent: `${whose} change is lost` }),
      ...changes.map(({ label, lost, now }) =>
        element('p', {
          textContent: `${label}: “${lost}” was stored, and is now ${now ? `“${now}”` : 'empty'}.`,
        }),
      ),
      element('p', {
        textContent:
          'The save did not say which version it started from. The server could not know, answered 200, and told nobody.',
      }),
    );
  }

  close() {
    this.#status.replaceChildren();
  }
}
