import type { Io } from './io.js';

const FALLBACK_COLUMNS = 80;
const START_OF_LINE = '\r\u001b[2K';

/** Says what is under way, on one line that is written anew; nothing where nobody looks on. */
export interface Progress {
  readonly show: (title: string) => void;
  readonly clear: () => void;
}

function nothing(): void {}

export function progressOn({ stderr, env }: Pick<Io, 'stderr' | 'env'>, total: number): Progress {
  if (stderr.isTTY !== true || env['TERM'] === 'dumb') return { show: nothing, clear: nothing };
  let begun = 0;
  return {
    show: (title) => {
      begun += 1;
      const line = `${begun}/${total} ${title}`.slice(0, (stderr.columns ?? FALLBACK_COLUMNS) - 1);
      stderr.write(`${START_OF_LINE}${line}`);
    },
    clear: () => {
      stderr.write(START_OF_LINE);
    },
  };
}
