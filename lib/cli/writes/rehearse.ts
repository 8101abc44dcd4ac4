import { TargetError } from '../../testing/probe.js';
import { withOrigin } from '../../testing/http/origin.js';
import { Stage } from '../../testing/stage.js';
import { messageOf } from '../message-of.js';
import type { Target, Writes } from '../../testing/index.js';

/**
 * Makes one resource, reads it and takes it away, as every case of a write does: a mistake in what was said about that is told
 * once, before the cases.
 *
 * @throws {TargetError} when that does not work
 */
export async function rehearse(target: Target & { readonly writes: Writes }): Promise<void> {
  const { path: checked, writes } = target;
  await withOrigin(target.server, async (origin) => {
    const stage = new Stage(target, origin);
    const path = await attempt('create', () => writes.create(stage));
    if (new URL(path, origin).href === new URL(checked, origin).href)
      throw new TargetError(
        `create gave ${path}, the resource that is checked and has to stay, expected a new one.`,
      );
    await attempt('reading what create has made', () => stage.read(path));
    await attempt('remove', () => writes.remove?.(path, stage));
  });
}

async function attempt<T>(what: string, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new TargetError(`Writes cannot be checked: ${what}: ${messageOf(error)}.`, { cause: error });
  }
}
