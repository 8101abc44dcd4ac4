import { describe, expect, test } from '@jest/globals';
import type { MethodKind, Policy } from '../../lib/core/index.js';
import { methodKind } from '../../lib/core/index.js';

describe('methodKind', () => {
  test.each<{ id: string; method: string; policy?: Policy; kind: MethodKind }>([
    { id: 'R-13.1.2-e', method: 'GET', kind: 'read' },
    { id: 'R-13.1.2-e', method: 'HEAD', kind: 'read' },
    { id: 'R-13.2.1-h', method: 'OPTIONS', kind: 'neither' },
    { id: 'R-13.2.1-h', method: 'TRACE', kind: 'neither' },
    { id: 'R-13.2.1-h', method: 'CONNECT', kind: 'neither' },
    { id: 'R-10008-2.6-a', method: 'QUERY', kind: 'neither' },
    { id: 'R-10008-2.6-a', method: 'QUERY', policy: { query: false }, kind: 'neither' },
    { id: 'R-10008-2.6-b', method: 'QUERY', policy: { query: true }, kind: 'read' },
    { id: 'R-13.1.2-f', method: 'POST', kind: 'write' },
    { id: 'R-13.1.2-f', method: 'PUT', kind: 'write' },
    { id: 'R-13.1.2-f', method: 'PATCH', kind: 'write' },
    { id: 'R-13.1.2-f', method: 'DELETE', kind: 'write' },
    { id: 'R-13.2.1-h', method: 'PROPFIND', kind: 'write' },
    { id: 'R-13.2.1-h', method: 'get', kind: 'write' },
  ])('$id calls $method a $kind with the policy $policy', ({ method, policy, kind }) => {
    expect(methodKind(method, policy ?? {})).toBe(kind);
  });
});
