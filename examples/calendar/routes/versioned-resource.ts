/**
 * The four methods of a resource that has a version: how the preconditions stand between the checks that need no content
 * and the write that the database makes under the guard.
 */
import type { IncomingMessage } from 'node:http';
import { json, type Request, type RequestHandler, Router } from 'express';
import type { Precondition, VersionOf } from 'http-preconditions';
import { notFound } from '../errors.js';
import { mergePatch } from '../merge-patch.js';
import { checkBody } from '../resources/fields.js';
import type { Asserted, WriteResult } from '../store/types.js';
import { assertedVersion, changeRow, type Versioned, writtenRow } from './writing.js';

/** One row in the store. */
export interface Stored<Row, Fields> {
  readonly find: () => Promise<Row | undefined>;
  readonly update: (fields: Fields, asserted: Asserted) => Promise<WriteResult<Row>>;
  readonly remove: (asserted: Asserted) => Promise<WriteResult<Row>>;
}

export interface VersionedResource<Row, Fields, P> {
  readonly path: string;
  /** Lets those pass who may read, or write; the others get 401, 403 or 404. */
  readonly readers: RequestHandler<P>;
  readonly writers: RequestHandler<P>;
  /** What `preconditions(versions)` has made. */
  readonly current: RequestHandler<P> & { of(req: IncomingMessage): Precondition<VersionOf<Row>> };
  readonly versions: { versionOf(row: Row): VersionOf<Row> };
  readonly stored: (req: Request<P>) => Stored<Row, Fields>;
  readonly fieldsOf: (row: Row) => Fields;
  readonly check: (body: unknown) => Fields;
  readonly show: (version: VersionOf<Row>, req: Request<P>) => object;
}

/** The content of a write. Parsed after the preconditions: a request that fails them is not read. */
export const jsonContent: ReturnType<typeof json> = json({ limit: '256kb' });

export function versionedResource<Row extends Versioned, Fields, P>(
  resource: VersionedResource<Row, Fields, P>,
): Router {
  const { path, readers, writers, current, versions, stored, fieldsOf, check, show } = resource;
  const router = Router();

  router.get<P>(path, readers, current, (req, res) => {
    const { version } = current.of(req);
    if (!version) throw notFound();
    res.json(show(version, req));
  });

  // The answer has the new tag in its body only: the server adds to what it was sent (RFC 9110, section 9.3.4).
  router.put<P>(path, writers, current, jsonContent, async (req, res) => {
    const precondition = current.of(req);
    const fields = check(checkBody(req.body));
    const result = await stored(req).update(fields, assertedVersion(precondition.guard));
    const row = writtenRow(result, precondition);
    if (row !== undefined) res.json(show(versions.versionOf(row), req));
  });

  router.patch<P>(path, writers, current, jsonContent, async (req, res) => {
    const precondition = current.of(req);
    const patch = checkBody(req.body);
    const { find, update } = stored(req);
    const result = await changeRow(precondition, find, (row, asserted) =>
      update(check(mergePatch(fieldsOf(row), patch)), asserted),
    );
    const row = writtenRow(result, precondition);
    if (row === undefined) return;
    precondition.updated(versions.versionOf(row));
    res.json(show(versions.versionOf(row), req));
  });

  router.delete<P>(path, writers, current, async (req, res) => {
    const precondition = current.of(req);
    const result = await stored(req).remove(assertedVersion(precondition.guard));
    if (writtenRow(result, precondition) !== undefined) res.status(204).end();
  });

  return router;
}
