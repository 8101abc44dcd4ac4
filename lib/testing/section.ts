/** Those that stand elsewhere than where their id places them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'R-5.6.1.2-b': 'RFC 9110, section 5.6.1',
  'R-13.1.1-m': 'RFC 9110, section 14.2',
  'R-13.1.2-k': 'RFC 9110, section 8.8.3',
  'R-13.2.1-k': 'RFC 9110, section 13.1',
  'R-13.2.2-h': 'RFC 9110, section 13.1.3',
  'R-15.4.5-f': 'RFC 9111, section 3.2',
  'R-15.5.13-b': 'RFC 9110, section 15.1',
};

/** Where a requirement stands: `R-13.1.2-e` is of RFC 9110, section 13.1.2; `R-6585-3-b` of RFC 6585, section 3. */
export function sectionOf(requirement: string): string {
  if (requirement.startsWith('N-')) return 'the Fetch standard, CORS';
  const [, rfc = '9110', section = ''] = /^R-(?:(\d{4,5})-)?([\d.]+)/.exec(requirement) ?? [];
  return ELSEWHERE[requirement] ?? `RFC ${rfc}, section ${section}`;
}
