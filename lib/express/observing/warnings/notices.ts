import type { WarningCode } from '../types.js';
import type { Answered, Considered, Notice } from './notice.js';
import { absentAnswered, codedStrongTag, fieldsNotOn304, otherEtag } from './reads.js';
import { beforeAuthentication, etagNotExposed } from './surroundings.js';
import { noValidator } from './no-validator.js';
import { guardUnused, updatedUnused, weakTag } from './writes.js';

export type Notices<Seen> = readonly (readonly [WarningCode, Notice<Seen>])[];

/** What can be noticed when a request is decided. */
export const ON_DECISION: Notices<Considered> = [
  ['WARN_NO_VALIDATOR', noValidator],
  ['WARN_WEAK_TAG', weakTag],
];

/** What can be noticed when the answer of a handler has been sent. Some have to remember what they have seen of one middleware. */
export function makeNoticesOnAnswer(): Notices<Answered> {
  return [
    ['WARN_ABSENT_ANSWERED', absentAnswered()],
    ['WARN_OTHER_ETAG', otherEtag()],
    ['WARN_FIELDS_NOT_ON_304', fieldsNotOn304],
    ['WARN_CODED_STRONG_TAG', codedStrongTag],
    ['WARN_GUARD_UNUSED', guardUnused],
    ['WARN_UPDATED_UNUSED', updatedUnused()],
    ['WARN_BEFORE_AUTHENTICATION', beforeAuthentication],
    ['WARN_ETAG_NOT_EXPOSED', etagNotExposed],
  ];
}
