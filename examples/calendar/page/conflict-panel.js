/** What came back from a lost race, side by side, and the three ways out. */
import { draftOf, FIELDS } from './event.js';
import { cellOf, rowOf } from './cells.js';
import { element, find } from './elements.js';
import { changedBy } from './merge.js';

/** @import { CalendarEvent } from './event.js' */
/** @import { Person } from './person.js' */
/** @import { Role } from './roles.js' */
/**
 * @typedef {object} Conflict
 * @property {Person} person whose save was refused
 * @property {CalendarEvent} was the version that it started from
 * @property {CalendarEvent} theirs the version that is stored
 */

export class ConflictPanel {
  #section;
  /** @type {Conflict | undefined} */
  #conflict;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.#section = section;
    this.#offer('.take', (person) => person.load());
    this.#offer('.overwrite', (person) => person.overwrite());
    this.#offer('.merge', (person) => person.mergeAndRetry());
  }

  /**
   * @param {Conflict} conflict
   * @param {boolean} takeFocus
   */
  open(conflict, takeFocus) {
    this.#conflict = conflict;
    const { role } = conflict.person;
    for (const name of ['whose', 'own', 'other']) {
      const word = role[/** @type {'whose' | 'own' | 'other'} */ (name)];
      for (const place of this.#section.querySelectorAll(`.${name}`)) place.textContent = word;
    }
    find(this.#section, '.seen', HTMLElement).textContent = conflict.was.etag;
    find(this.#section, '.stored', HTMLElement).textContent = conflict.theirs.etag;
    this.refresh(conflict.person);
    this.#section.hidden = false;
    if (takeFocus) find(this.#section, 'h2', HTMLElement).focus();
  }

  /** @param {Person} person who has edited */
  refresh(person) {
    if (this.#conflict?.person !== person) return;
    const { was, theirs } = this.#conflict;
    const [before, stored, draft] = [draftOf(was), draftOf(theirs), person.editor.draft];
    const rows = FIELDS.map(({ name, label }) =>
      fieldRow(label, person.role, { was: before[name], theirs: stored[name], yours: draft[name] }),
    );
    find(this.#section, 'tbody', HTMLElement).replaceChildren(...rows);
  }

  /** @param {Person} person who goes on without a choice, or has made it */
  close(person) {
    if (this.#conflict?.person !== person) return;
    this.#conflict = undefined;
    this.#section.hidden = true;
  }

  /**
   * @param {string} selector
   * @param {(person: Person) => Promise<number>} choice
   */
  #offer(selector, choice) {
    find(this.#section, selector, HTMLButtonElement).addEventListener('click', () => {
      const person = this.#conflict?.person;
      if (person === undefined) return;
      person.editor.focus(); // before the button that has the focus disappears
      void choice(person);
    });
  }
}

/**
 * @param {string} label
 * @param {Role} role
 * @param {Readonly<Record<'was' | 'theirs' | 'yours', string>>} values
 */
function fieldRow(label, { own, other }, { was, theirs, yours }) {
  const changer = changedBy(was, theirs, yours);
  const notes = {
    nobody: 'unchanged',
    them: `changed in ${other}`,
    you: `changed in ${own}`,
    both: `changed in both: ${own} is kept`,
    'both alike': 'changed in both alike',
  };
  const note = element('small', {
    className: changer === 'both' ? 'clash' : '',
    textContent: notes[changer],
  });
  const row = rowOf(
    element('th', { role: 'rowheader', scope: 'row' }, `${label} `, note),
    cellOf('before', valueOf(was)),
    cellOf(other, valueOf(theirs, theirs !== was)),
    cellOf(own, valueOf(yours, yours !== was)),
    cellOf('merged', valueOf(changer === 'them' ? theirs : yours)),
  );
  row.classList.toggle('unchanged', changer === 'nobody');
  return row;
}

/**
 * @param {string} value
 * @param {boolean} [isChanged]
 */
function valueOf(value, isChanged = false) {
  return element(isChanged ? 'mark' : 'span', { textContent: value || '–' });
}
