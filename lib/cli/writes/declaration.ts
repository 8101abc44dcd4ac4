import { isBoolean, isString, Members } from './members.js';
import { COMMON, type Common, commonOf, METHODS, TRUE_OR_FALSE } from './methods.js';
import { isRandom, varies } from './template.js';

/** How to write, as JSON says it; all strings in it may have placeholders. */
export interface Declaration extends Common {
  readonly create: Creation;
  /** Whether DELETE takes away what was made. */
  readonly remove: boolean;
  /** What to send with a method. */
  readonly contentFor: (method: string) => unknown;
  readonly absent: string | undefined;
}

export interface Creation {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly content: unknown;
  /** Where the new resource is, with members of the answer such as `{id}`. Default: where Location says. */
  readonly at: string | undefined;
}

/** @throws {UsageError} that says what is wrong, where, and what was expected */
export function parseDeclaration(file: string, value: unknown): Declaration {
  const members = new Members(file, value, [...COMMON, 'create', 'remove', 'content', 'absent']);
  const common = commonOf(members);
  const create = parseCreation(
    new Members(`${file}, "create"`, members.required('create', CREATION, isThere), PARTS),
  );
  const isBare = common.methods.every((method) => method === 'DELETE');
  const content = isBare ? undefined : members.required('content', CONTENT, isContentFor(common.methods));
  return {
    ...common,
    create,
    remove: members.optional('remove', TRUE_OR_FALSE, isBoolean) ?? true,
    contentFor: (method) => (isByMethod(content) ? content[method] : content),
    absent: members.optional('absent', ABSENT, isRandomPath),
  };
}

const PARTS: readonly string[] = ['method', 'path', 'content', 'at'];
const CREATION = 'an object such as { "path": "/notes", "content": { "text": "note {n}" } }';
const CONTENT =
  'content with {n}, so that each write differs, such as { "text": "note {n}" }, or one such for each of the methods';
const ABSENT = 'a path with {random} or {uuid}, at which there is nothing, such as "/notes/{random}"';

function parseCreation(members: Members): Creation {
  const method = members.optional('method', '"POST" or "PUT"', isCreating) ?? 'POST';
  const path =
    method === 'PUT'
      ? members.required('path', 'a path with {random} or {uuid}, such as "/notes/{random}"', isRandomPath)
      : members.required('path', 'a path such as "/notes"', isPath);
  return {
    method,
    path,
    content: members.optional('content', 'content such as { "text": "note {n}" }', isThere),
    at: members.optional('at', 'a path with members of the answer, such as "/notes/{id}"', isPath),
  };
}

function isThere(value: unknown): value is unknown {
  return value !== undefined && value !== null;
}

function isCreating(value: unknown): value is Creation['method'] {
  return value === 'POST' || value === 'PUT';
}

function isPath(value: unknown): value is string {
  return isString(value) && value.startsWith('/');
}

function isRandomPath(value: unknown): value is string {
  return isPath(value) && isRandom(value);
}

/** Members that are all called like methods: one content for each. */
function isByMethod(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => METHODS.includes(name));
}

function isContentFor(methods: readonly string[]): (value: unknown) => value is unknown {
  return (value): value is unknown => {
    if (!isThere(value)) return false;
    const contents = isByMethod(value)
      ? methods.filter((method) => method !== 'DELETE').map((method) => value[method])
      : [value];
    return contents.every((content) => isThere(content) && varies(content));
  };
}
