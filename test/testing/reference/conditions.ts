import type { IncomingMessage } from 'node:http';

export interface Resource {
  readonly etag: string;
  /** In milliseconds, as clocks and databases have it. */
  readonly modified: number;
  readonly content: string;
}

export type Verdict = 'performed' | 'not modified' | 'failed';

/**
 * RFC 9110, section 13, written a second time and as plainly as can be, so that a fault can be planted in any single step. It
 * shares nothing with `lib`.
 */
export class ReferenceConditions {
  evaluate(request: IncomingMessage, current: Resource | undefined): Verdict {
    if (this.mayGoOn(request, current) === false) return 'failed';
    if (this.isNews(request, current) !== false) return 'performed';
    return this.isRead(request) ? 'not modified' : 'failed';
  }

  /** What If-Match and If-Unmodified-Since come to; `undefined` without either. */
  mayGoOn(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
    const tags = this.list(request, 'If-Match');
    return tags === undefined ? this.ifUnmodifiedSince(request, current) : this.ifMatch(tags, current);
  }

  /** What If-None-Match and If-Modified-Since come to; `undefined` without either. */
  isNews(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
    const tags = this.list(request, 'If-None-Match');
    if (tags !== undefined) return this.ifNoneMatch(tags, current);
    return this.isRead(request) ? this.ifModifiedSince(request, current) : undefined;
  }

  ifMatch(value: string, current: Resource | undefined): boolean {
    if (current === undefined) return false;
    if (this.isStar(value)) return true;
    return this.tags(value)?.some((tag) => this.matchesStrongly(tag, current.etag)) ?? false;
  }

  ifNoneMatch(value: string, current: Resource | undefined): boolean {
    if (current === undefined) return true;
    if (this.isStar(value)) return false;
    return !this.tags(value)?.some((tag) => this.matchesWeakly(tag, current.etag));
  }

  ifUnmodifiedSince(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
    const date = this.date(request, 'If-Unmodified-Since');
    return date === undefined || current === undefined ? undefined : this.modified(current) <= date;
  }

  ifModifiedSince(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
    const date = this.date(request, 'If-Modified-Since');
    return date === undefined || current === undefined ? undefined : this.modified(current) > date;
  }

  /** Whether a range is to be served as such. */
  ifRange(request: IncomingMessage, { etag, modified }: Resource): boolean {
    const value = this.list(request, 'If-Range');
    if (value === undefined || value === etag) return true;
    return value === new Date(modified).toUTCString();
  }

  isStar(value: string): boolean {
    return value === '*';
  }

  matchesStrongly(tag: string, current: string): boolean {
    return tag === current && !tag.startsWith('W/');
  }

  matchesWeakly(tag: string, current: string): boolean {
    return tag.replace(/^W\//, '') === current.replace(/^W\//, '');
  }

  isRead({ method = '' }: IncomingMessage): boolean {
    return ['GET', 'HEAD'].includes(method);
  }

  /** In whole seconds, as HTTP has it. */
  modified({ modified }: Resource): number {
    return Math.floor(modified / 1000) * 1000;
  }

  /** The value of a field that is a list; `undefined` without it. */
  list(request: IncomingMessage, name: string): string | undefined {
    const lines = this.lines(request, name);
    return lines.length === 0 ? undefined : lines.join(', ');
  }

  /** The value of a field that is a date; `undefined` without it, and where it has to be ignored. */
  date(request: IncomingMessage, name: string): number | undefined {
    const lines = this.lines(request, name);
    return lines.length === 1 ? this.parseDate(lines[0]!) : undefined;
  }

  lines({ rawHeaders }: IncomingMessage, name: string): string[] {
    return rawHeaders.filter(
      (_, index) => rawHeaders[index - 1]?.toLowerCase() === name.toLowerCase() && index % 2 === 1,
    );
  }

  /** The members of a list; `undefined` when one of them is no entity tag. */
  tags(value: string): string[] | undefined {
    const members = this.members(value);
    return members.every((member) => this.isTag(member)) ? members : undefined;
  }

  members(value: string): string[] {
    // Commas between quotes belong to the tag.
    const members = value.match(/(?:"[^"]*"|[^,])+/g) ?? [];
    return members.map((member) => member.trim()).filter((member) => member !== '');
  }

  isTag(member: string): boolean {
    return /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(member);
  }

  /** `undefined`: it is no HTTP-date. */
  parseDate(value: string): number | undefined {
    const parts = FORMS.map((form) => form.exec(value)?.groups).find((groups) => groups !== undefined);
    if (parts === undefined) return undefined;
    const { day, month, year = '', time } = parts;
    const date = new Date(`${day} ${month} ${this.fullYear(year)} ${time} GMT`);
    // Date makes 3 March of 31 February.
    return date.getUTCDate() === Number(day) ? date.getTime() : undefined;
  }

  /** Two digits mean the nearest such year, at most fifty years ahead. */
  fullYear(year: string): string {
    if (year.length !== 2) return year;
    const near = new Date().getUTCFullYear() + 50;
    const century = Math.floor(near / 100) * 100;
    const full = century + Number(year);
    return String(full > near ? full - 100 : full);
  }
}

const MONTH = '(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const TIME = String.raw`(?<time>\d\d:\d\d:\d\d)`;

/** IMF-fixdate, and the obsolete forms of RFC 850 and of asctime(). All of them are in UTC. */
const FORMS: readonly RegExp[] = [
  String.raw`[SMTWF][a-z]{2}, (?<day>\d\d) ${MONTH} (?<year>\d{4}) ${TIME} GMT`,
  String.raw`[SMTWF][a-z]{2,5}day, (?<day>\d\d)-${MONTH}-(?<year>\d\d) ${TIME} GMT`,
  String.raw`[SMTWF][a-z]{2} ${MONTH} (?<day>[ \d]\d) ${TIME} (?<year>\d{4})`,
].map((form) => new RegExp(`^${form}$`));
