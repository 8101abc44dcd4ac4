import { memoryLock } from '../../lib/index.js';
import type { ErrorCode } from '../../lib/index.js';

/** Options that cannot be used, and what the message has to say. */
export interface BadOptions {
  readonly title: string;
  readonly options: unknown;
  readonly message: readonly string[];
  readonly code?: ErrorCode;
}

export const BAD_OPTIONS: readonly BadOptions[] = [
  { title: 'null', options: null, message: ['to be an object', 'null'] },
  { title: 'text', options: 'strict', message: ['to be an object', '"strict" (string)'] },
  { title: 'a function', options: () => ({}), message: ['to be an object', '(function)'] },
  {
    title: 'an unknown name',
    options: { require: ['PUT'] },
    message: ['`require`', 'Expected one of', 'required', 'now'],
  },
  {
    title: 'a name of Object.prototype',
    options: { toString: true },
    message: ['Unknown option `toString`'],
  },
  {
    title: 'malformed: 422',
    options: { malformed: 422 },
    message: ['`malformed`', '412 or 400', '422 (number)'],
  },
  {
    title: 'malformed as text',
    options: { malformed: '400' },
    message: ['`malformed`', '412 or 400', '"400" (string)'],
  },
  {
    title: 'ifMatch: "Weak"',
    options: { ifMatch: 'Weak' },
    message: ['`ifMatch`', '"strong" or "weak"', '"Weak" (string)'],
  },
  {
    title: 'ifMatch: true',
    options: { ifMatch: true },
    message: ['`ifMatch`', '"strong" or "weak"', 'true (boolean)'],
  },
  {
    title: 'onMissing: "next"',
    options: { onMissing: 'next' },
    message: ['`onMissing`', '"evaluate" or "perform"', '"next" (string)'],
  },
  { title: 'query: 1', options: { query: 1 }, message: ['`query`', 'true or false', '1 (number)'] },
  { title: 'query: null', options: { query: null }, message: ['`query`', 'true or false', 'null'] },
  {
    title: 'contentCodings: true',
    options: { contentCodings: true },
    message: ['`contentCodings`', '["br", "gzip"]', 'true (boolean)'],
  },
  { title: 'no content coding', options: { contentCodings: [] }, message: ['`contentCodings`', 'got [].'] },
  {
    title: 'a coding in capitals',
    options: { contentCodings: ['GZIP'] },
    message: ['`contentCodings`', 'lower case', 'got ["GZIP"].'],
  },
  {
    title: 'a coding with a quote',
    options: { contentCodings: ['"'] },
    message: ['`contentCodings`', String.raw`got ["\""].`],
  },
  {
    title: 'a coding that is no text',
    options: { contentCodings: [7] },
    message: ['`contentCodings`', 'got ["7"].'],
  },
  {
    title: 'required: true',
    options: { required: true },
    message: ['`required`', '["PUT", "PATCH"]', 'true (boolean)'],
  },
  {
    title: 'required: "PUT"',
    options: { required: 'PUT' },
    message: ['`required`', 'list of methods', '"PUT" (string)'],
  },
  {
    title: 'methods in lower case',
    options: { required: ['put'] },
    message: ['`required`', 'list of methods in capitals', 'got ["put"].'],
  },
  ...['putPUT', 'PUTput', 'PUT PATCH'].map((method) => ({
    title: `no method: ${method}`,
    options: { required: [method] },
    message: ['`required`', `got ["${method}"].`],
  })),
  ...['Xgzip', 'gzip;q=1', 'br, gzip'].map((coding) => ({
    title: `no content coding: ${coding}`,
    options: { contentCodings: [coding] },
    message: ['`contentCodings`', `got ["${coding}"].`],
  })),
  { title: 'an empty method', options: { required: [''] }, message: ['`required`', 'list of methods'] },
  {
    title: 'a list that holds no text',
    options: { required: ['PUT', undefined] },
    message: ['`required`', 'list of methods', 'got ["PUT","undefined"].'],
  },
  {
    title: 'a long list',
    options: { required: Array.from({ length: 1000 }, () => 'put') },
    message: ['`required`', 'got ["put","put",', '"put",…. [ERR_OPTION'],
  },
  {
    title: 'a set of methods',
    options: { required: new Set(['PUT']) },
    message: ['`required`', '[object Set]'],
  },
  {
    title: 'requireTag: "yes"',
    options: { requireTag: 'yes' },
    message: ['`requireTag`', 'true or false', '"yes"'],
  },
  ...[{ requireTag: true }, { requireTag: true, required: undefined }].map((options) => ({
    title: `requireTag: true beside ${JSON.stringify(Object.keys(options).slice(1))}`,
    options,
    message: ['`requireTag` protects nothing without `required`', 'list of methods'],
  })),
  {
    title: 'respond as an object',
    options: { respond: {} },
    message: ['`respond`', 'a function', 'got an object with [].'],
  },
  {
    title: 'exposeEtag: 0',
    options: { exposeEtag: 0 },
    message: ['`exposeEtag`', 'true or false', '0 (number)'],
  },
  {
    title: 'now as a number',
    options: { now: 1_700_000_000_000 },
    message: ['`now`', 'a function', '(number)'],
  },
  {
    title: 'now as a Date',
    options: { now: new Date(0) },
    message: ['`now`', 'a function', '[object Date]'],
  },
  {
    title: 'headers as text',
    options: { headers: 'Vary: x' },
    message: ['`headers`', 'an object', '"Vary: x"'],
  },
  {
    title: 'headers as a function',
    options: { headers: () => ({}) },
    message: ['`headers`', 'an object', '(function)'],
  },
  { title: 'headers: null', options: { headers: null }, message: ['`headers`', 'an object', 'null'] },
  {
    title: 'a field that a 304 must not repeat',
    options: { headers: { 'Content-Type': 'text/plain' } },
    message: [
      '`headers`',
      'Cache-Control, Content-Location, Expires or Vary',
      'got an object with ["Content-Type"].',
    ],
  },
  ...['Accept,', 'Accept ,', 'Accept, ', ',Accept', 'a,,b', 'a b', '', ' '].map((Vary) => ({
    title: `Vary: ${JSON.stringify(Vary)}`,
    options: { headers: { Vary } },
    message: ['`headers`', 'Vary (names, with commas in between)', 'got an object with ["Vary"].'],
  })),
  {
    title: 'a field whose value is none',
    options: { headers: { 'Cache-Control': 'no-cache\r\nSet-Cookie: a=1' } },
    message: ['`headers`', 'Cache-Control'],
  },
  {
    title: 'a field that is a number',
    options: { headers: { Expires: 0 } },
    message: ['`headers`', 'Expires'],
  },
  { title: 'lock: true', options: { lock: true }, message: ['`lock`', 'memoryLock()', 'true (boolean)'] },
  { title: 'lock: null', options: { lock: null }, message: ['`lock`', 'memoryLock()', 'null'] },
  {
    title: 'lock as what makes one',
    options: { lock: memoryLock },
    message: ['`lock`', 'memoryLock (function)'],
  },
  {
    title: 'no lock among its options',
    options: { lock: { wait: 1 } },
    message: ['`lock`', 'got an object with ["wait"].'],
  },
  {
    title: 'an unknown name among the options of a lock, whose value may be a secret,',
    options: { lock: { lock: memoryLock(), timeout: 3, url: 'redis://:secret@host' } },
    message: ['`lock`', 'got an object with ["lock","timeout","url"]. ['],
  },
  {
    title: 'a lock that was not awaited',
    options: { lock: Promise.resolve(memoryLock()) },
    message: ['`lock`', 'got a promise that was not awaited (object).'],
  },
  { title: 'a lock that lends nothing', options: { lock: { lock: {} } }, message: ['`lock`'] },
  ...[
    { keys: (): string => 'key' },
    { key: 'notes' },
    { key: null },
    { wait: 0 },
    { wait: -1 },
    { wait: Number.NaN },
    { wait: Infinity },
    { wait: 2 ** 31 },
    { wait: '5s' },
    { wait: '5' },
    { lease: 0 },
    { lease: 2 ** 31 },
    { lease: null },
    { contentLimit: 0 },
    { contentLimit: '1mb' },
    { withLock: 'text' },
  ].map((option) => ({
    title: `lock with ${Object.entries(option).map(([name, value]) => `${name}: ${String(value)}`)[0]}`,
    options: { lock: { lock: memoryLock(), ...option } },
    message: ['`lock`', '{ lock, key, wait, lease, contentLimit }', 'numbers from 1 on'],
  })),
  ...[
    null,
    0,
    'off',
    { slow: 1 },
    { slowProvider: 0 },
    { slowProvider: '1s' },
    { slowProvider: Infinity },
  ].map((warnings) => ({
    title: `warnings: ${JSON.stringify(warnings)}`,
    options: { warnings },
    message: ['`warnings`', 'true, false, or { slowProvider, ignore }'],
  })),
  {
    title: 'a misspelt name among the options of warnings',
    options: { warnings: { slowProvder: 3 } },
    message: ['`warnings`', '{ slowProvider, ignore }', 'got an object with ["slowProvder"].'],
  },
  {
    title: 'warnings that ignore one code',
    options: { warnings: { ignore: 'WARN_WEAK_TAG' } },
    message: ['`warnings`', 'a list of codes'],
  },
];

