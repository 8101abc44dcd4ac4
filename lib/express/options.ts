import type { Request } from 'express';
import type { Policy } from '../core/types.js';
import { describeList, describeValue, HttpPreconditionsError, isPlain } from '../errors.js';
import { isVersionHeaders, VERSION_HEADERS } from './check-version.js';
import { LOCK, resolveLock } from './lock/options.js';
import type { LockSettings } from './lock/options.js';
import type { WarningOptions } from './observing/types.js';
import { isWarningsOption, WARNINGS } from './observing/warnings/options.js';
import type { PreconditionsOptions } from './types.js';

/** The options as the middleware uses them: checked, with the defaults filled in that are not just `undefined`. */
export interface Settings extends Omit<PreconditionsOptions, 'required' | 'lock' | keyof Policy> {
  readonly policy: Policy;
  /** `undefined`: no request needs a condition. */
  readonly isRequired: ((req: Request) => boolean) | undefined;
  readonly lock: LockSettings | undefined;
  readonly now: () => number;
  readonly warnings: boolean | WarningOptions;
}

type OptionName = keyof PreconditionsOptions;

/** What an option may be: in words, and as a check. */
interface Expected {
  readonly text: string;
  readonly allows: (value: unknown) => boolean;
}

const A_BOOLEAN = oneOf(true, false);
const A_FUNCTION: Expected = { text: 'a function', allows: isFunction };

const EXPECTED: Record<OptionName, Expected> = {
  malformed: oneOf(412, 400),
  ifMatch: oneOf('strong', 'weak'),
  onMissing: oneOf('evaluate', 'perform'),
  query: A_BOOLEAN,
  required: {
    text: 'a list of methods in capitals such as ["PUT", "PATCH"], or a function',
    // Methods are case-sensitive (RFC 9110, section 9.1): a list with "put" in it would protect nothing.
    allows: (value) => isFunction(value) || isListOf(/^[A-Z-]+$/, value),
  },
  requireTag: A_BOOLEAN,
  respond: A_FUNCTION,
  headers: { text: VERSION_HEADERS, allows: isVersionHeaders },
  exposeEtag: A_BOOLEAN,
  contentCodings: {
    text: 'a list of content codings in lower case, such as ["br", "gzip"]',
    allows: (value) => isListOf(/^[a-z0-9-]+$/, value) && value.length > 0,
  },
  lock: { text: LOCK, allows: (value) => resolveLock(value) !== undefined },
  now: A_FUNCTION,
  warnings: { text: WARNINGS, allows: isWarningsOption },
};

/**
 * Checks the options when the app is built, not when the first request comes.
 *
 * @throws {HttpPreconditionsError} ERR_OPTION for an unknown name or a value that is not allowed
 */
export function resolveOptions(options: PreconditionsOptions): Settings {
  if (typeof options !== 'object' || options === null) {
    throw optionError(`Expected the options to be an object, got ${describeValue(options)}.`);
  }
  for (const [name, value] of Object.entries(options)) checkOption(name, value);
  const { required, lock, now = Date.now, warnings = true, ...others } = options;
  if (others.requireTag === true && required === undefined) throw nothingRequired();
  return {
    ...others,
    policy: others,
    isRequired: Array.isArray(required) ? byMethod(required) : (required as Settings['isRequired']),
    lock: resolveLock(lock),
    now,
    warnings,
  };
}

function checkOption(name: string, value: unknown): void {
  if (!Object.hasOwn(EXPECTED, name)) {
    throw optionError(`Unknown option \`${name}\`. Expected one of ${Object.keys(EXPECTED).join(', ')}.`);
  }
  const { text, allows } = EXPECTED[name as OptionName];
  if (value !== undefined && !allows(value)) {
    throw optionError(`Expected the option \`${name}\` to be ${text}, got ${describeOption(value)}.`);
  }
}

/** Shows of an object the names of its members: what an unknown one holds may be a secret. */
function describeOption(value: unknown): string {
  if (Array.isArray(value)) return describeList(value);
  return isPlain(value) ? `an object with ${describeList(Object.keys(value))}` : describeValue(value);
}

function nothingRequired(): HttpPreconditionsError {
  return optionError(
    `The option \`requireTag\` protects nothing without \`required\`. Expected ${EXPECTED.required.text}.`,
  );
}

function optionError(message: string): HttpPreconditionsError {
  return new HttpPreconditionsError('ERR_OPTION', message);
}

function oneOf(...values: readonly unknown[]): Expected {
  return {
    text: values.map((value) => JSON.stringify(value)).join(' or '),
    allows: (value) => values.includes(value),
  };
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isListOf(form: RegExp, value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && form.test(item));
}

function byMethod(methods: readonly string[]): (req: Request) => boolean {
  return (req) => methods.includes(req.method);
}
