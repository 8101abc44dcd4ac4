/** The story of a lost race, played step by step. */
import { element } from './elements.js';
import { statusBadge } from './status.js';

/** @import { FieldName } from './event.js' */
/** @import { Person } from './person.js' */
/** @typedef {{ readonly you: Person, readonly other: Person, readonly button: HTMLButtonElement }} Cast */

const PAUSE_MS = 800;

/** More than one, so that there is something to change when the story is played again. */
const PLACES = ['Roof terrace', 'Room 12'];
const NOTES = ['Bring the photos.', 'Back by two.'];

export class Story {
  #steps;
  #button;
  #isPlaying = false;

  /**
   * @param {HTMLElement} list
   * @param {Cast} cast
   */
  constructor(list, { you, other, button }) {
    this.#steps = [
      stepOf('Both load the event, and with it its version.', () => loadBoth([you, other])),
      stepOf('Somebody else changes the place, and saves.', () => changeAndSave(other, 'location', PLACES)),
      stepOf(
        'You have not seen that. You change the notes, and save.',
        () => changeAndSave(you, 'description', NOTES, button),
        { 412: 'Nothing is lost. What now? Choose below.', 200: 'What somebody else has saved is gone.' },
      ),
    ];
    list.append(...this.#steps.map(({ item }) => item));
    this.#button = button;
  }

  offer() {
    this.#button.addEventListener('click', () => void this.#play());
  }

  async #play() {
    if (this.#isPlaying) return;
    this.#setPlaying(true);
    for (const { result } of this.#steps) result.replaceChildren();
    for (const { item, act, result, morals } of this.#steps) {
      item.ariaCurrent = 'step';
      const status = await act();
      item.ariaCurrent = null;
      result.append(statusBadge(status), element('span', { textContent: morals[status] ?? '' }));
      if (!isSuccess(status)) break;
    }
    this.#setPlaying(false);
  }

  /** @param {boolean} isPlaying */
  #setPlaying(isPlaying) {
    this.#isPlaying = isPlaying;
    this.#button.ariaDisabled = String(isPlaying); // `disabled` would take the focus away
  }
}

/**
 * @param {string} text
 * @param {() => Promise<number>} act
 * @param {Readonly<Record<number, string>>} [morals] what to say of the status that it ends with
 */
function stepOf(text, act, morals = {}) {
  const result = element('p');
  return { item: element('li', {}, text, result), act, result, morals };
}

/** @param {readonly [Person, Person]} people */
async function loadBoth(people) {
  const [one, another] = await Promise.all([people[0].load(), people[1].load()]);
  return isSuccess(one) ? another : one;
}

/** @param {number} status */
function isSuccess(status) {
  return status === 200 || status === 304;
}

/**
 * @param {Person} person
 * @param {FieldName} field
 * @param {readonly string[]} values
 * @param {Element | null} [pressed]
 */
async function changeAndSave(person, field, values, pressed = null) {
  const { editor } = person;
  await pause();
  editor.type({ [field]: values.find((value) => value !== editor.draft[field]) });
  await pause();
  return person.save(pressed);
}

/** @returns {Promise<void>} */
function pause() {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS);
  });
}
