import { setImmediate as turn } from 'node:timers/promises';
import type { Guard, VersionOf } from '../../../lib/index.js';

export interface Note {
  readonly version: number;
  readonly modified: Date;
  readonly text: string;
}

/** As long ago as a date has to be to count as strong, and with milliseconds. */
const BEGINNING = Date.parse('2026-01-01T00:00:00.250Z');

/** A store that compares and sets in one step, and answers in another turn of the event loop, as databases do. */
export class Notes {
  readonly #notes = new Map<string, Note>();
  #versions = 0;
  #paths = 0;

  newPath(): string {
    return `/notes/${(this.#paths += 1)}`;
  }

  add(path: string = this.newPath()): string {
    this.#set(path, 'new');
    return path;
  }

  remove(path: string): boolean {
    return this.#notes.delete(path);
  }

  async find(path: string): Promise<Note | null> {
    await turn();
    return this.#notes.get(path) ?? null;
  }

  /** `undefined`: the guard does not hold any more, and nothing was written. */
  async write(path: string, text: string | null, guard?: Guard<VersionOf<Note>>): Promise<Note | undefined> {
    await turn();
    const before = this.#notes.get(path);
    if (guard !== undefined && !holds(guard, before)) return undefined;
    if (text !== null) return this.#set(path, text);
    this.#notes.delete(path);
    return before;
  }

  #set(path: string, text: string): Note {
    this.#versions += 1;
    // No two changes share a second.
    const note = { version: this.#versions, modified: new Date(BEGINNING + this.#versions * 1000), text };
    this.#notes.set(path, note);
    return note;
  }
}

function holds(guard: Guard<VersionOf<Note>>, before: Note | undefined): boolean {
  switch (guard.kind) {
    case 'none':
      return true;
    case 'version':
      return before?.version === guard.version.resource.version;
    case 'exists':
      return before !== undefined;
    case 'absent':
      return before === undefined;
    case 'never':
      return false;
  }
}
