/** Requirements as links to where they stand: `R-13.1.2-e` is of RFC 9110, section 13.1.2; `R-6585-3-b` of RFC 6585, section 3. */

const PLACE = /^R-(?:(?<rfc>\d{4})-)?(?<section>[\d.]+)/;

/** A name in brackets, for which `definitions` has the link. */
export function reference(requirement) {
  return PLACE.test(requirement) ? `[${requirement}]` : requirement;
}

/** What the references lead to, each once. */
export function definitions(requirements) {
  return [...new Set(requirements)]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .flatMap((requirement) => {
      const { rfc = '9110', section } = PLACE.exec(requirement)?.groups ?? {};
      return section === undefined
        ? []
        : [`[${requirement}]: https://www.rfc-editor.org/rfc/rfc${rfc}#section-${section}`];
    })
    .join('\n');
}
