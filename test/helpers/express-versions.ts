import express5 from 'express';
import express4 from 'express4';

export type ExpressModule = typeof express5;

/** The two majors that are supported: `describe.each(EXPRESS_VERSIONS)('…, $name', ({ express }) => …)`. */
export const EXPRESS_VERSIONS: readonly { readonly name: string; readonly express: ExpressModule }[] = [
  { name: 'Express 5', express: express5 },
  // What the tests use of it is the same in both majors; the types are those of version 5.
  { name: 'Express 4', express: express4 as unknown as ExpressModule },
];
