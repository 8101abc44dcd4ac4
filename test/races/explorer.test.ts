import { describe, expect, test } from '@jest/globals';
import { memoryLock } from '../../lib/index.js';
import { explore, Scheduler } from './explorer.js';
import type { Exploration, Program } from './explorer.js';

/** What a task does next. */
type Next = (scheduler: Scheduler, task: string) => Promise<unknown>;

/** A program of tasks that do one thing after the other. */
function tasks(
  todo: Readonly<Record<string, readonly Next[]>>,
  violation: (schedule: readonly string[]) => string | undefined = () => undefined,
): Program {
  return (scheduler) => {
    const unfinished = new Set(Object.keys(todo));
    for (const [task, all] of Object.entries(todo)) {
      const run = async (): Promise<void> => {
        for (const next of all) await next(scheduler, task);
        unfinished.delete(task);
      };
      void run();
    }
    return {
      unfinished: () => [...unfinished],
      outcome: () => scheduler.schedule.join(' '),
      violation: () => violation(scheduler.schedule),
    };
  };
}

/** A step that is told as the name of its task and this word. */
function step(word: string | number, isPrivate = false): Next {
  return (scheduler, task) =>
    scheduler.step({ task, act: () => {}, line: () => `${task}${word}`, isPrivate });
}

const steps = (count: number): Next[] => Array.from({ length: count }, (_, index) => step(index + 1));

