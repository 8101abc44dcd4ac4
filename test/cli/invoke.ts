import { run } from '../../lib/cli/run.js';
import type { Io } from '../../lib/cli/io.js';

export interface Invocation {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process: not on a terminal, without an environment, unless said otherwise. */
export async function invoke(
  argv: readonly string[],
  io: { readonly isTTY?: boolean } & Partial<Pick<Io, 'env' | 'interruption'>> = {},
): Promise<Invocation> {
  const { isTTY = false, env = {}, interruption = new AbortController().signal } = io;
  const out: string[] = [];
  const err: string[] = [];
  const status = await run(argv, {
    stdout: { isTTY, write: (text) => out.push(text) },
    stderr: { isTTY, write: (text) => err.push(text) },
    env,
    interruption,
  });
  return { status, out: out.join(''), err: err.join('') };
}

/** The report of `--json`. */
export function parsed({ out }: Invocation): ReportForPrograms {
  return JSON.parse(out) as ReportForPrograms;
}

export interface ReportForPrograms {
  readonly url: string;
  readonly exitStatus: number;
  readonly interrupted: boolean;
  readonly found: Readonly<Record<string, unknown>>;
  readonly summary: Readonly<Record<string, number>>;
  readonly cases: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly reason: string | null;
    readonly failure: { readonly explanation: string; readonly status: number | null } | null;
  }[];
}

export function idsOf({ cases }: ReportForPrograms, outcome: string): string[] {
  return cases.filter((one) => one.outcome === outcome).map(({ id }) => id);
}
