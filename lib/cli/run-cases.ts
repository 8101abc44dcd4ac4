import { type ConformanceCase, isConformanceError } from '../testing/index.js';
import { groupOf } from './groups.js';
import type { Failure, Result } from './report.js';

/** A case, and whether it is left out even where it applies. */
export interface Selected {
  readonly case: ConformanceCase;
  readonly skipped: boolean;
}

export interface Course {
  /** Called before each case that is run. */
  readonly onStart: (title: string) => void;
  /** Makes a text from elsewhere fit to be shown. */
  readonly clean: (text: string) => string;
  /** After this, no further case is begun. The one under way goes on, so that it takes away what it has made. */
  readonly signal: AbortSignal;
}

/** Runs what applies, one case after the other. */
export async function runCases(selected: readonly Selected[], course: Course): Promise<Result[]> {
  const results: Result[] = [];
  for (const one of selected)
    results.push(
      isToRun(one) && !course.signal.aborted ? await runCase(one.case, course) : resultWithoutRunning(one),
    );
  return results;
}

export function isToRun({ case: { applies }, skipped }: Selected): boolean {
  return applies && !skipped;
}

/** What is known of a case before it is run. */
export function resultWithoutRunning({ case: one, skipped }: Selected): Result {
  if (one.reason !== undefined) return result(one, { outcome: 'not-applicable', reason: one.reason });
  return skipped
    ? result(one, { outcome: 'skipped', reason: 'left out by --skip' })
    : result(one, { outcome: 'not-run', reason: 'not run' });
}

async function runCase(one: ConformanceCase, { onStart, clean }: Course): Promise<Result> {
  onStart(one.title);
  const start = performance.now();
  const failure = await failureOf(one, clean);
  const milliseconds = Math.round(performance.now() - start);
  return result(one, { outcome: failure === undefined ? 'passed' : 'failed', failure, milliseconds });
}

async function failureOf(one: ConformanceCase, clean: Course['clean']): Promise<Failure | undefined> {
  try {
    await one.run();
    return undefined;
  } catch (error) {
    // Anything else is a mistake in this package, not of the API.
    if (!isConformanceError(error)) throw error;
    const { expected, answer, message } = error;
    return { expected: clean(expected), status: answer?.status, explanation: clean(message) };
  }
}

function result(
  { id, title, requirements, level }: ConformanceCase,
  { outcome, reason, failure, milliseconds = 0 }: Pick<Result, 'outcome'> & Partial<Result>,
): Result {
  return { id, title, group: groupOf(id), requirements, level, outcome, reason, failure, milliseconds };
}
