import { formatHttpDate, parseHttpDate } from '../core/http-date.js';
import { isWeak, opaqueTag, parseEntityTag } from '../core/entity-tag.js';
import { Mismatch } from './mismatch.js';
import type { Answer, FieldLines } from './types.js';

/** The validators of a representation as an answer has shown them, and values made from them for requests. */
export class Known {
  readonly answer: Answer;

  constructor(answer: Answer) {
    this.answer = answer;
  }

  /** As it stands in the field. */
  get etag(): string {
    const value = this.answer.field('ETag');
    const tag = value === undefined ? undefined : parseEntityTag(value);
    if (tag === undefined)
      throw new Mismatch(this.answer, 'an ETag that is one entity tag, such as "v1" or W/"v1"');
    return tag;
  }

  /** The same tag with the weakness mark. */
  get weakened(): string {
    return `W/"${this.opaque}"`;
  }

  /** The tag with the weakness mark if it has none, and without it if it has one. */
  get turned(): string {
    return this.etag.startsWith('W/') ? `"${this.opaque}"` : this.weakened;
  }

  /** What stands between the quotes. */
  get opaque(): string {
    return opaqueTag(this.etag as `"${string}"`);
  }

  /** A condition of a write that is true, and enough where one is required. */
  get trueCondition(): FieldLines {
    const isStrong = this.answer.field('ETag') !== undefined && !this.isWeak;
    return [['If-Match', isStrong ? this.etag : '*']];
  }

  get isWeak(): boolean {
    return isWeak(this.etag as `"${string}"`);
  }

  /** A tag of another version. */
  get other(): string {
    return `"not-${this.opaque}"`;
  }

  /** Last-Modified as IMF-fixdate, so many seconds later. */
  date(seconds = 0): string {
    return formatHttpDate(this.#lastModified(seconds)) ?? '';
  }

  /** The same in the obsolete form of RFC 850. */
  rfc850Date(): string {
    const [, day, month, year = '', time] = this.#parts();
    const weekday = this.#lastModified(0).toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' });
    return `${weekday}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
  }

  /** Last-Modified, so many seconds later, in the obsolete form of asctime(), which names no zone and means UTC. */
  asctimeDate(seconds = 0): string {
    const [weekday, day, month, year, time] = this.date(seconds).split(' ');
    return `${weekday?.slice(0, 3)} ${month} ${day?.replace(/^0/, ' ')} ${time} ${year}`;
  }

  #parts(): string[] {
    return this.date().split(' ');
  }

  #lastModified(seconds: number): Date {
    const time = parseHttpDate(this.answer.field('Last-Modified') ?? '', Date.now());
    if (time === undefined) throw new Mismatch(this.answer, 'a Last-Modified that is an HTTP-date');
    return new Date(time + seconds * 1000);
  }
}
