/**
 * Runs on a real PostgreSQL server, but not on Prisma, whose generator wants to download an engine first: prisma-on-postgres.ts
 * stands in for the client. It was run once by hand on the real one (7.10, adapter-pg), with the same result.
 */
import { notes } from '../../../examples/recipes/prisma.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { prismaOnPostgres, SCHEMA } from './prisma-on-postgres.js';
import { describeRecipe } from './recipe-contract.js';

describeOnPostgres('On PostgreSQL', (database) => {
  describeRecipe('Prisma', {
    keepsBytes: false,
    async open() {
      const pools = [database.pool(), database.pool()] as const;
      await pools[0].query(SCHEMA);
      return pools.map((pool) => notes(prismaOnPostgres(pool)));
    },
  });
});
