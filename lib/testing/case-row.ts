import { isCredential } from './credential.js';
import type { Stage } from './stage.js';
import type { Feature, Level, Target } from './types.js';

/** Something that a target has or has not. */
export interface Need {
  readonly holds: (target: Target) => boolean;
  /** Why a case does not apply to a target without it. */
  readonly reason: string;
}

/** A case, before there is a target. */
export interface CaseRow {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly level: Level;
  /** All of them have to be claimed. */
  readonly features: readonly Feature[];
  readonly needs: readonly Need[];
  /** What usually makes it fail. */
  readonly cause: string;
  /** Throws a Mismatch where the target is otherwise. */
  readonly check: (stage: Stage) => Promise<void>;
}

type NeedName =
  | 'etag'
  | 'strongEtag'
  | 'lastModified'
  | 'ranges'
  | 'absentPath'
  | 'credentials'
  | 'privateReads'
  | 'writes'
  | 'absent'
  | 'putCreates'
  | 'required'
  | 'anyCondition';

export const NEEDS: Readonly<Record<NeedName, Need>> = {
  etag: need('it has no ETag', ({ etag }) => etag !== undefined),
  strongEtag: need('it has no strong ETag', ({ etag }) => etag === 'strong'),
  lastModified: need('it has no Last-Modified', ({ lastModified }) => lastModified === true),
  ranges: need('it serves no ranges', ({ ranges }) => ranges === true),
  absentPath: need('no path is named where nothing is', ({ absentPath }) => absentPath !== undefined),
  credentials: need('it asks for no credentials', ({ headers = {} }) =>
    Object.keys(headers).some(isCredential),
  ),
  privateReads: need('anybody may read it', ({ publicReads }) => publicReads !== true),
  writes: need('it is not to be written', ({ writes }) => writes !== undefined),
  absent: need('no path is named where nothing is yet', ({ writes }) => writes?.absent !== undefined),
  putCreates: need('PUT creates nothing', ({ writes }) => writes?.putCreates === true),
  required: need('it requires no condition', ({ writes }) => Boolean(writes?.required)),
  anyCondition: need('it requires a tag in If-Match', ({ writes }) => writes?.required !== 'tag'),
};

/** What the case is about and the target has not. */
export function missingIn({ features, needs }: CaseRow, target: Target): string[] {
  const unclaimed = features.filter(
    (feature) => target.features !== undefined && !target.features.includes(feature),
  );
  const lacking = needs.filter(({ holds }) => !holds(target));
  return [
    ...unclaimed.map((feature) => `it does not claim ${feature}`),
    ...lacking.map(({ reason }) => reason),
  ];
}

/** That the resource has the method. */
export function hasMethod(method: string): Need {
  return need(`it has no ${method}`, ({ writes }) => writes?.methods.includes(method) ?? false);
}

function need(reason: string, holds: Need['holds']): Need {
  return { reason, holds };
}