export const GOOD_OPTIONS: readonly object[] = [
  { warnings: true },
  { warnings: false },
  { warnings: {} },
  { warnings: { slowProvider: 1, ignore: [] } },
  { warnings: { slowProvider: undefined, ignore: ['WARN_WEAK_TAG'] } },
  {},
  {
    malformed: 412,
    ifMatch: 'strong',
    onMissing: 'evaluate',
    query: false,
    requireTag: false,
    exposeEtag: false,
  },
  { malformed: 400, ifMatch: 'weak', onMissing: 'perform', query: true, exposeEtag: true },
  { required: ['PUT'], requireTag: true },
  { required: () => false, requireTag: true },
  { required: undefined, requireTag: false },
  { required: [] },
  { required: ['PUT', 'M-SEARCH'] },
  { required: () => true },
  { respond: () => {}, now: () => 0 },
  { headers: {} },
  {
    headers: {
      'cache-control': 'no-cache',
      VARY: 'Accept',
      Expires: '0',
      'Content-Location': '/a',
      Vary: undefined,
    },
  },
  { headers: { Vary: ' Accept , *, X-Y ' } },
  { malformed: undefined, ifMatch: undefined, onMissing: undefined, query: undefined, required: undefined },
  { requireTag: undefined, respond: undefined, headers: undefined, exposeEtag: undefined, now: undefined },
  { lock: undefined },
  { lock: memoryLock() },
  { lock: { withLock: () => Promise.reject(new Error('not asked for')) } },
  { lock: { lock: memoryLock() } },
  { lock: { lock: memoryLock(), key: () => 'key', wait: 1, lease: 1, contentLimit: 1 } },
  { lock: { lock: memoryLock(), wait: 0.5 + 1, lease: 2 ** 31 - 1, contentLimit: 2 ** 30 } },
  {
    lock: { lock: memoryLock(), key: undefined, wait: undefined, lease: undefined, contentLimit: undefined },
  },
];
