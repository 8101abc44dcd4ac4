import { writeFile } from 'node:fs/promises';
import { conformance, type ConformanceCase } from '../testing/index.js';
import { expectCheckable } from './claims.js';
import type { Io } from './io.js';
import { messageOf } from './message-of.js';
import type { CheckOptions } from './options.js';
import { anyOf } from './patterns.js';
import { printable } from './printable.js';
import { progressOn } from './progress.js';
import { exitStatus, type Report, type Result } from './report.js';
import { asJson } from './reporters/json.js';
import { asJUnit } from './reporters/junit.js';
import { asList } from './reporters/list.js';
import { asTable } from './reporters/table.js';
import { isToRun, resultWithoutRunning, runCases, type Selected } from './run-cases.js';
import { hiding } from './secrets.js';
import { stylesFor } from './styles.js';
import { findTarget, foundIn } from './target.js';
import { UsageError } from './usage-error.js';

/** `check URL`: finds out what is there, runs the cases that apply, reports, and gives the exit status. */
export async function check(options: CheckOptions, io: Io): Promise<number> {
  const hide = hiding(options.fields);
  const clean = (text: string): string => printable(hide(text));
  const start = performance.now();
  const target = await findTarget(options, clean);
  const selected = select(conformance(target), options);
  if (!options.list) expectCheckable(target, isAskedIn(selected));
  const results = options.list ? selected.map(resultWithoutRunning) : await runAll(selected, io, clean);
  const report: Report = {
    url: clean(options.url.href),
    found: foundIn(target),
    features: options.features,
    level: options.level,
    results,
    interrupted: io.interruption.aborted,
    milliseconds: Math.round(performance.now() - start),
  };
  io.stdout.write(textOf(report, options, io));
  if (options.junit !== undefined) await save(options.junit, asJUnit(report));
  return exitStatus(report);
}

/** What --only does not select is not spoken of. */
function select(cases: readonly ConformanceCase[], { only, skip }: CheckOptions): Selected[] {
  const ids = cases.map(({ id }) => id);
  const isWanted = only.length === 0 ? () => true : anyOf('--only', only, ids);
  const isSkipped = anyOf('--skip', skip, ids);
  return cases.filter(({ id }) => isWanted(id)).map((one) => ({ case: one, skipped: isSkipped(one.id) }));
}

function isAskedIn(selected: readonly Selected[]): (id: string) => boolean {
  const ids = new Set(selected.filter(({ skipped }) => !skipped).map((one) => one.case.id));
  return (id) => ids.has(id);
}

async function runAll(
  selected: readonly Selected[],
  io: Io,
  clean: (text: string) => string,
): Promise<Result[]> {
  const total = selected.filter(isToRun).length;
  // Nothing was found wrong, and nothing was looked at: that must not pass.
  if (total === 0)
    throw new UsageError('Of the cases selected, none applies: nothing was checked. --list says why.');
  const progress = progressOn(io, total);
  const announce = (): void => {
    progress.clear();
    io.stderr.write('Ending after the case that is under way; Ctrl-C again ends at once.\n');
  };
  const { interruption: signal } = io;
  signal.addEventListener('abort', announce);
  try {
    return await runCases(selected, { clean, signal, onStart: progress.show });
  } finally {
    signal.removeEventListener('abort', announce);
    progress.clear();
  }
}

function textOf(report: Report, { json, list, color }: CheckOptions, io: Io): string {
  if (json) return asJson(report);
  const styles = stylesFor(io, color);
  return list ? asList(report, styles) : asTable(report, styles);
}

async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`The report cannot be written to ${file}: ${messageOf(error)}.`);
  }
}
