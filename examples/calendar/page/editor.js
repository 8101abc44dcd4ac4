/** The form of one of the two who edit: what it shows, and what stands in it. It sends nothing. */
import { draftFrom, draftOf, FIELDS } from './event.js';
import { element, find } from './elements.js';
import { statusBadge } from './status.js';

/** @import { CalendarEvent, FieldName } from './event.js' */

export class Editor {
  /** @type {CalendarEvent | undefined} */
  #seen;
  #who;
  #section;
  #form;
  #message;

  /**
   * @param {string} who
   * @param {{ save: () => void, load: () => void, edited: () => void }} actions
   */
  constructor(who, { save, load, edited }) {
    this.#who = element('span', { className: 'visually-hidden', textContent: `${who}: ` });
    this.#section = sectionFor(who);
    this.#form = find(this.#section, 'form', HTMLFormElement);
    this.#message = find(this.#section, '[role=status]', HTMLElement);
    this.#form.addEventListener('submit', (submission) => {
      submission.preventDefault();
      save();
    });
    this.#form.addEventListener('input', () => {
      this.#mark();
      edited();
    });
    find(this.#section, '.load', HTMLButtonElement).addEventListener('click', load);
  }

  get section() {
    return this.#section;
  }

  /** The version that stands in the form, as it was read. */
  get seen() {
    return this.#seen;
  }

  get draft() {
    return draftFrom((name) => this.#field(name).value);
  }

  /** @param {CalendarEvent} event */
  show(event) {
    this.#seen = event;
    this.type(draftOf(event));
    find(this.#section, '.tag', HTMLElement).textContent = event.etag;
  }

  /** @param {Partial<Record<FieldName, string>>} values */
  type(values) {
    for (const [name, value] of Object.entries(values)) this.#field(name).value = value;
    this.#mark();
  }

  /** @param {CalendarEvent | undefined} newest */
  compare(newest) {
    find(this.#section, '.outdated', HTMLElement).hidden = this.#seen?.etag === newest?.etag;
  }

  /**
   * @param {number} status
   * @param {string} text
   */
  say(status, text) {
    this.#message.replaceChildren(this.#who, statusBadge(status), element('span', { textContent: text }));
  }

  /** Nothing that was said is about what comes now. */
  hush() {
    this.#message.replaceChildren();
  }

  focus() {
    find(this.#section, '.save', HTMLButtonElement).focus();
  }

  /** Shows what is not saved yet. */
  #mark() {
    const [seen, draft] = [this.#seen && draftOf(this.#seen), this.draft];
    for (const { name } of FIELDS) this.#field(name).classList.toggle('edited', draft[name] !== seen?.[name]);
  }

  /** @param {string} name */
  #field(name) {
    const field = this.#form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) return field;
    throw new Error(`Expected a field ${name}.`);
  }
}

/** @param {string} who */
function sectionFor(who) {
  const template = find(document, '#editor', HTMLTemplateElement);
  const section = find(
    /** @type {DocumentFragment} */ (template.content.cloneNode(true)),
    'section',
    HTMLElement,
  );
  for (const name of section.querySelectorAll('.who')) name.textContent = who;
  section.ariaLabel = who;
  return section;
}
