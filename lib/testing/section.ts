/** Where a requirement stands: `R-13.1.2-e` is of RFC 9110, section 13.1.2; `R-6585-3-b` of RFC 6585, section 3. */
export function sectionOf(requirement: string): string {
  if (requirement.startsWith('N-')) return 'the Fetch standard, CORS';
  const [, rfc = '9110', section = ''] = /^R-(?:(\d{4,5})-)?([\d.]+)/.exec(requirement) ?? [];
  return `RFC ${rfc}, section ${section}`;
}
