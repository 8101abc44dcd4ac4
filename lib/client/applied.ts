/**
 * Whether a PUT whose reply was lost was made, judged by what it has changed: true when every member that differs between what was
 * read and what was sent is there as it was sent, else unknown. What is not a JSON object is compared as a whole.
 */
export function putApplied(base: unknown, sent: unknown, current: unknown): true | undefined {
  if (!isObject(base) || !isObject(sent) || !isObject(current)) return equal(sent, current) || undefined;
  const names = Object.keys({ ...base, ...sent }).filter((name) => !equal(base[name], sent[name]));
  return names.every((name) => equal(sent[name], current[name])) || undefined;
}

/** The same for a merge patch (RFC 7396); a patch of another kind tells nothing. */
export function patchApplied(patch: unknown, current: unknown): true | undefined {
  return (isObject(patch) && isMerged(patch, current)) || undefined;
}

function isMerged(patch: unknown, current: unknown): boolean {
  if (!isObject(patch)) return equal(patch, current);
  return Object.entries(patch).every(([name, value]) => {
    const member = isObject(current) ? current[name] : undefined;
    return value === null ? member === undefined : isMerged(value, member);
  });
}

/** Whether two values are the same JSON; a member that is undefined counts as absent. */
function equal(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return Object.is(a, b) || (isArray(a) && isArray(b) && equalItems(a, b));
  return Object.keys({ ...a, ...b }).every((name) => equal(a[name], b[name]));
}

function equalItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => equal(item, b[index]));
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
