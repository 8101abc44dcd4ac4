import { type CaseRow, missingIn, NEEDS } from '../testing/case-row.js';
import { CASES } from '../testing/cases/index.js';
import type { Feature, Target } from '../testing/index.js';
import { grouped } from './grouped.js';
import { UsageError } from './usage-error.js';

/** What --features names, and no case can tell. */
export interface UncheckedClaim {
  readonly feature: Feature;
  readonly reason: string;
}

/** Also passed by who has never heard of conditions, whatever the resource has: these alone do not check a claim. */
const TELLS_NOTHING = /(^|\.)(if-match\.star|if-modified-since\.ignored|if-range\.none|absent\.if-match)$/;

const TELLING: readonly CaseRow[] = CASES.filter(({ id }) => !TELLS_NOTHING.test(id)).map((row) => ({
  ...row,
  // What has no tag is further away from a case about strong ones.
  needs: row.needs.flatMap((need) => (need === NEEDS.strongEtag ? [NEEDS.etag, need] : [need])),
}));

/**
 * That every claim of --features can be checked, but for those that --only or --skip leave out altogether.
 *
 * @throws {UsageError} that says what cannot, why, and what to do
 */
export function expectCheckable(target: Target, isAsked: (id: string) => boolean): void {
  const claims = uncheckedClaims(target, isAsked);
  if (claims.length === 0) return;
  const parts = [...grouped(claims, ({ reason }) => reason)].map(
    ([reason, alike]) =>
      `${alike.map(({ feature }) => feature).join(', ')} (${reason}: ${remedyFor(reason)})`,
  );
  throw new UsageError(
    `--features claims what cannot be checked: ${parts.join('; ')}. Do so, or leave it out of --features.`,
  );
}

export function uncheckedClaims(target: Target, isAsked: (id: string) => boolean): UncheckedClaim[] {
  return [...new Set(target.features)].flatMap((feature) => {
    const cases = TELLING.filter(({ features }) => features.includes(feature));
    const reason = cases.some(({ id }) => isAsked(id)) ? lackOf(cases, target) : undefined;
    return reason === undefined ? [] : [{ feature, reason }];
  });
}

/** What keeps the case from applying that is nearest to it; `undefined` when one applies. */
function lackOf(cases: readonly CaseRow[], target: Target): string | undefined {
  const [fewest = []] = cases.map((row) => missingIn(row, target)).toSorted((a, b) => a.length - b.length);
  return fewest[0];
}

const OTHER_URL = 'give the URL of a resource that has one';

/** By the beginning of a reason. The first that fits counts. */
const REMEDIES: readonly (readonly [prefix: string, remedy: string])[] = [
  ['it does not claim', 'claim that, too'],
  ['it has no ETag', OTHER_URL],
  ['it has no strong ETag', OTHER_URL],
  ['it has no Last-Modified', OTHER_URL],
  ['it serves no ranges', 'give the URL of a resource that does'],
  ['it is not to be written', 'give --write'],
  ['it requires no condition', 'if it does, say so with "required" in the file of --write'],
  ['no path is named where nothing is yet', 'name one with "absent" in the file of --write'],
  ['PUT creates nothing', 'if it does, say so with "putCreates" in the file of --write'],
  ['it has no', 'if it has, name it among the "methods" in the file of --write'],
];

function remedyFor(reason: string): string | undefined {
  return REMEDIES.find(([prefix]) => reason.startsWith(prefix))?.[1];
}
