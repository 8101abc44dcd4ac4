import type { Request } from 'express';
import type { Policy } from '../core/types.js';
import { describeValue, HttpPreconditionsError } from '../errors.js';
import type { VersionHeaders } from '../providers/types.js';
import { isVersionHeaders, VERSION_HEADERS } from './check-version.js';
import { CONTENT_CODINGS, isContentCodings } from './content-codings.js';
import type { ContentCodings } from './content-codings.js';
import { isLockOption, LOCK, resolveLock } from './lock/options.js';
import type { LockSettings } from './lock/options.js';
import type { WarningOptions } from './observing/types.js';
import { isWarningsOption, WARNINGS } from './observing/warnings/options.js';
import type { PreconditionsOptions, Respond } from './types.js';

/** The options as the middleware uses them: checked, with every default filled in. */
export interface Settings {
  readonly policy: Policy;
  /** `undefined`: no request needs a condition. */
  readonly isRequired: ((req: Request) => boolean) | undefined;
  readonly requireTag: boolean;
  readonly respond: Respond | undefined;
  readonly headers: VersionHeaders | undefined;
  readonly exposeEtag: boolean;
  /** `undefined`: nothing is known of codings, every representation has one tag. */
  readonly contentCodings: ContentCodings | undefined;
  readonly lock: LockSettings | undefined;
  readonly now: () => number;
  readonly warnings: boolean | WarningOptions;
}

type OptionName = keyof PreconditionsOptions;

const EXPECTED: Record<OptionName, { readonly text: string; readonly allows: (value: unknown) => boolean }> =
  {
    malformed: oneOf(412, 400),
    ifMatch: oneOf('strong', 'weak'),
    onMissing: oneOf('evaluate', 'perform'),
    query: oneOf(true, false),
    required: {
      text: 'a list of methods such as ["PUT", "PATCH"], or a function',
      allows: (value) => typeof value === 'function' || isListOfMethods(value),
    },
    requireTag: oneOf(true, false),
    respond: aFunction(),
    headers: { text: VERSION_HEADERS, allows: isVersionHeaders },
    exposeEtag: oneOf(true, false),
    contentCodings: { text: CONTENT_CODINGS, allows: isContentCodings },
    lock: { text: LOCK, allows: isLockOption },
    now: aFunction(),
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
  const {
    required,
    requireTag = false,
    respond,
    headers,
    exposeEtag = false,
    contentCodings,
    lock,
    now = Date.now,
    warnings = true,
    ...policy
  } = options;
  return {
    policy,
    isRequired: Array.isArray(required) ? byMethod(required) : (required as Settings['isRequired']),
    requireTag,
    respond,
    headers,
    exposeEtag,
    contentCodings,
    lock: lock && resolveLock(lock),
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
    throw optionError(`Expected the option \`${name}\` to be ${text}, got ${describeValue(value)}.`);
  }
}

function optionError(message: string): HttpPreconditionsError {
  return new HttpPreconditionsError('ERR_OPTION', message);
}

function oneOf(...values: readonly (string | number | boolean)[]): (typeof EXPECTED)[OptionName] {
  return {
    text: values.map((value) => JSON.stringify(value)).join(' or '),
    allows: (value) => values.some((allowed) => allowed === value),
  };
}

function aFunction(): (typeof EXPECTED)[OptionName] {
  return { text: 'a function', allows: (value) => typeof value === 'function' };
}

/** Methods are case-sensitive (RFC 9110, section 9.1): a list with "put" in it would protect nothing. */
function isListOfMethods(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every((method) => typeof method === 'string' && /^[A-Z-]+$/.test(method))
  );
}

function byMethod(methods: readonly string[]): (req: Request) => boolean {
  return (req) => methods.includes(req.method);
}
