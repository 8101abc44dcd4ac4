import type { VersionProvider } from '../providers/types.js';
import type { Watcher } from './observing/watcher.js';
import type { Settings } from './options.js';

/** One `preconditions()`. */
export interface Mounted {
  readonly provider: VersionProvider;
  readonly settings: Settings;
  /** Tells its outcomes from those of others. */
  readonly owner: symbol;
  /** `undefined`: nobody looks for misuse. */
  readonly watcher: Watcher | undefined;
}
