/** The first line in which two texts differ, or `undefined`. */
export function firstDifference(present, wanted) {
  if (present === wanted) return undefined;
  const [before, after] = [present.split('\n'), wanted.split('\n')];
  const index = after.findIndex((line, at) => line !== before[at]);
  const at = index === -1 ? after.length : index;
  return { line: at + 1, present: before[at] ?? '', wanted: after[at] ?? '' };
}
