import { TARGETS } from './targets.mjs';

/** The folder of this run: run.mjs puts its name into the environment, where also the processes of Stryker find it. */
export const name = process.env['MUTATION_TARGET'] ?? 'core';

export const target = TARGETS[name];
