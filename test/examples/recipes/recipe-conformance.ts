/** The third part of the contract: the recipe keeps to RFC 9110, section 13, by the cases that everybody may run against their own. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Api, conformance, type Target } from 'http-preconditions/testing';
import type { NoteClient } from './note-client.js';

/** Under `/notes`, as all of them have it. */
const newPath = (): string => `/notes/${randomUUID()}`;

export const TARGET: Omit<Target, 'server'> = {
  path: '/notes/1',
  absentPath: '/notes/none',
  etag: 'strong',
  writes: {
    methods: ['PUT', 'DELETE'],
    async create(api: Api) {
      const path = newPath();
      await api.send('PUT', path, [['If-None-Match', '*']], { text: 'new' });
      return path;
    },
    remove: (path, api) => api.send('DELETE', path),
    content: (n) => ({ text: `text ${n}` }),
    absent: newPath,
    putCreates: true,
  },
};

export function describeConformance(notes: NoteClient): void {
  const cases = conformance({
    ...TARGET,
    get server() {
      return notes.origin;
    },
  }).filter(({ applies }) => applies);

  describe('conforms', () => {
    beforeAll(async () => expect(await notes.put(TARGET.path, 'shared')).toMatchObject({ status: 201 }));
    test.each(cases)('$id: $title', ({ run }) => run());
  });
}
