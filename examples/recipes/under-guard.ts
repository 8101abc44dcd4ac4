/**
 * What all recipes share: which write a guard calls for, and which answer follows from what the store says of it.
 */
import type { Response } from 'express';
import type { Guard, Precondition, ResourceVersion } from 'http-preconditions';

/**
 * What a store says of a write. `true`: it was done. `false`: what the write asserts is not so (any more), and nothing was
 * written. A version: it was done, and the content was stored exactly as it came, so that the response to the PUT may carry
 * the new ETag (RFC 9110, section 9.3.4).
 */
export type Written = boolean | ResourceVersion;

/** Each of these compares and writes in one step, which nothing can come between: one statement, one system call. */
export interface PutWrites<V> {
  /** Only if there is nothing yet: INSERT … ON CONFLICT DO NOTHING. */
  create(): Written | PromiseLike<Written>;
  /** Only if there is something: UPDATE … WHERE id = $1. */
  replace(): Written | PromiseLike<Written>;
  /** Only if it is still this version: UPDATE … WHERE id = $1 AND version = $2. */
  replaceVersion(version: V): Written | PromiseLike<Written>;
}

export interface DeleteWrites<V> {
  remove(): boolean | PromiseLike<boolean>;
  /** Only if it is still this version: DELETE … WHERE id = $1 AND version = $2. */
  removeVersion(version: V): boolean | PromiseLike<boolean>;
}

/** Writes what the guard allows, and answers: 201, 204, or the 412 of a race that was lost after the check. */
export async function putUnderGuard<V extends ResourceVersion>(
  precondition: Precondition<V>,
  res: Response,
  writes: PutWrites<V>,
): Promise<void> {
  const { guard } = precondition;
  if (guard.kind === 'never') return void res.sendStatus(404);
  const { status, written } = await put(guard, writes);
  if (written === false) return precondition.fail();
  if (written !== true) precondition.updated(written);
  res.status(status).end();
}

/** Deletes what the guard allows, and answers: 204, 404, or the 412 of a race that was lost after the check. */
export async function deleteUnderGuard<V extends ResourceVersion>(
  precondition: Precondition<V>,
  res: Response,
  writes: DeleteWrites<V>,
): Promise<void> {
  const { guard } = precondition;
  if (guard.kind === 'never' || guard.kind === 'absent') return void res.sendStatus(404);
  const removed = await (guard.kind === 'version' ? writes.removeVersion(guard.version) : writes.remove());
  if (removed) return void res.status(204).end();
  if (guard.kind === 'none') return void res.sendStatus(404);
  precondition.fail();
}

interface Put {
  readonly status: 201 | 204;
  readonly written: Written;
}

type WritingGuard<V extends ResourceVersion> = Exclude<Guard<V>, { kind: 'never' }>;

async function put<V extends ResourceVersion>(guard: WritingGuard<V>, writes: PutWrites<V>): Promise<Put> {
  switch (guard.kind) {
    case 'none':
      return replaceOrCreate(writes);
    case 'version':
      return { status: 204, written: await writes.replaceVersion(guard.version) };
    case 'exists':
      return { status: 204, written: await writes.replace() };
    case 'absent':
      return { status: 201, written: await writes.create() };
  }
}

/**
 * An upsert that knows which of the two it was, because a PUT that creates must be answered 201 (RFC 9110, section 9.3.4). It
 * goes round again only when somebody else has created or deleted in between.
 */
async function replaceOrCreate(writes: PutWrites<never>): Promise<Put> {
  for (;;) {
    const replaced = await writes.replace();
    if (replaced !== false) return { status: 204, written: replaced };
    const created = await writes.create();
    if (created !== false) return { status: 201, written: created };
  }
}
