import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { isCredential } from './credential.js';
import { Unanswered } from './http/unanswered.js';
import { Stage } from './stage.js';
import type { Answer, FieldLines, Target } from './types.js';

/** What is at the URL cannot be checked. The message says why, and what to do. */
export class TargetError extends Error {
  override readonly name: string = 'TargetError';
}

/** How to ask for the resource. */
export interface ProbeOptions extends Pick<Target, 'headers' | 'timeout'> {
  /** A path for which GET answers 404. Default: neighbours of the resource with random names are tried. */
  readonly absentPath?: string;
}

/**
 * Reads the resource at a URL to find out what it has, and gives the target for `conformance`:
 *
 *     const cases = conformance(await targetOf('http://127.0.0.1:3000/notes/1'));
 *
 * Redirects are not followed: the resource is what the URL names.
 *
 * @throws {TargetError} when GET does not answer 200 there
 */
export async function targetOf(url: string | URL, options: ProbeOptions = {}): Promise<Target> {
  const { origin, pathname, search } = new URL(url);
  const { absentPath: named, ...asked } = options;
  const target: Target = { ...asked, server: origin, path: pathname + search };
  const stage = new Stage(target, origin);

  const answer = await get(stage, target.path);
  if (answer.status !== 200) throw new TargetError(whyNot(answer, new URL(target.path, origin)));
  const { status } = await get(stage, target.path, [['Range', 'bytes=0-0']]);
  const publicReads = await isPublic(stage);
  const absentPath = named === undefined ? await findAbsent(stage) : await confirmAbsent(stage, named);

  const tag = answer.field('ETag');
  return {
    ...target,
    // What is no entity tag is claimed to be one, for the cases to object to: it is there, and clients will use it.
    ...(tag === undefined ? {} : { etag: tag.startsWith('W/') ? 'weak' : 'strong' }),
    ...(absentPath === undefined ? {} : { absentPath }),
    lastModified: answer.field('Last-Modified') !== undefined,
    ranges: status === 206,
    publicReads,
  };
}

function get(stage: Stage, path: string, fields?: FieldLines): Promise<Answer> {
  return stage.send('GET', path, fields).catch(unanswered(path));
}

async function isPublic(stage: Stage): Promise<boolean> {
  const { headers = {}, path } = stage.target;
  if (!Object.keys(headers).some(isCredential)) return true;
  const { status } = await stage.sendUnauthenticated('GET', path).catch(unanswered(path));
  return status === 200;
}

function unanswered(path: string): (error: unknown) => never {
  return (error) => {
    const reason = error instanceof Unanswered ? error.reason : String(error);
    throw new TargetError(`GET ${path} gets no answer: ${reason}.`, { cause: error });
  };
}

function whyNot(answer: Answer, url: URL): string {
  const { status } = answer;
  const location = answer.field('Location');
  const answered = `GET ${url.href} is answered ${status}`;
  if (status >= 300 && status < 400 && location !== undefined)
    return `${answered} and leads to ${absolute(location, url)}, which is not followed: check that URL instead.`;
  if (status === 401 || status === 403)
    return `${answered}: it wants credentials, or others. Give those that may read it, such as an Authorization field.`;
  return `${answered}, expected 200: name a resource that exists and can be read.`;
}

function absolute(location: string, base: URL): string {
  return URL.canParse(location, base.href) ? new URL(location, base).href : location;
}

/** Names as APIs give them: some answer 400 to one of another form before they look whether it exists. */
const LOOKALIKES: readonly (readonly [form: RegExp, another: () => string])[] = [
  [/^\d+$/, () => String(randomInt(1_000_000_000, 2_000_000_000))],
  [/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, randomUUID],
  [/^[\da-f]{24}$/i, () => randomBytes(12).toString('hex')],
];

/** `undefined` when every name is answered something other than 404, as by an app that has a page for all. */
async function findAbsent(stage: Stage): Promise<string | undefined> {
  const [path = ''] = stage.target.path.split('?');
  const segment = path.slice(path.lastIndexOf('/') + 1);
  const alike = LOOKALIKES.filter(([form]) => form.test(segment)).map(([, another]) => another());
  for (const name of [...alike, `absent-${randomBytes(6).toString('hex')}`]) {
    const candidate = path.slice(0, path.length - segment.length) + name;
    if ((await get(stage, candidate)).status === 404) return candidate;
  }
  return undefined;
}

async function confirmAbsent(stage: Stage, path: string): Promise<string> {
  const { status } = await get(stage, path);
  if (status === 404) return path;
  throw new TargetError(
    `GET ${path} is answered ${status}, expected 404: name a path at which there is nothing.`,
  );
}
