import type { Policy } from './types.js';

/**
 * How a method stands to preconditions (RFC 9110, section 13.2.1).
 *
 * `'read'`: GET and HEAD, and QUERY where the policy asks for it: answered 304 when nothing changed. `'neither'`: the
 * method neither selects nor modifies a representation (OPTIONS, TRACE, CONNECT), or it is a QUERY whose selected
 * representation depends on its content. `'write'`: every other method, known or not.
 */
export type MethodKind = 'read' | 'write' | 'neither';

export function methodKind(method: string, policy: Policy): MethodKind {
  switch (method) {
    case 'GET':
    case 'HEAD':
      return 'read';
    case 'QUERY':
      return policy.query === true ? 'read' : 'neither';
    case 'OPTIONS':
    case 'TRACE':
    case 'CONNECT':
      return 'neither';
    default:
      return 'write';
  }
}
