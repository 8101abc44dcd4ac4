/** From a guard to a conditional write, and from what the store says of it to an answer. */
import type { Guard, Precondition, VersionOf } from 'http-preconditions';
import { ApiError, deleted, notFound } from '../errors.js';
import { type Asserted, NO_VERSION, type WriteResult } from '../store/types.js';

export interface Versioned {
  readonly version: number;
}

/** What the write must assert, so that the conditions hold at the moment of writing. Nothing is created by PUT here. */
export function assertedVersion<Row extends Versioned>(guard: Guard<VersionOf<Row>>): Asserted {
  switch (guard.kind) {
    case 'none':
    case 'exists':
      return undefined;
    case 'version':
      return guard.version.resource.version;
    case 'absent':
    case 'never':
      return NO_VERSION;
  }
}

/** The row that was written. Otherwise the request is answered: 404, 410, or the 412 of a race that was lost. */
export function writtenRow<Row extends Versioned>(
  result: WriteResult<Row>,
  precondition: Precondition<VersionOf<Row>>,
): Row | undefined {
  switch (result.outcome) {
    case 'written':
      return result.row;
    case 'absent':
      throw notFound();
    case 'deleted':
      throw deleted();
    case 'changed':
      if (assertedVersion(precondition.guard) === undefined) throw conflict();
      precondition.fail();
      return undefined;
  }
}

const MOST_ATTEMPTS = 10;

/**
 * A write that depends on what is there (PATCH). It asserts the version that it has read even where the client asserted
 * none, and then begins again when it was overtaken: no change of others is lost, whatever the client sent.
 */
export async function changeRow<Row extends Versioned>(
  { guard }: Precondition<VersionOf<Row>>,
  find: () => Promise<Row | undefined>,
  update: (current: Row, asserted: number) => Promise<WriteResult<Row>>,
): Promise<WriteResult<Row>> {
  if (guard.kind === 'version') return update(guard.version.resource, guard.version.resource.version);
  const asserted = assertedVersion(guard);
  for (let attempt = 1; ; attempt += 1) {
    const current = await find();
    if (current === undefined) return { outcome: 'absent' };
    const result = await update(current, asserted ?? current.version);
    if (result.outcome !== 'changed' || asserted !== undefined || attempt === MOST_ATTEMPTS) return result;
  }
}

function conflict(): ApiError {
  return new ApiError(409, 'conflict', 'The resource changes too often to be patched without If-Match.');
}
