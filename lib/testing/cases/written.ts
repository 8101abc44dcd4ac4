import type { Known } from '../known.js';
import { Mismatch } from '../mismatch.js';
import type { Stage } from '../stage.js';
import type { Answer, Content, Writes } from '../types.js';

let contents = 0;

/** Content that nothing was sent before. */
export function contentFor(stage: Stage, method: string): Content | undefined {
  if (method === 'DELETE') return undefined;
  contents += 1;
  return writesOf(stage).content(contents, method);
}

/** Only cases that need `writes` get here. */
export function writesOf({ target: { writes } }: Stage): Writes {
  if (writes === undefined) throw new Error('This target is not to be written.');
  return writes;
}

/** Lends a resource of its own. */
export async function withResource<T>(stage: Stage, use: (path: string) => Promise<T>): Promise<T> {
  const { create } = writesOf(stage);
  return withoutTrace(stage, await create(stage), use);
}

/** Lends a path at which there is nothing yet. */
export async function withAbsent<T>(stage: Stage, use: (path: string) => Promise<T>): Promise<T> {
  const { absent } = writesOf(stage);
  if (absent === undefined) throw new Error('This target names no path where nothing is yet.');
  return withoutTrace(stage, await absent(stage), use);
}

async function withoutTrace<T>(stage: Stage, path: string, use: (path: string) => Promise<T>): Promise<T> {
  const remove = async (): Promise<unknown> => writesOf(stage).remove?.(path, stage);
  let result: T;
  try {
    result = await use(path);
  } catch (failure) {
    // What was found counts, whether it can be cleared away or not.
    await remove().catch(() => {});
    throw failure;
  }
  await remove();
  return result;
}

/** That a refused write has left everything as it was. */
export async function expectUnchanged(
  stage: Stage,
  path: string,
  before: Known,
  refusal: Answer,
): Promise<void> {
  const after = await stage.send('GET', path);
  const isSame =
    after.status === 200 &&
    after.field('ETag') === before.answer.field('ETag') &&
    after.body.equals(before.answer.body);
  if (!isSame)
    throw new Mismatch(refusal, 'that nothing was changed', 'it was refused, and performed all the same');
}
