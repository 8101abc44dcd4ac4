/** How Stryker names what becomes of a mutant, in the order of the columns. */
const STATUSES = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError'];

export const HEADING = [
  '| folder | mutants | killed | timeout | survived | no coverage | error | score | minutes |',
  '| --- | --: | --: | --: | --: | --: | --: | --: | --: |',
];

/** The score is the share that was noticed of all but those that could not be run at all. */
export function rowOf(name, { files }, minutes) {
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const counts = STATUSES.map((status) => mutants.filter((mutant) => mutant.status === status).length);
  const [killed, timeout, survived, noCoverage] = counts;
  const noticed = killed + timeout;
  const score = `${((100 * noticed) / (noticed + survived + noCoverage)).toFixed(1)} %`;
  return `| ${[`\`${name}\``, mutants.length, ...counts, score, minutes.toFixed(1)].join(' | ')} |`;
}
