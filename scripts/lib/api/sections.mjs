// In which order exports are described. Pure.

const SECTIONS = [
  { title: 'Functions', kinds: ['Function'] },
  { title: 'Values', kinds: ['Variable'] },
  { title: 'Classes', kinds: ['Class'] },
  { title: 'Types', kinds: ['Interface', 'TypeAlias'] },
];

/** `{ title, items, names }` of each section that has any; an overloaded function is several items with one name. */
export function sectionsOf(exported) {
  return SECTIONS.map(({ title, kinds }) => {
    const items = exported.filter(({ kind }) => kinds.includes(kind));
    return { title, items, names: namesOf(items) };
  }).filter(({ names }) => names.length > 0);
}

export function namesOf(items) {
  return [...new Set(items.map(({ name }) => name))];
}
