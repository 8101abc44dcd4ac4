import type { Answer, Api, Content, Writes } from '../../testing/index.js';
import type { Creation, Declaration } from './declaration.js';
import { filled } from './template.js';

/** Far from the numbers of the contents: a write must not find what it brings. */
const FIRST_CREATED = 100_001;

/** What a declaration says, as the cases need it: functions. */
export function writesDeclared(declaration: Declaration, url: URL): Writes {
  const { methods, putCreates, required, create, remove, contentFor, absent } = declaration;
  let created = FIRST_CREATED;
  return {
    methods,
    putCreates,
    required,
    create: (api) => make(create, created++, api, url),
    content: (n, method) => contentOf(contentFor(method), n),
    ...(remove && { remove: takeAway }),
    ...(absent !== undefined && { absent: () => filled(absent, 0) }),
  };
}

async function make(creation: Creation, n: number, api: Api, url: URL): Promise<string> {
  const { method, at } = creation;
  const path = filled(creation.path, n);
  // Where something is already, nothing is to be lost.
  const fields = method === 'PUT' ? ([['If-None-Match', '*']] as const) : [];
  const content = creation.content === undefined ? undefined : contentOf(creation.content, n);
  const answer = await api.send(method, path, fields, content);
  if (answer.status < 200 || answer.status > 299)
    throw new Error(`${method} ${path} is answered ${answer.status}, expected success (2xx)`);
  if (at !== undefined) return pathWithMembers(at, answer);
  const location = answer.field('Location');
  if (location !== undefined) return pathOf(location, new URL(path, url));
  // Without Location, what was made is what the request names (RFC 9110, section 15.3.2); of a POST, that is the list.
  if (method === 'PUT') return path;
  throw new Error(
    `${method} ${path} is answered ${answer.status} without Location: "at" has to say where the new resource is`,
  );
}

/** Of another origin it stays absolute: there, nothing is sent, and the refusal names it. */
function pathOf(location: string, base: URL): string {
  const { origin, pathname, search, href } = new URL(location, base);
  return origin === base.origin ? pathname + search : href;
}

/** Fills `{id}`, or `{data.id}`, from the JSON of an answer. */
function pathWithMembers(template: string, { body }: Answer): string {
  const content = JSON.parse(body.toString()) as unknown;
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = name.split('.').reduce(memberOf, content);
    if (typeof value === 'string' || typeof value === 'number') return encodeURIComponent(value);
    throw new Error(`the answer has no string or number "${name}", which "at" asks for`);
  });
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Unconditional writes may be refused, so that the tag is sent back; a weak one would satisfy no If-Match. */
async function takeAway(path: string, api: Api): Promise<void> {
  const current = await api.send('GET', path);
  if (isGone(current.status)) return;
  const tag = current.field('ETag');
  const condition = tag === undefined || tag.startsWith('W/') ? '*' : tag;
  const answer = await api.send('DELETE', path, [['If-Match', condition]]);
  if (isGone(answer.status) || (answer.status >= 200 && answer.status < 300)) return;
  throw new Error(
    `DELETE ${path} is answered ${answer.status}, expected success (2xx); "remove": false lets it stay`,
  );
}

function isGone(status: number): boolean {
  return status === 404 || status === 410;
}

/** `{ "type": …, "body": … }` names its media type; anything else is JSON. */
function contentOf(template: unknown, n: number): Content {
  const { type, body } = isTyped(template) ? template : { type: 'application/json', body: template };
  const content = filled(body, n);
  const isText = isTyped(template) && typeof content === 'string';
  return { type, body: isText ? content : JSON.stringify(content) };
}

function isTyped(template: unknown): template is { readonly type: string; readonly body: unknown } {
  if (typeof template !== 'object' || template === null) return false;
  const { type, ...rest } = template as Readonly<Record<string, unknown>>;
  return typeof type === 'string' && type.includes('/') && Object.keys(rest).join(',') === 'body';
}
