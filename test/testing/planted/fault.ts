import type { ReferenceServer } from '../reference/server.js';

/** One thing that servers get wrong. */
export interface Fault {
  /** What the server does. */
  readonly title: string;
  readonly Server: new () => ReferenceServer;
  /** Ids of cases that fail because of it: those that look for it, and not all that notice. */
  readonly noticedBy: readonly string[];
}

const WRITES = ['put', 'patch', 'delete', 'post'];

/** The ids that a case about writes has for each method. */
export function onWrites(id: string, methods: readonly string[] = WRITES): string[] {
  return methods.map((method) => `${method}.${id}`);
}

/** The same for the methods that leave a representation behind. */
export function onChanges(id: string): string[] {
  return onWrites(id, ['put', 'patch']);
}
