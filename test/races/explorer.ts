/**
 * Runs a small concurrent program in every possible order, one run after the other (a stateless model checker).
 *
 * The tasks of the program run for real. Whatever matters to others (an operation on a store, a reply) they hand to the
 * scheduler as a step. When no task can go on by itself any more, the scheduler lets exactly one of the steps that wait happen;
 * which one is the only freedom there is, so that a list of choices describes a run completely. `explore` goes through all such
 * lists, depth first, and every run starts anew.
 *
 * Nothing here depends on time. The event loop comes to what was set by `setImmediate` only when no promise and no `nextTick` is
 * left to serve, so after one turn of it all tasks wait, or have finished, as long as they use no timers and no sockets. After a
 * second turn that is also true for tasks that set one immediate between two steps, as Express does before it answers an error.
 */

/** Something that a task does, and that others may notice. It happens at once and alone. */
export interface Step<T> {
  readonly task: string;
  readonly act: () => T;
  /** How the schedule tells of it, if it does. */
  readonly line?: (result: T) => string | undefined;
  /** Whether nobody else can tell when it happens. A reduced exploration does not vary it. */
  readonly isPrivate?: boolean;
}

interface Gate {
  readonly open: () => void;
  readonly isPrivate: boolean;
}

/** Holds the steps of one run until their turn has come. */
export class Scheduler {
  /** What has happened so far, for people. */
  readonly schedule: string[] = [];
  readonly #gates = new Map<string, Gate>();

  /** Waits for its turn, and then for nothing any more. */
  step<T>({ task, act, line, isPrivate = false }: Step<T>): Promise<T> {
    if (this.#gates.has(task)) throw new Error(`${task} does two things at a time.`);
    return new Promise((resolve) => {
      const open = (): void => {
        const result = act();
        const told = line?.(result);
        if (told !== undefined) this.note(told);
        resolve(result);
      };
      this.#gates.set(task, { open, isPrivate });
    });
  }

  /** Adds to the schedule what followed from a step. */
  note(line: string): void {
    this.schedule.push(line);
  }

  /** The tasks that wait for their turn, in the order of their names; reduced to one where the order cannot matter. */
  waiting(reduced: boolean): readonly string[] {
    const tasks = [...this.#gates.keys()].toSorted();
    const alone = reduced ? tasks.find((task) => this.#gates.get(task)!.isPrivate) : undefined;
    return alone === undefined ? tasks : [alone];
  }

  open(task: string): void {
    const gate = this.#gates.get(task)!;
    this.#gates.delete(task);
    gate.open();
  }
}

/** One run of a program, when no step is left. */
export interface Run {
  /** Called first: may start a task that comes last. */
  epilogue?(): void;
  /** Who has not come to an end: with no step left, they never will. */
  unfinished(): readonly string[];
  /** How it came out, in a few words. */
  outcome(): string;
  /** What must not have happened. */
  violation(): string | undefined;
}

/** Starts all tasks. It is started anew for each run, and has to do the same each time. */
export type Program = (scheduler: Scheduler) => Run;

export interface ExploreOptions {
  /** Does not vary the order of private steps: fewer runs, the same outcomes. Default false. */
  readonly reduced?: boolean;
  /** How many turns of the event loop to wait for the tasks after each step. Default 2. */
  readonly turns?: number;
  /** Gives up after so many runs. Default: never. */
  readonly limit?: number;
  /** Told of every run. */
  readonly onRun?: (schedule: readonly string[]) => void;
}

export interface Violation {
  readonly what: string;
  readonly schedule: readonly string[];
}

export interface Exploration {
  /** How many runs there are, each in an order of its own. */
  readonly interleavings: number;
  /** How many of them had which outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly violations: number;
  /** The shortest violation; of several, one with the fewest changes from one task to another. */
  readonly shortest: Violation | undefined;
}

export async function explore(program: Program, options: ExploreOptions = {}): Promise<Exploration> {
  const { limit = Infinity, onRun } = options;
  const tally = new Tally();
  const path: Choice[] = [];
  do {
    const scheduler = new Scheduler();
    const run = program(scheduler);
    let depth = await follow(path, 0, scheduler, options);
    run.epilogue?.();
    depth = await follow(path, depth, scheduler, options);
    if (depth < path.length) throw new Error(nondeterministic(scheduler, path[depth]!, []));
    tally.add(run, scheduler.schedule, path);
    onRun?.(scheduler.schedule);
  } while (advance(path) && tally.interleavings < limit);
  return tally;
}

/** What could be chosen from at one point of a run, and what was. */
interface Choice {
  readonly tasks: readonly string[];
  index: number;
}

/**
 * Makes the choices of the path, from one point on, and the first one wherever it does not reach.
 *
 * @returns at which point no step was left
 */
async function follow(
  path: Choice[],
  from: number,
  scheduler: Scheduler,
  { reduced = false, turns = 2 }: ExploreOptions,
): Promise<number> {
  for (let depth = from; depth < MOST_STEPS; depth++) {
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
    const tasks = scheduler.waiting(reduced);
    if (tasks.length === 0) return depth;
    const choice = (path[depth] ??= { tasks, index: 0 });
    if (choice.tasks.join() !== tasks.join()) throw new Error(nondeterministic(scheduler, choice, tasks));
    scheduler.open(tasks[choice.index]!);
  }
  throw new Error(`A run does not end: ${scheduler.schedule.slice(-10).join(', ')}`);
}

const MOST_STEPS = 1000;

function nondeterministic({ schedule }: Scheduler, before: Choice, now: readonly string[]): string {
  return (
    `The program is not deterministic: after "${schedule.join(', ')}" these tasks waited before, ` +
    `${before.tasks.join(', ')}, and these now, ${now.join(', ')}.`
  );
}

/** Turns the path of one run into the beginning of the next; false when there is none. */
function advance(path: Choice[]): boolean {
  for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
    last.index += 1;
    if (last.index < last.tasks.length) return true;
    path.pop();
  }
  return false;
}

class Tally implements Exploration {
  interleavings = 0;
  readonly outcomes: Record<string, number> = {};
  violations = 0;
  shortest: Violation | undefined;
  #length = Infinity;
  #changes = Infinity;

  add(run: Run, schedule: readonly string[], path: readonly Choice[]): void {
    this.interleavings += 1;
    const outcome = run.outcome();
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
    const unfinished = run.unfinished();
    const what = unfinished.length > 0 ? `${unfinished.join(' and ')} would wait for ever` : run.violation();
    if (what === undefined) return;
    this.violations += 1;
    this.#keepShortest({ what, schedule }, path);
  }

  #keepShortest(violation: Violation, path: readonly Choice[]): void {
    const tasks = path.map(({ tasks: waiting, index }) => waiting[index]!);
    const changes = tasks.filter((task, index) => index > 0 && task !== tasks[index - 1]).length;
    const isShorter =
      tasks.length < this.#length || (tasks.length === this.#length && changes < this.#changes);
    if (!isShorter) return;
    this.shortest = violation;
    this.#length = tasks.length;
    this.#changes = changes;
  }
}
