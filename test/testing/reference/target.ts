import type { Target } from '../../../lib/testing/index.js';
import { AUTHORIZATION, type ReferenceServer } from './server.js';

/** The reference with all that a target can have: with conditions that are required, or without, every case applies. */
export function referenceTarget(reference: ReferenceServer, required = false): Target {
  reference.isConditionRequired = required;
  let paths = 0;
  const newPath = (): string => `/of-a-case/${(paths += 1)}`;
  reference.create('/shared', '{"text":"shared"}');
  return {
    server: reference.listener,
    path: '/shared',
    absentPath: '/nothing',
    headers: { Authorization: AUTHORIZATION },
    etag: 'strong',
    lastModified: true,
    ranges: true,
    writes: {
      methods: ['PUT', 'PATCH', 'DELETE', 'POST'],
      create() {
        const path = newPath();
        reference.create(path, '{"text":"new"}');
        return path;
      },
      remove: (path) => reference.resources.delete(path),
      content: (n) => ({ text: `text ${n}` }),
      absent: newPath,
      putCreates: true,
      required,
    },
  };
}
