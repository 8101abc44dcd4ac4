/** This repository's own code as it stands in `lib`, without a build. */
import { tsImport } from 'tsx/esm/api';

export const { conformance } = await tsImport('../../../lib/testing/index.ts', import.meta.url);
export const { fromStat, preconditions, strong } = await tsImport('../../../lib/index.ts', import.meta.url);
