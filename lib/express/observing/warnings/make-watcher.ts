import type { Settings } from '../../options.js';
import type { Watcher } from '../watcher.js';
import { MisuseWatcher } from './misuse-watcher.js';

/**
 * Makes what looks for misuse; `undefined` in production, and where it is not wanted.
 *
 * A bundler that knows NODE_ENV to be `production` leaves the warnings out, which is why the variable is named here as it always is.
 */
export function makeWatcher(settings: Settings): Watcher | undefined {
  if ((process.env as { NODE_ENV?: string }).NODE_ENV !== 'production') {
    const { warnings } = settings;
    if (warnings !== false) return new MisuseWatcher(settings, warnings === true ? {} : warnings);
  }
  return undefined;
}
