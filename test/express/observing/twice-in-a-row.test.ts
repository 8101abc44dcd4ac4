import { describe, expect, test } from '@jest/globals';
import { twiceInARow } from '../../../lib/express/observing/warnings/twice-in-a-row.js';

describe('what goes wrong twice in a row', () => {
  test.each([
    { title: 'once', says: [[true, false]] },
    {
      title: 'twice',
      says: [
        [true, false],
        [true, true],
      ],
    },
    {
      title: 'with something right in between',
      says: [
        [true, false],
        [false, false],
        [true, false],
      ],
    },
    {
      title: 'again after that',
      says: [
        [true, false],
        [false, false],
        [true, false],
        [true, true],
      ],
    },
  ])('is told from what goes wrong $title', ({ says }) => {
    for (const route of ['/notes/:id', undefined]) {
      const isRepeated = twiceInARow();
      expect(says.map(([isWrong]) => isRepeated(route, isWrong!))).toEqual(says.map(([, said]) => said));
    }
  });

  test('is counted for each route', () => {
    const isRepeated = twiceInARow();
    expect(['/a', '/b', undefined, '/b'].map((route) => isRepeated(route, true))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test('is known of the last routes only, so that many take no more memory than a few', () => {
    const routes = Array.from({ length: 10_000 }, (_, user) => `/users/${user}/note`);
    const isRepeated = twiceInARow();
    expect(routes.filter((route) => isRepeated(route, true))).toEqual([]);
    const forgotten = routes.toReversed().findIndex((route) => !isRepeated(route, true));
    expect(forgotten).toBe(32);
  });
});
