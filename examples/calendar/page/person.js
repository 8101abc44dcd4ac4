/** One of the two who edit: what their buttons send, and what becomes of it. */
import {
  isClientError,
  isPreconditionFailedError,
  isResponseError,
} from '/http-preconditions/client/index.js';
import { Editor } from './editor.js';
import { FIELDS } from './event.js';
import { lostChanges } from './lost-update.js';
import { mergeAndSave, overwrite, saveAnyway, saveIfUnchanged } from './saving.js';
import { NO_ANSWER } from './status.js';

/** @import { ConflictPanel } from './conflict-panel.js' */
/** @import { CalendarEvent } from './event.js' */
/** @import { LastStored } from './last-stored.js' */
/** @import { LostNotice } from './lost-notice.js' */
/** @import { Role } from './roles.js' */
/** @import { Save } from './saving.js' */
/** @import { Session } from './session.js' */
/**
 * @typedef {object} Desk What the two share.
 * @property {() => boolean} isConditional whether saves go out with If-Match
 * @property {LastStored} stored
 * @property {ConflictPanel} conflict
 * @property {LostNotice} lost
 */

/** Each action gives the status that it has ended with. */
export class Person {
  role;
  editor;
  #session;
  #desk;
  #url = '';
  /** Aborted when another event is opened: what is under way then is not about what is shown. */
  #sitting = new AbortController();
  /** @type {Promise<number> | undefined} */
  #underWay;

  /**
   * @param {Role} role
   * @param {Session} session
   * @param {Desk} desk
   */
  constructor(role, session, desk) {
    this.role = role;
    this.#session = session;
    this.#desk = desk;
    this.editor = new Editor(role.who, {
      save: () => void this.save(),
      load: () => void this.load(),
      edited: () => desk.conflict.refresh(this),
    });
  }

  /** @param {string} url */
  open(url) {
    this.#sitting.abort();
    this.#sitting = new AbortController();
    this.#underWay = undefined;
    this.#url = url;
    return this.load();
  }

  load() {
    return this.#during(async (signal) => {
      const { data, notModified } = await this.#session.client.get(this.#url, { signal });
      this.#show(/** @type {CalendarEvent} */ (data));
      if (notModified) return this.#say(304, 'Nothing has changed, and nothing was sent again.');
      return this.#say(200, 'Loaded.');
    });
  }

  /** @param {Element | null} pressed what had the focus: if it still has, a conflict takes it over */
  save(pressed = document.activeElement) {
    return this.#during(async (signal) => {
      const save = this.#saveWith(signal);
      return this.#desk.isConditional() ? this.#saveIfUnchanged(save, pressed) : this.#saveAnyway(save);
    });
  }

  overwrite() {
    return this.#during(async (signal) => {
      this.#show(await overwrite(this.#session, this.#saveWith(signal)), this.role.whose);
      return this.#say(200, `Saved over ${this.role.other}, knowingly.`);
    });
  }

  mergeAndRetry() {
    return this.#during(async (signal) => {
      const { event, conflicts } = await mergeAndSave(this.#session, this.#saveWith(signal));
      this.#show(event, this.role.whose);
      const labels = FIELDS.filter(({ name }) => conflicts.includes(name)).map(({ label }) => label);
      const kept = labels.map((label) => ` ${label} was changed by both: ${this.role.own} is kept.`);
      return this.#say(200, `Merged, and stored.${kept.join('')}`);
    });
  }

  /**
   * @param {Save} save
   * @param {Element | null} pressed
   */
  async #saveIfUnchanged(save, pressed) {
    try {
      this.#show(await saveIfUnchanged(this.#session, save), this.role.whose);
      return this.#say(200, 'Saved.');
    } catch (error) {
      if (!isPreconditionFailedError(error)) throw error;
      const { data } = await this.#session.client.get(this.#url, { signal: save.signal });
      const theirs = /** @type {CalendarEvent} */ (data);
      this.#desk.stored.note(theirs);
      this.#desk.conflict.open({ person: this, was: save.seen, theirs }, pressed === document.activeElement);
      return this.#say(412, 'Somebody was faster. Nothing was written.');
    }
  }

  /** @param {Save} save */
  async #saveAnyway(save) {
    const { event: stored, whose } = this.#desk.stored;
    const saved = await saveAnyway(this.#session, save);
    this.#show(saved, this.role.whose);
    if (stored) this.#desk.lost.show(whose, lostChanges(save.seen, stored, saved));
    return this.#say(200, 'Saved, whatever was there.');
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Save}
   */
  #saveWith(signal) {
    const { seen, draft } = this.editor;
    if (seen === undefined) throw new Error('Nothing is loaded yet.');
    return { url: this.#url, seen, draft, signal };
  }

  /**
   * @param {CalendarEvent} event
   * @param {string} [whose]
   */
  #show(event, whose) {
    this.editor.show(event);
    this.#desk.stored.note(event, whose);
    this.editor.compare(this.#desk.stored.event);
  }

  /**
   * @param {number} status
   * @param {string} text
   */
  #say(status, text) {
    this.editor.say(status, text);
    return status;
  }

  /**
   * One thing at a time: a save on the heels of another would be refused because of it. So it counts as the same.
   *
   * @param {(signal: AbortSignal) => Promise<number>} act
   */
  #during(act) {
    const { signal } = this.#sitting;
    this.#underWay ??= this.#perform(act, signal).finally(() => {
      if (!signal.aborted) this.#underWay = undefined;
    });
    return this.#underWay;
  }

  /**
   * @param {(signal: AbortSignal) => Promise<number>} act
   * @param {AbortSignal} signal
   */
  async #perform(act, signal) {
    this.editor.hush();
    this.#desk.conflict.close(this);
    this.#desk.lost.close();
    try {
      return await act(signal);
    } catch (error) {
      return signal.aborted ? NO_ANSWER : this.#say(...explained(error));
    }
  }
}

/**
 * @param {unknown} error
 * @returns {[status: number, text: string]}
 */
function explained(error) {
  if (!isClientError(error)) throw error;
  if (!isResponseError(error))
    return [NO_ANSWER, 'The server cannot be reached, or has not answered in full.'];
  const data = /** @type {{ error?: { message?: string } } | undefined} */ (error.data);
  return [error.response.status, data?.error?.message ?? error.message];
}
