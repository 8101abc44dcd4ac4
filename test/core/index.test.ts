import { expect, test } from '@jest/globals';
import * as core from '../../lib/core/index.js';

test('the core exports these functions and nothing else', () => {
  expect(Object.keys(core).toSorted()).toStrictEqual([
    'evaluate',
    'formatEntityTag',
    'formatHttpDate',
    'isWeak',
    'methodKind',
    'opaqueTag',
    'parseEntityTag',
    'parseEntityTagList',
    'parseHttpDate',
    'strongMatch',
    'weakMatch',
  ]);
});
