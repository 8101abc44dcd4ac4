import { runInNewContext } from 'node:vm';
import type { ErrorCode } from '../../lib/index.js';

/** A value that must not be taken for a version. Where text would show on the wire, it says `hostile`. */
export interface HostileAnswer {
  readonly title: string;
  /** Made anew for each request. */
  readonly answer: () => unknown;
  readonly code: ErrorCode;
}

const VALID = '"v1"';

export function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** A proxy of which every look is an error. */
function thorny(): object {
  const fail = (): never => {
    throw new Error('hostile');
  };
  return new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail });
}

const withTag = (title: string, etag: () => unknown): HostileAnswer => ({
  title: `a tag that ${title}`,
  answer: () => ({ etag: etag() }),
  code: 'ERR_ENTITY_TAG_SYNTAX',
});

const withDate = (title: string, lastModified: () => unknown): HostileAnswer => ({
  title: `a date that is ${title}`,
  answer: () => ({ etag: VALID, lastModified: lastModified() }),
  code: 'ERR_LAST_MODIFIED',
});

const withHeaders = (title: string, headers: () => unknown): HostileAnswer => ({
  title: `headers with ${title}`,
  answer: () => ({ etag: VALID, headers: headers() }),
  code: 'ERR_VERSION_HEADERS',
});

const TAGS: readonly HostileAnswer[] = [
  withTag('ends in CR LF and a field', () => '"hostile"\r\nSet-Cookie: hostile=1'),
  withTag('has CR LF inside', () => '"hostile\r\nX: y"'),
  withTag('has LF inside', () => '"hostile\n"'),
  withTag('ends in LF', () => '"hostile"\n'),
  withTag('has NUL inside', () => '"hostile\0"'),
  withTag('has DEL inside', () => '"hostile\x7f"'),
  withTag('has a tab inside', () => '"hostile\t"'),
  withTag('has a quote inside', () => '"hostile"1"'),
  withTag('has an escaped quote inside', () => String.raw`"hostile\"1"`),
  withTag('has half a character inside', () => '"hostile\ud800"'),
  withTag('has a line separator inside', () => '"hostile\u2028"'),
  withTag('turns into CR and LF where only the low octet is taken', () => '"hostile\u010d\u010a"'),
  withTag('has a space after W/', () => 'W/ "hostile"'),
  withTag('is a String object', () => Object(VALID)),
  withTag('is an object that turns into a tag', () => ({ toString: () => VALID })),
  withTag('is a bigint', () => 1n),
  withTag('is a symbol', () => Symbol('hostile')),
  withTag('is a function', () => () => VALID),
  withTag('is a promise of a tag', () => Promise.resolve(VALID)),
  withTag('is a Buffer', () => Buffer.from(VALID)),
  {
    title: 'a tag that is a revoked proxy',
    answer: () => ({ etag: revoked() }),
    code: 'ERR_PROVIDER_FAILED',
  },
  { title: 'a tag that nobody may look at', answer: () => ({ etag: thorny() }), code: 'ERR_PROVIDER_FAILED' },
];

const DATES: readonly HostileAnswer[] = [
  withDate('an invalid Date of another realm', () => runInNewContext('new Date(NaN)')),
  withDate('the last that a Date can say', () => new Date(8.64e15)),
  withDate('the first that a Date can say', () => new Date(-8.64e15)),
  withDate('a subclass of Date and invalid', () => new (class extends Date {})(Number.NaN)),
  withDate('an object with the prototype of Date', () => Object.create(Date.prototype)),
  withDate('an object with the methods of Date', () => ({
    getTime: () => 0,
    getUTCFullYear: () => 2000,
    toUTCString: () => 'hostile',
  })),
  withDate('a proxy of a Date', () => new Proxy(new Date(0), {})),
  withDate('a function', () => Date),
  withDate('a symbol', () => Symbol('hostile')),
  withDate('a bigint', () => 0n),
  {
    title: 'a date that is a revoked proxy',
    answer: () => ({ lastModified: revoked() }),
    code: 'ERR_PROVIDER_FAILED',
  },
];

const HEADERS: readonly HostileAnswer[] = [
  ...['Set-Cookie', 'Content-Length', 'Transfer-Encoding', 'Location', 'hostile\r\nX', 'Vary ', ''].map(
    (name) => withHeaders(`the name ${JSON.stringify(name)}`, () => ({ [name]: 'hostile' })),
  ),
  withHeaders('a name of its own called __proto__', () => JSON.parse('{"__proto__":"hostile"}')),
  ...['\r', '\n', '\0', '\x7f', '\x1b', '\u0100', '\ud800', '\u010a'].map((character) =>
    withHeaders(`${JSON.stringify(character)} in a value`, () => ({ Vary: 'hostile', Expires: character })),
  ),
  ...[null, 0, 1n, Symbol('hostile'), Object('hostile') as object, (): string => 'hostile'].map((value) =>
    withHeaders(`a value that is ${Object.prototype.toString.call(value)}`, () => ({
      Vary: 'hostile',
      'Cache-Control': value,
    })),
  ),
  withHeaders('the form of a list', () => ['Vary: hostile']),
  withHeaders('the form of an empty list', () => []),
  withHeaders('the form of a Map', () => new Map([['Vary', 'hostile']])),
  withHeaders('the form of those of fetch', () => new Headers({ Vary: 'hostile' })),
  withHeaders('the form of a function', () => () => ({ Vary: 'hostile' })),
  {
    title: 'headers that are a revoked proxy',
    answer: () => ({ headers: revoked() }),
    code: 'ERR_PROVIDER_FAILED',
  },
  {
    title: 'headers that nobody may look at',
    answer: () => ({ headers: thorny() }),
    code: 'ERR_PROVIDER_FAILED',
  },
];

/** Objects that a slip makes of a version, and that have no version to tell. */
const OBJECTS: readonly (readonly [title: string, answer: () => object])[] = [
  ['an empty list, as a query without rows returns', () => []],
  ['a list of one version', () => [{ etag: VALID }]],
  ['a String object', () => Object(VALID) as object],
  ['a Number object', () => Object(7) as object],
  ['a Date', () => new Date(0)],
  ['a Buffer', () => Buffer.from(VALID)],
  ['a Map', () => new Map([['etag', VALID]])],
  ['a Set', () => new Set([VALID])],
  ['an Error that should have been thrown', () => new Error('hostile')],
  ['an Error of another realm', () => runInNewContext('new Error("hostile")') as object],
  ['a pattern', () => /hostile/],
];

const ANSWERS: readonly HostileAnswer[] = [
  ...OBJECTS.map(([title, answer]): HostileAnswer => ({ title, answer, code: 'ERR_PROVIDER_VALUE' })),
  { title: 'a class', answer: () => Map, code: 'ERR_PROVIDER_VALUE' },
  { title: 'another SKIP', answer: () => Symbol('http-preconditions.SKIP'), code: 'ERR_PROVIDER_VALUE' },
  { title: 'a revoked proxy', answer: revoked, code: 'ERR_PROVIDER_FAILED' },
  { title: 'an object that nobody may look at', answer: thorny, code: 'ERR_PROVIDER_FAILED' },
];

export const HOSTILE_ANSWERS: readonly HostileAnswer[] = [...ANSWERS, ...TAGS, ...DATES, ...HEADERS];
