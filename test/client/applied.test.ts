/** Whether a write was made, judged by what is there. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { patchApplied, putApplied } from '../../lib/client/applied.js';
import { RUNS } from '../core/arbitraries.js';
import { mergePatch } from './merge-patch.js';

beforeAll(() => fc.configureGlobal({ numRuns: RUNS }));

const octets = (...values: number[]): Uint8Array => Uint8Array.from(values);

interface PutRow {
  readonly base: unknown;
  readonly sent: unknown;
  readonly current: unknown;
}

const PUT_MADE: readonly PutRow[] = [
  { base: { a: 1 }, sent: { a: 2 }, current: { a: 2 } },
  { base: { a: 1 }, sent: { a: 1, b: 2 }, current: { a: 1, b: 2 } },
  { base: { a: 1, b: 2 }, sent: { a: 1 }, current: { a: 1 } },
  { base: { a: 1 }, sent: { a: undefined }, current: {} },
  { base: { a: 1 }, sent: { a: null }, current: { a: null } },
  {
    base: { a: { b: [1, { c: 2 }] } },
    sent: { a: { b: [1, { c: 3 }] } },
    current: { a: { b: [1, { c: 3 }] } },
  },
  // What others, or the server, have put beside it.
  { base: { a: 1 }, sent: { a: 2 }, current: { a: 2, by: 'server' } },
  { base: { a: 1, b: 1 }, sent: { a: 2, b: 1 }, current: { a: 2, b: 9 } },
  { base: { a: 1, b: 1 }, sent: { a: 2, b: 1 }, current: { a: 2 } },
  // The order of members means nothing.
  { base: {}, sent: { a: { b: 1, c: 2 } }, current: { a: { c: 2, b: 1 } } },
  // Nothing was changed.
  { base: { a: 1 }, sent: { a: 1 }, current: { a: 9 } },
  // As a whole, where one of them is no object.
  { base: 'a', sent: 'b', current: 'b' },
  { base: [1], sent: [1, 2], current: [1, 2] },
  { base: undefined, sent: { a: 1 }, current: { a: 1 } },
  { base: null, sent: { a: 1 }, current: { a: 1 } },
  { base: { a: 1 }, sent: null, current: null },
  { base: { a: 1 }, sent: 0, current: 0 },
  { base: octets(1, 2), sent: octets(9, 2), current: octets(9, 2) },
];

const PUT_UNKNOWN: readonly PutRow[] = [
  { base: { a: 1 }, sent: { a: 2 }, current: { a: 1 } },
  { base: { a: 1 }, sent: { a: 2 }, current: { a: 3 } },
  { base: { a: 1 }, sent: { a: 2 }, current: {} },
  { base: { a: 1, b: 1 }, sent: { a: 2, b: 2 }, current: { a: 2, b: 1 } },
  { base: { a: 1 }, sent: {}, current: { a: 1 } },
  { base: { a: 1 }, sent: { a: null }, current: {} },
  { base: { a: [1] }, sent: { a: [1, 2] }, current: { a: [1, 2, 3] } },
  { base: { a: [1] }, sent: { a: [1, 2] }, current: { a: [2, 1] } },
  { base: { a: [] }, sent: { a: {} }, current: { a: [] } },
  { base: { a: {} }, sent: { a: [] }, current: { a: {} } },
  { base: { a: 1 }, sent: { a: '1' }, current: { a: 1 } },
  { base: { a: { b: 1 } }, sent: { a: { b: 2 } }, current: { a: { b: 2, c: 3 } } },
  { base: 'a', sent: 'b', current: 'a' },
  { base: [1], sent: [2], current: [2, 3] },
  { base: undefined, sent: { a: 1 }, current: { a: 1, b: 2 } },
  { base: { a: 1 }, sent: 'b', current: { a: 1 } },
  { base: { a: 1 }, sent: { a: 2 }, current: undefined },
  { base: { a: 1 }, sent: { a: 2 }, current: null },
  { base: { a: 1 }, sent: [2], current: { 0: 2 } },
  { base: octets(1, 2), sent: octets(9, 2), current: octets(9, 7) },
  { base: octets(1), sent: octets(9), current: octets(9, 2) },
  { base: octets(1), sent: octets(1), current: octets(2) },
  // Names that every object has.
  { base: {}, sent: { toString: 1 }, current: {} },
  { base: JSON.parse('{"__proto__":{}}'), sent: {}, current: JSON.parse('{"__proto__":{}}') },
];

/** What is sent as it is: what becomes of it, only the server knows. */
const OPAQUE: readonly [string, unknown][] = [
  ['a Blob', new Blob(['{"a":2}'])],
  ['a form', new URLSearchParams('a=2')],
  ['a form with files', new FormData()],
  ['a buffer', new ArrayBuffer(1)],
  ['text', '{"a":2}'],
];

