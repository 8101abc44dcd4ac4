import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const LATENCY_MS = 3;

/**
 * Notes in memory that are as far away as a database is: every answer takes a while, in which others come in between. Whoever looks
 * at the same time as somebody writes has looked before: what a race can do, it does in every run. What stands behind the `await`
 * of a method is one step.
 */
export class Notes {
  #notes = new Map();
  #versions = 0;
  #looks = 0;

  /** Without delay, for setting the scene. */
  add(content) {
    return this.#put(randomUUID(), content);
  }

  async find(id) {
    this.#looks += 1;
    await delay(LATENCY_MS);
    return this.#notes.get(id);
  }

  /** INSERT … ON CONFLICT DO NOTHING: `undefined` when there is one already. */
  async insert(id, content) {
    await this.#untilNobodyLooks();
    return this.#notes.has(id) ? undefined : this.#put(id, content);
  }

  /** INSERT … ON CONFLICT DO UPDATE, which says whether it has created the note. */
  async put(id, content) {
    await this.#untilNobodyLooks();
    const created = !this.#notes.has(id);
    return { created, note: this.#put(id, content) };
  }

  /** UPDATE … WHERE id = $1, and with a version AND version = $2: `undefined` when there is none such. */
  async update(id, content, version) {
    await this.#untilNobodyLooks();
    return this.#has(id, version) ? this.#put(id, content) : undefined;
  }

  /** DELETE …, likewise: whether there was one such. */
  async remove(id, version) {
    await this.#untilNobodyLooks();
    return this.#has(id, version) && this.#notes.delete(id);
  }

  async #untilNobodyLooks() {
    for (let seen = -1; seen !== this.#looks;) {
      seen = this.#looks;
      await delay(LATENCY_MS);
    }
  }

  #has(id, version) {
    const note = this.#notes.get(id);
    return note !== undefined && (version === undefined || note.version === version);
  }

  #put(id, { text }) {
    this.#versions += 1;
    const note = { id, text, version: this.#versions, modified: new Date() };
    this.#notes.set(id, note);
    return note;
  }
}

/** What a target has whose app serves these notes at /notes/:id, for PUT (which also creates), PATCH and DELETE. */
export function targetOf(notes) {
  const create = () => pathOf(notes.add({ text: 'Hello' }).id);
  const absent = () => pathOf(randomUUID());
  return {
    path: create(),
    absentPath: absent(),
    etag: 'strong',
    lastModified: true,
    writes: {
      methods: ['PUT', 'PATCH', 'DELETE'],
      create,
      absent,
      putCreates: true,
      content: (n) => ({ text: `text ${n}` }),
    },
  };
}

function pathOf(id) {
  return `/notes/${id}`;
}
