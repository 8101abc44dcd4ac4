/** What a `ConformanceError` of the kit tells, in one line without anything that is of one run alone. */

const FIELD = /\b(ETag|Last-Modified|Expires|Vary|Date|Cache-Control|Content-[A-Z][a-z]+)\b|max-age/;

export function expectedBy({ expected }) {
  return lasting(expected);
}

export function cameInstead({ answer, expected, cause }) {
  const isTold = !cause.message.startsWith('expected ');
  if (isTold) return lasting(cause.message);
  if (answer === undefined) return 'something else';
  return `${answer.status}${lasting(detail(answer, expected))}`;
}

/** Of what is expected beside a status. */
function detail(answer, expected) {
  if (expected.startsWith('content '))
    return answer.body.length === 0 ? ' without content' : ' with other content';
  const [match, name = 'Cache-Control'] = FIELD.exec(expected) ?? [];
  if (match === undefined) return '';
  const value = answer.field(name);
  if (value === undefined) return ` without ${name}`;
  return name === 'ETag' ? ' with another ETag' : ` with ${name}: ${value}`;
}

const OF_ONE_RUN = [
  [/(?:W\/)?"[^"]*"/g, '"…"'],
  [/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g, '…'],
  [/\b(?:[2-9]|10) of 10\b/g, 'more than one of 10'],
  [/\n[\s\S]*/, ''],
];

function lasting(text) {
  return OF_ONE_RUN.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}
