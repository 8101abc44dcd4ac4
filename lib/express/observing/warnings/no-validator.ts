import { describeList } from '../../../errors.js';
import type { Considered } from './notice.js';

/** The version says nothing of validators, not even that there are none, and much else: it is the row itself. */
export function noValidator({ version, name }: Considered): string | undefined {
  if (!version || 'etag' in version.given || 'lastModified' in version.given) return undefined;
  const members = Object.keys(version.given).filter((member) => member !== 'headers');
  if (members.length === 0) return undefined;
  return (
    `The version provider of ${name} returned an object with ${describeList(members)}, and neither etag nor lastModified among ` +
    'them. Reads are sent without an ETag then, and If-Match is true for "*" alone. Return { etag: strong(row.version), row }, or use ' +
    'fromVersion(load, (row) => row.version). Where there is no validator on purpose, say so by etag: undefined.'
  );
}
