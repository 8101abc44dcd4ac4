import { describe, expect, test } from '@jest/globals';
import { conformance } from 'http-preconditions/testing';
import { groupOf } from '../../lib/cli/groups.js';

describe('Groups', () => {
  test('have a place for every case', () => {
    const cases = conformance({ server: 'http://127.0.0.1', path: '/' });
    expect(cases.filter(({ id }) => groupOf(id) === 'Others')).toEqual([]);
  });
});
