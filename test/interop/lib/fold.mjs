/** Failures that differ in nothing but the method become one: `PUT/PATCH/DELETE with …`. */

const METHOD = /^(?:PUT|PATCH|DELETE|POST)(?= )/;

export function folded(failures) {
  const kinds = new Map();
  for (const failure of failures) {
    const kind = failure.title.replace(METHOD, '');
    kinds.set(kind, [...(kinds.get(kind) ?? []), failure]);
  }
  return [...kinds].map(([kind, alike]) => ({
    ...alike[0],
    title: alike.flatMap(({ title }) => METHOD.exec(title) ?? []).join('/') + kind,
    came: [...new Set(alike.map(({ came }) => came))].join(', '),
  }));
}

/** The id without the method. */
export function caseOf(id) {
  return id.replace(/^(?:put|patch|delete|post)\./, '');
}
