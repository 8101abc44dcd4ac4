/**
 * Recipe: objects in S3, which compares ETags itself (PUT with If-None-Match and If-Match, DELETE with If-Match).
 *
 * The version is the ETag of S3, handed through. It stands for the bytes: the same content may have the same tag again, also when
 * there was another one in between. Whoever writes under it replaces exactly the bytes that he has seen, so nothing is lost. It says nothing
 * of Content-Type and the other metadata of an object: where these change by themselves, put what matters into the content.
 *
 * S3 knows no "replace whatever is there": that is to ask for the ETag and to put under it, once more if somebody else was faster.
 */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { type Request, Router } from 'express';
import { preconditions, type StrongEntityTag } from 'http-preconditions';
import { bytesOf, octets } from './content.js';
import { deleteUnderGuard, putUnderGuard, type Written } from './under-guard.js';

interface Note {
  readonly etag: StrongEntityTag;
  readonly content: Uint8Array;
}

type Condition = { readonly IfMatch: string } | { readonly IfNoneMatch: '*' };

export function notes(s3: S3Client, bucket: string): Router {
  const objectOf = (id: string) => ({ Bucket: bucket, Key: `notes/${id}` });

  const load = (id: string): Promise<Note | null> =>
    unlessMissing(async () => {
      const { ETag, Body } = await s3.send(new GetObjectCommand(objectOf(id)));
      return { etag: strongEtag(ETag), content: await Body!.transformToByteArray() };
    });
  const etagOf = (id: string): Promise<StrongEntityTag | null> =>
    unlessMissing(async () => strongEtag((await s3.send(new HeadObjectCommand(objectOf(id)))).ETag));

  const put = (id: string, content: Buffer, condition: Condition): Promise<Written> =>
    unlessRefused(async () => {
      const command = new PutObjectCommand({ ...objectOf(id), ...condition, Body: content });
      return { etag: strongEtag((await s3.send(command)).ETag) };
    });
  const replace = async (id: string, content: Buffer): Promise<Written> => {
    for (;;) {
      const etag = await etagOf(id);
      if (etag === null) return false;
      const written = await put(id, content, { IfMatch: etag });
      if (written !== false) return written;
    }
  };
  const remove = async (id: string, IfMatch: string): Promise<boolean> =>
    (await unlessRefused(() => s3.send(new DeleteObjectCommand({ ...objectOf(id), IfMatch })))) !== false;

  const current = preconditions((req: Request<{ id: string }>) => load(req.params.id));
  const router = Router();

  router.get('/:id', current, (req, res) => {
    const { version } = req.precondition;
    if (version) res.type('json').send(version.content);
    else res.sendStatus(404);
  });

  router.put('/:id', current, octets, async (req, res) => {
    const { id } = req.params;
    const content = bytesOf(req.body);
    await putUnderGuard(req.precondition, res, {
      create: () => put(id, content, { IfNoneMatch: '*' }),
      replace: () => replace(id, content),
      replaceVersion: ({ etag }) => put(id, content, { IfMatch: etag }),
    });
  });

  router.delete('/:id', current, async (req, res) => {
    const { id } = req.params;
    await deleteUnderGuard(req.precondition, res, {
      remove: () => remove(id, '*'),
      removeVersion: ({ etag }) => remove(id, etag),
    });
  });

  return router;
}

function strongEtag(etag: string | undefined): StrongEntityTag {
  if (etag?.startsWith('"')) return etag as StrongEntityTag;
  throw new Error(`Expected the ETag of an object, received ${etag}.`);
}

/** A bucket that is not there is a fault of the configuration, and 404 as well. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof S3ServiceException) || error.name === 'NoSuchBucket') return undefined;
  return error.$metadata.httpStatusCode;
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/**
 * 412: the condition was false. 404: there is nothing, and If-Match was given. 409: another write was under way, and this one was
 * not made; once more, and the other one decides.
 */
async function unlessRefused<T>(write: () => Promise<T>): Promise<T | false> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      const status = statusOf(error);
      if (status === 412 || status === 404) return false;
      if (status !== 409) throw error;
    }
  }
}