test.each(OPAQUE)('nothing is known of content that is no JSON: %s', (_kind, sent) => {
  for (const current of [{ a: 2 }, { b: 1 }, {}, undefined]) {
    expect(putApplied({ a: 1 }, sent, current)).toBeUndefined();
    expect(patchApplied(sent, current)).toBeUndefined();
  }
});

describe('A PUT', () => {
  test.each(PUT_MADE)('was made: $base, $sent, $current', ({ base, sent, current }) => {
    expect(putApplied(base, sent, current)).toBe(true);
  });

  test.each(PUT_UNKNOWN)('may have been made, or not: $base, $sent, $current', ({ base, sent, current }) => {
    expect(putApplied(base, sent, current)).toBeUndefined();
  });
});

const PATCH_MADE: readonly Omit<PutRow, 'base'>[] = [
  { sent: { a: 2 }, current: { a: 2, b: 1 } },
  { sent: { a: null }, current: { b: 1 } },
  { sent: { a: null }, current: {} },
  { sent: { a: { b: 1, c: null } }, current: { a: { b: 1, d: 2 } } },
  { sent: { a: { b: null } }, current: { a: {} } },
  { sent: { a: [1, null] }, current: { a: [1, null] } },
  { sent: {}, current: { a: 1 } },
  { sent: { constructor: null, toString: null }, current: {} },
];

const PATCH_UNKNOWN: readonly Omit<PutRow, 'base'>[] = [
  { sent: { a: 2 }, current: { a: 1 } },
  { sent: { a: 2 }, current: {} },
  { sent: { a: null }, current: { a: null } },
  { sent: { a: null }, current: { a: 1 } },
  { sent: { a: { b: 1 } }, current: { a: { b: 2 } } },
  { sent: { a: { b: 1 } }, current: { a: 1 } },
  { sent: { a: [1] }, current: { a: [1, 2] } },
  { sent: { a: 1 }, current: 'text' },
  { sent: { a: 1 }, current: undefined },
  { sent: { a: 1 }, current: [{ a: 1 }] },
  // Patches of another kind.
  { sent: [{ op: 'replace', path: '/a', value: 1 }], current: { a: 1 } },
  { sent: 'text', current: 'text' },
  { sent: null, current: null },
];

describe('A PATCH', () => {
  test.each(PATCH_MADE)('was made: $sent, $current', ({ sent, current }) => {
    expect(patchApplied(sent, current)).toBe(true);
  });

  test.each(PATCH_UNKNOWN)('may have been made, or not: $sent, $current', ({ sent, current }) => {
    expect(patchApplied(sent, current)).toBeUndefined();
  });
});

/** Names that collide now and then, those that every object has among them. */
const names = fc.oneof(
  fc.constantFrom('a', 'b', 'toString', 'constructor', '__proto__'),
  fc.string({ maxLength: 2 }),
);
const json = fc.jsonValue({ maxDepth: 2 });
const objects = fc.dictionary(names, json, { maxKeys: 4 });
const clone = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('Whatever JSON it is', () => {
  test('a PUT was made when what was sent is there', () => {
    fc.assert(fc.property(json, json, (base, sent) => putApplied(base, sent, clone(sent)) === true));
  });

  test('a PUT was made when what was sent is there, and others have changed other members', () => {
    const law = fc.property(objects, objects, objects, (base, sent, others) => {
      const current = { ...others, ...sent };
      fc.pre(Object.keys(base).every((name) => Object.hasOwn(current, name) === Object.hasOwn(sent, name)));
      return putApplied(base, sent, clone(current)) === true;
    });
    fc.assert(law);
  });

  test('a PUT may not have been made when nothing of it is there', () => {
    const law = fc.property(objects, names, json, json, (base, name, before, after) => {
      fc.pre(JSON.stringify(before) !== JSON.stringify(after));
      const there = { ...base, [name]: before };
      return putApplied(there, { ...base, [name]: after }, clone(there)) === undefined;
    });
    fc.assert(law);
  });

  test('a merge patch was made when applying it changes nothing any more, and only then', () => {
    const law = fc.property(objects, json, (patch, target) => {
      const isMade = JSON.stringify(mergePatch(target, patch)) === JSON.stringify(target);
      expect(patchApplied(patch, target)).toBe(isMade || undefined);
      expect(patchApplied(patch, mergePatch(target, patch))).toBe(true);
    });
    fc.assert(law);
  });

  test('it is never said that a write was not made', () => {
    const anything = fc.anything({ withDate: true, withNullPrototype: true, withTypedArray: true });
    const law = fc.property(anything, anything, anything, (base, sent, current) => {
      expect([true, undefined]).toContain(putApplied(base, sent, current));
      expect([true, undefined]).toContain(patchApplied(sent, current));
    });
    fc.assert(law);
  });
});
