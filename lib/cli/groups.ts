/** What the cases are about, by the beginning of their ids. The first that fits counts. */
const GROUPS: readonly (readonly [prefix: string, group: string])[] = [
  ['validators.', 'The resource'],
  ['options.', 'The resource'],
  ['absent.', 'The resource'],
  ['credentials.', 'The resource'],
  ['head.', 'The resource'],
  ['if-none-match.', 'If-None-Match'],
  ['if-modified-since.', 'If-Modified-Since'],
  ['304.', '304 (Not Modified)'],
  ['read.if-match.', 'If-Match on reads'],
  ['read.if-unmodified-since.', 'If-Unmodified-Since on reads'],
  ['precedence.', 'Several conditions at once'],
  ['if-range.', 'If-Range'],
  ['412.', '412 (Precondition Failed)'],
  ['put.', 'PUT'],
  ['patch.', 'PATCH'],
  ['delete.', 'DELETE'],
  ['post.', 'POST'],
];

/** Where a case stands in a report. */
export function groupOf(id: string): string {
  return GROUPS.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'Others';
}
