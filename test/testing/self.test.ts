import { describe, expect, test } from '@jest/globals';
import { conformance } from '../../lib/testing/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { USAGES } from './self/targets.js';

describe.each(EXPRESS_VERSIONS)('the middleware over $name', ({ express }) => {
  describe.each(USAGES)('with $title', ({ target }) => {
    const cases = conformance(target(express)).filter(({ applies }) => applies);

    test.each(cases)('$id: $title', ({ run: check }) => check());
  });
});

test('Every case is passed in one way or another', () => {
  const { express } = EXPRESS_VERSIONS[0]!;
  const all = USAGES.flatMap(({ target }) => conformance(target(express)));
  const passed = new Set(all.filter(({ applies }) => applies).map(({ id }) => id));
  expect(all.map(({ id }) => id).filter((id) => !passed.has(id))).toEqual([]);
});
