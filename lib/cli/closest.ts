const MOST_EDITS = 2;

/** What somebody has probably meant; `undefined` when nothing is near. */
export function closest(given: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((word) => ({ word, edits: editsBetween(given, word) }))
    .filter(({ edits }) => edits <= MOST_EDITS)
    .toSorted((a, b) => a.edits - b.edits);
  return best?.word;
}

/** How many letters have to be put in, taken out or replaced (Levenshtein), row by row of the table. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of from.split('').entries()) {
    const next = [index + 1];
    for (const [column, other] of to.split('').entries()) {
      const [left = 0, above = 0, corner = 0] = [next[column], row[column + 1], row[column]];
      next.push(Math.min(left + 1, above + 1, corner + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
