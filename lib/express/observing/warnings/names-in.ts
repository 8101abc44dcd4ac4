import type { OutgoingHttpHeader } from 'node:http';

/** The members of a field that is a list of names, in lower case. */
export function namesIn(fieldValue: OutgoingHttpHeader | undefined): readonly string[] {
  return String(fieldValue ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