describe('The explorer', () => {
  test.each([
    { of: [1, 1], orders: 2 },
    { of: [2, 2], orders: 6 },
    { of: [3, 3], orders: 20 },
    { of: [5, 5], orders: 252 },
    { of: [1, 4], orders: 5 },
    { of: [2, 2, 2], orders: 90 },
    { of: [3, 3, 3], orders: 1680 },
    { of: [4], orders: 1 },
    { of: [], orders: 1 },
  ])('runs tasks of $of steps in $orders different orders', async ({ of, orders }) => {
    const program = tasks(Object.fromEntries(of.map((count, index) => ['ABC'[index]!, steps(count)])));
    const { interleavings, outcomes, violations } = await explore(program);
    expect([interleavings, Object.keys(outcomes).length, violations]).toEqual([orders, orders, 0]);
  });

  test('keeps the order within a task, and begins with the first one', async () => {
    const schedules: string[] = [];
    const onRun = (schedule: readonly string[]): unknown => schedules.push(schedule.join(' '));
    await explore(tasks({ A: steps(2), B: steps(2) }), { onRun });
    expect(schedules).toEqual([
      'A1 A2 B1 B2',
      'A1 B1 A2 B2',
      'A1 B1 B2 A2',
      'B1 A1 A2 B2',
      'B1 A1 B2 A2',
      'B1 B2 A1 A2',
    ]);
  });

  test('reduced, does not vary when a private step happens', async () => {
    const program = tasks({ A: [step(1), step(2, true), step(3)], B: [step(1), step(2, true), step(3)] });
    expect((await explore(program)).interleavings).toBe(20);
    expect((await explore(program, { reduced: true })).outcomes).toEqual({
      'A1 A2 A3 B1 B2 B3': 1,
      'A1 A2 B1 B2 A3 B3': 1,
      'A1 A2 B1 B2 B3 A3': 1,
      'B1 B2 A1 A2 A3 B3': 1,
      'B1 B2 A1 A2 B3 A3': 1,
      'B1 B2 B3 A1 A2 A3': 1,
    });
  });

  test('of several violations keeps a short one with few changes from task to task', async () => {
    const everyTime = (): string => 'it ran';
    const { violations, shortest } = await explore(tasks({ A: steps(2), B: steps(2) }, everyTime));
    expect([violations, shortest]).toEqual([6, { what: 'it ran', schedule: ['A1', 'A2', 'B1', 'B2'] }]);
    const whenB1IsFirst = ([first]: readonly string[]): string | undefined =>
      first === 'B1' ? 'B began' : undefined;
    expect((await explore(tasks({ A: steps(2), B: steps(2) }, whenB1IsFirst))).shortest).toEqual({
      what: 'B began',
      schedule: ['B1', 'B2', 'A1', 'A2'],
    });
  });

  /** Two who take two locks, one inside the other. */
  async function takingTwoLocks(ofA: string, ofB: string): Promise<Exploration> {
    return explore((scheduler) => {
      const lock = memoryLock();
      const taking =
        ([outer, inner]: string): Next =>
        (_scheduler, task) =>
          lock.withLock(outer!, async () => {
            await step(` has ${outer}`)(scheduler, task);
            await lock.withLock(inner!, () => step(` has ${outer}${inner}`)(scheduler, task));
          });
      return tasks({ A: [step(' begins'), taking(ofA)], B: [step(' begins'), taking(ofB)] })(scheduler);
    });
  }

  test('finds that tasks wait for each other', async () => {
    const { interleavings, violations, shortest } = await takingTwoLocks('xy', 'yx');
    expect({ interleavings, violations, shortest }).toEqual({
      interleavings: 8,
      violations: 4,
      shortest: {
        what: 'A and B would wait for ever',
        schedule: ['A begins', 'B begins', 'B has y', 'A has x'],
      },
    });
  });

  test('finds that tasks do not wait for each other', async () => {
    const { interleavings, violations } = await takingTwoLocks('xy', 'xy');
    expect({ interleavings, violations }).toEqual({ interleavings: 6, violations: 0 });
  });

  const immediately: Next = () =>
    new Promise((resolve) => {
      setImmediate(resolve);
    });
  const slowly: Next = async () => {
    for (let round = 0; round < 20; round++) {
      await Promise.resolve();
      await new Promise<void>((resolve) => {
        process.nextTick(resolve);
      });
    }
  };

  test('lets a task come to its next step through any number of promises and ticks, in one turn', async () => {
    const program = tasks({ A: [step(1), slowly, step(2)], B: [step(1), slowly, step(2)] });
    expect((await explore(program, { turns: 1 })).interleavings).toBe(6);
  });

  test('lets a task come to its next step through one immediate, in two turns', async () => {
    const program = tasks({ A: [step(1), immediately, step(2)], B: [step(1), immediately, step(2)] });
    expect((await explore(program, { turns: 1 })).interleavings).toBeLessThan(6);
    expect((await explore(program)).interleavings).toBe(6);
  });

  test('begins no epilogue before all else has come to an end', async () => {
    const program: Program = (scheduler) => ({
      ...tasks({ A: steps(2), B: steps(2) })(scheduler),
      epilogue: () => void step(' ends')(scheduler, 'Z'),
    });
    const { interleavings, outcomes } = await explore(program);
    expect(interleavings).toBe(6);
    expect(Object.keys(outcomes).filter((outcome) => outcome.endsWith('Z ends'))).toHaveLength(6);
  });

  test('gives up at a limit', async () => {
    const { interleavings } = await explore(tasks({ A: steps(2), B: steps(2) }), { limit: 4 });
    expect(interleavings).toBe(4);
  });

  test('does not go on with a program that does something else each time', async () => {
    let runs = 0;
    const whimsical: Program = (scheduler) => tasks({ A: steps(2), [`B${++runs}`]: steps(2) })(scheduler);
    await expect(explore(whimsical)).rejects.toThrow(
      'The program is not deterministic: after "" these tasks waited before, A, B1, and these now, A, B2.',
    );
    const tiring: Program = (scheduler) => tasks({ A: steps(2), B: runs++ > 2 ? [] : steps(2) })(scheduler);
    runs = 2;
    await expect(explore(tiring)).rejects.toThrow('The program is not deterministic');
  });

  test('does not go on with a run that has no end', async () => {
    const endless: Next = async (scheduler, task) => {
      for (;;) await step(' again')(scheduler, task);
    };
    await expect(explore(tasks({ A: [endless] }))).rejects.toThrow('A run does not end: A again, A again');
  });

  test('does not let a task do two things at a time', () => {
    const scheduler = new Scheduler();
    void step(1)(scheduler, 'A');
    expect(() => step(2)(scheduler, 'A')).toThrow('A does two things at a time.');
  });
});
