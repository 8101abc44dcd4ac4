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
    super(explanation(row, failure), { cause: failure });
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

function request({ sent: { method, path, fields } }: Answer): string {
  return [`${method} ${path}`, ...lines(fields)].join('\n');
}

function response({ status, fields, body }: Answer): string {
  const text = body.toString('utf8').slice(0, SHOWN_CHARACTERS).replace(CONTROLS, escaped);
  return [String(status), ...lines(fields), ...(text === '' ? [] : ['', text])].join('\n');
}

function lines(fields: FieldLines): string[] {
  return fields.map(([name, value]) => `${name}: ${isSecret(name) ? '…' : visible(value)}`);
}

/** A failure may be read by more people than may write. */
function isSecret(name: string): boolean {
  return /auth|cookie|api-?key|token|secret|passw|session|signature|credential/i.test(name);
}

/** What would disturb a terminal; lines and tabs do not. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Octets that would disturb a terminal, or could not be told apart, as escapes. */
function visible(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, escaped);
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function paragraph(label: string, text: string): string {
  return text
    .split('\n')
    .map((line, index) => `  ${(index === 0 ? label : '').padEnd(10)}${line}`.trimEnd())
    .join('\n');
}

function messageOf(failure: unknown): string {
  const { message, errors = [] } = failure as Partial<AggregateError>;
  // A name with several addresses fails with several errors, and no message.
  return message || errors.map(messageOf).join(', ') || String(failure);
}
