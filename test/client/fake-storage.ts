import type { WebStorage } from '../../lib/client/index.js';

/** As `localStorage` is: text only, in order, and room for so many characters. */
export class FakeStorage implements WebStorage {
  readonly #items = new Map<string, string>();
  readonly #room: number;

  constructor(room = 5_000_000) {
    this.#room = room;
  }

  get length(): number {
    return this.#items.size;
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    const others = [...this.#items].filter(([other]) => other !== key);
    const taken = others.reduce((sum, [other, text]) => sum + other.length + text.length, 0);
    if (taken + key.length + value.length > this.#room)
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#items.delete(key);
  }

  get keys(): string[] {
    return [...this.#items.keys()];
  }
}
