/** The events of the calendar, as buttons: one of them is open in the editors. */
import { element } from './elements.js';
import { when } from './format.js';

/** @import { CalendarEvent } from './event.js' */

export class EventsList {
  #list;
  #open;
  #openId = '';
  /** @type {Map<string, HTMLButtonElement>} */
  #buttons = new Map();

  /**
   * @param {HTMLElement} list
   * @param {(id: string) => void} open
   */
  constructor(list, open) {
    this.#list = list;
    this.#open = open;
  }

  get openId() {
    return this.#openId;
  }

  /** @param {readonly CalendarEvent[]} events */
  show(events) {
    const inOrder = events.toSorted((a, b) => startOf(a).localeCompare(startOf(b)));
    const focused = document.activeElement;
    this.#list.replaceChildren(...inOrder.map((event) => element('li', {}, this.#buttonFor(event))));
    // An element that is moved loses the focus.
    if (focused instanceof HTMLElement && this.#list.contains(focused)) focused.focus();
    const [first] = inOrder;
    if (first && this.#openId === '') this.open(first.id);
  }

  /** @param {string} id */
  open(id) {
    this.#openId = id;
    for (const [each, button] of this.#buttons) button.ariaCurrent = String(each === id);
    this.#open(id);
  }

  /** @param {CalendarEvent} event */
  #buttonFor({ id, summary, start }) {
    const button = this.#buttons.get(id) ?? this.#newButton(id);
    button.replaceChildren(
      element('strong', { textContent: summary }),
      element('span', { textContent: when(start) }),
    );
    return button;
  }

  /** @param {string} id */
  #newButton(id) {
    const button = element('button', { type: 'button' });
    button.addEventListener('click', () => this.open(id));
    this.#buttons.set(id, button);
    return button;
  }
}

/** @param {CalendarEvent} event */
function startOf({ start: { date = '', dateTime = date } }) {
  return dateTime;
}
