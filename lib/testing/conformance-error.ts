import type { CaseRow } from './case-row.js';
import { Mismatch } from './mismatch.js';
import { sectionOf } from './section.js';
import type { Answer, FieldLines, Level } from './types.js';

const NAME = 'ConformanceError';
const SHOWN_CHARACTERS = 300;

/** A case that is not true of the target. The message tells the whole story: what was sent, what came, what was expected, and why. */
export class ConformanceError extends Error {
  override readonly name: string = NAME;
  /** The id of the case. */
  readonly id: string;
  readonly level: Level;
  readonly requirements: readonly string[];
  /** What was expected, in words. */
  readonly expected: string;
  /** The answer that was otherwise; `undefined` when none came, or when it is about more than one. */
  readonly answer: Answer | undefined;

  constructor(row: CaseRow, failure: unknown) {
    super(printable(explanation(row, failure)), { cause: failure });
    this.id = row.id;
    this.level = row.level;
    this.requirements = row.requirements;
    this.expected = failure instanceof Mismatch ? failure.expected : 'an answer';
    this.answer = failure instanceof Mismatch ? failure.answer : undefined;
  }
}

/** Whether a value is a `ConformanceError`, also of another copy of this package. */
export function isConformanceError(value: unknown): value is ConformanceError {
  return value instanceof Error && value.name === NAME;
}

function explanation({ title, requirements, level, cause }: CaseRow, failure: unknown): string {
  const sections = [...new Set(requirements.map(sectionOf))].join('; ');
  const parts = failure instanceof Mismatch ? ofMismatch(failure) : [['found', messageOf(failure)] as const];
  const all = [
    ...parts,
    ['see', `${sections} (${level}; ${requirements.join(', ')})`],
    ['often', `${cause}.`],
  ] as const;
  return `not so: ${title}\n\n${all.map(([label, text]) => paragraph(label, text)).join('\n')}\n`;
}

function ofMismatch({ answer, expected, message }: Mismatch): (readonly [string, string])[] {
  const shown =
    answer === undefined
      ? []
      : ([
          ['sent', request(answer)],
          ['received', response(answer)],
        ] as const);
  const found = message.startsWith('expected ') ? [] : ([['found', message]] as const);
  return [...shown, ...found, ['expected', expected]];
}

function request({ sent: { method, path, fields, body } }: Answer): string {
  return [`${method} ${path}`, ...lines(fields), ...contentOf(body)].join('\n');
}

function response({ status, fields, body }: Answer): string {
  return [String(status), ...lines(fields), ...contentOf(body)].join('\n');
}

function contentOf(body: Buffer | undefined): string[] {
  const text = body?.toString('utf8').slice(0, SHOWN_CHARACTERS).replaceAll('\r\n', '\n') ?? '';
  return text === '' ? [] : ['', text];
}

function lines(fields: FieldLines): string[] {
  return fields.map(([name, value]) => `${name}: ${isSecret(name) ? '…' : visible(value)}`);
}

/** A failure may be read by more people than may write. */
function isSecret(name: string): boolean {
  return /auth|cookie|api-?key|token|secret|passw|session|signature|credential/i.test(name);
}

/** Octets of a field that could not be told apart, as escapes. */
function visible(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, escape);
}

/** What would disturb a terminal, wherever it comes from, as escapes. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- that is the point
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, escape);
}

function escape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function paragraph(label: string, text: string): string {
  return text
    .split('\n')
    .map((line, index) => `  ${(index === 0 ? label : '').padEnd(10)}${line}`.trimEnd())
    .join('\n');
}

function messageOf(failure: unknown): string {
  // Errors of Node are of another realm under jest.
  const { message } = Object(failure) as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(failure);
}
