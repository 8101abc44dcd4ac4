import type { ErrorCode } from '../../lib/index.js';

/** Something that a provider must not answer with, and the error that comes of it. */
export interface BadAnswer {
  readonly title: string;
  readonly answer: unknown;
  readonly code: ErrorCode;
  /** What the message has to tell the developer. */
  readonly message: RegExp;
}

const INVALID_DATE = new Date(Number.NaN);

export const BAD_ANSWERS: readonly BadAnswer[] = [
  {
    title: 'undefined',
    answer: undefined,
    code: 'ERR_PROVIDER_UNDEFINED',
    message: /returned undefined.*null.*SKIP/,
  },
  { title: 'true', answer: true, code: 'ERR_PROVIDER_VALUE', message: /returned true \(boolean\)/ },
  { title: 'false', answer: false, code: 'ERR_PROVIDER_VALUE', message: /returned false \(boolean\)/ },
  { title: 'a number', answer: 7, code: 'ERR_PROVIDER_VALUE', message: /returned 7 \(number\)/ },
  {
    title: 'a tag instead of a version',
    answer: '"v1"',
    code: 'ERR_PROVIDER_VALUE',
    message: /returned "\\"v1\\"" \(string\)/,
  },
  { title: 'an empty string', answer: '', code: 'ERR_PROVIDER_VALUE', message: /returned "" \(string\)/ },
  {
    title: 'another symbol',
    answer: Symbol('SKIP'),
    code: 'ERR_PROVIDER_VALUE',
    message: /returned Symbol\(SKIP\)/,
  },
  { title: 'a function', answer: () => null, code: 'ERR_PROVIDER_VALUE', message: /\(function\)/ },
  { title: 'a bigint', answer: 7n, code: 'ERR_PROVIDER_VALUE', message: /returned 7 \(bigint\)/ },
  {
    title: 'a tag without quotes',
    answer: { etag: 'v1' },
    code: 'ERR_ENTITY_TAG_SYNTAX',
    message: /etag "v1".*quotes/,
  },
  { title: 'two tags', answer: { etag: '"a", "b"' }, code: 'ERR_ENTITY_TAG_SYNTAX', message: /etag/ },
  { title: 'the wildcard', answer: { etag: '*' }, code: 'ERR_ENTITY_TAG_SYNTAX', message: /etag "\*"/ },
  {
    title: 'a tag that is null',
    answer: { etag: null },
    code: 'ERR_ENTITY_TAG_SYNTAX',
    message: /etag null/,
  },
  {
    title: 'a tag that is a number',
    answer: { etag: 7 },
    code: 'ERR_ENTITY_TAG_SYNTAX',
    message: /etag 7 \(number\)/,
  },
  {
    title: 'a tag that is an object',
    answer: { etag: {} },
    code: 'ERR_ENTITY_TAG_SYNTAX',
    message: /\[object Object\]/,
  },
  {
    title: 'a tag that is an array of one tag',
    answer: { etag: ['"v1"'] },
    code: 'ERR_ENTITY_TAG_SYNTAX',
    message: /\[object Array\]/,
  },
  {
    title: 'a tag that was not awaited',
    answer: { etag: Promise.resolve('"v1"') },
    code: 'ERR_ENTITY_TAG_SYNTAX',
    message: /etag a promise that was not awaited/,
  },
  {
    title: 'a date that was not awaited',
    answer: { lastModified: Promise.resolve(new Date(0)) },
    code: 'ERR_LAST_MODIFIED',
    message: /lastModified a promise that was not awaited/,
  },
  {
    title: 'a tag above U+00FF',
    answer: { etag: '"\u0100"' },
    code: 'ERR_ENTITY_TAG_SYNTAX',
    message: /etag/,
  },
  {
    title: 'a date that is none',
    answer: { lastModified: INVALID_DATE },
    code: 'ERR_LAST_MODIFIED',
    message: /valid Date/,
  },
  {
    title: 'a date as text',
    answer: { lastModified: '2026-01-01' },
    code: 'ERR_LAST_MODIFIED',
    message: /"2026-01-01"/,
  },
  {
    title: 'a date as a number',
    answer: { lastModified: 0 },
    code: 'ERR_LAST_MODIFIED',
    message: /0 \(number\)/,
  },
  {
    title: 'a date that is null',
    answer: { lastModified: null },
    code: 'ERR_LAST_MODIFIED',
    message: /lastModified null/,
  },
  {
    title: 'a date of the year 10000',
    answer: { lastModified: new Date(Date.UTC(10_000, 0)) },
    code: 'ERR_LAST_MODIFIED',
    message: /years 0 to 9999/,
  },
  {
    title: 'a date before the year 0',
    answer: { lastModified: new Date(Date.UTC(-1, 0)) },
    code: 'ERR_LAST_MODIFIED',
    message: /years 0 to 9999/,
  },
  {
    title: 'headers that are text',
    answer: { headers: 'Vary: x' },
    code: 'ERR_VERSION_HEADERS',
    message: /Cache-Control/,
  },
  {
    title: 'headers that are null',
    answer: { headers: null },
    code: 'ERR_VERSION_HEADERS',
    message: /Expected an object/,
  },
  {
    title: 'a field that a 304 must not repeat',
    answer: { headers: { 'Content-Type': 'text/plain' } },
    code: 'ERR_VERSION_HEADERS',
    message: /304 cannot repeat/,
  },
  {
    title: 'an ETag as a field',
    answer: { headers: { ETag: '"v2"' } },
    code: 'ERR_VERSION_HEADERS',
    message: /headers/,
  },
  {
    title: 'a field that would split the response',
    answer: { headers: { Vary: 'x\r\nSet-Cookie: a=1' } },
    code: 'ERR_VERSION_HEADERS',
    message: /headers/,
  },
  ...['Accept,', 'a b', ''].map((Vary) => ({
    title: `Vary: ${JSON.stringify(Vary)}, which res.vary does not take`,
    answer: { etag: '"v1"', headers: { 'Cache-Control': 'no-cache', Vary } },
    code: 'ERR_VERSION_HEADERS' as const,
    message: /Vary \(names, with commas in between\)/,
  })),
  {
    title: 'a field that is an array',
    answer: { headers: { Vary: ['x'] } },
    code: 'ERR_VERSION_HEADERS',
    message: /text/,
  },
];
