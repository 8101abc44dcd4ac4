import { describe, expect, test } from '@jest/globals';
import type { Validators } from '../../lib/core/index.js';
import { evaluate } from '../../lib/core/index.js';
import { CASES } from './evaluate.cases.js';
import { NOW, T, tagged } from './fixtures.js';

describe.each(CASES)('evaluate: $section', ({ cases }) => {
  test.each(cases)('$id $title', (row) => {
    expect(evaluate({ now: NOW, ...row }, row.current, row.policy)).toStrictEqual(row.expected);
  });
});

describe('evaluate', () => {
  test('gives every unconditional request the same frozen decision', () => {
    const decision = evaluate({ method: 'GET', now: NOW }, null);

    expect(evaluate({ method: 'PUT', now: NOW }, tagged('"a"', T))).toBe(decision);
    expect(Object.isFrozen(decision)).toBe(true);
  });

  test('looks at nothing when the request is unconditional', () => {
    const untouchable = new Proxy<Validators>({}, { get: explode });

    expect(evaluate({ method: 'PUT', now: NOW }, untouchable).outcome).toBe('perform');
  });
});

function explode(): never {
  throw new Error('The validators were looked at.');
}

test('every row has a title of its own', () => {
  const titles = CASES.flatMap(({ cases }) => cases.map(({ title }) => title));

  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toStrictEqual([]);
});
