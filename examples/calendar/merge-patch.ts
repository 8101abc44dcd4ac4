/** PATCH as this API has it: members of the body replace those of the resource, `null` removes one (RFC 7396). */

/** Objects inside the patched ones are merged this deep; the API has none that are deeper. */
const DEEPEST = 4;

/** Makes a new object; `Object.fromEntries` defines members, so that `__proto__` is one like any other. */
export function mergePatch(target: unknown, patch: unknown, depth: number = DEEPEST): unknown {
  if (!isObject(patch) || depth === 0) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value, depth - 1));
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
