/** The whole of docs/interop.md, made of results alone. */
import { caseOf, folded } from './fold.mjs';
import { escaped, link, table } from './markdown.mjs';
import { MEANINGS } from './meanings.mjs';
import { definitions, reference } from './requirement.mjs';

export function pageOf(results) {
  const requirements = results.flatMap(({ failures }) => failures.flatMap((failure) => failure.requirements));
  const parts = [INTRODUCTION, summary(results), METHOD, meanings(results), ...results.map(section)];
  return `${[...parts, definitions(requirements)].join('\n\n')}\n`;
}

const INTRODUCTION = `# How other servers keep section 13 of RFC 9110

This page is made by \`npm run interop\` in [test/interop](../test/interop/README.md), which anybody can repeat. It shows, for the
versions named here, what each server claims to do about preconditions, and which cases of this repository's conformance kit
(\`http-preconditions/testing\`) it passes.`;

const METHOD = `## Method

- **Each server is held to what it claims, and to nothing else.** A case applies when the documentation of the project, quoted below,
  claims all that the case is about, and when the resource has what the case needs, such as a strong ETag, ranges, or writes. Every other
  case does not apply, and counts neither as passed nor as failed. Whoever answers 304 or 412 is held to what the RFC says of a 304 or 412.
- **Each server is set up as its own documentation says,** in one file of [test/interop/servers](../test/interop/servers). Where the
  documentation leaves a choice, it was made in favour of the server.
- **All get the same cases,** over HTTP. Those that serve notes have the same notes; those that serve files, the same file. The store of
  the notes takes its time for every answer, as a database does, and writes when nobody looks at the same time any more, so that what a
  race can do happens in every run.
- **_must_ and _should_ are the words of RFC 2119.** A deviation that the project documents itself is marked so.
- **The kit belongs to one of the servers in the table,** which was made to pass it. Whoever finds a case unfair, or a server set up
  badly, is asked to say so.`;

function summary(results) {
  const rows = results.map(({ name, version, claims, methods, cases, applying, failures }) => {
    const musts = failures.filter(({ level }) => level === 'must').length;
    return [
      link(name, `#${anchorOf(name)}`),
      version,
      `${claims.flatMap(({ features }) => features).join(', ')}; on ${methods}`,
      applying,
      applying - failures.length,
      musts,
      failures.length - musts,
      cases - applying,
    ];
  });
  const counts = ['cases', 'passed', 'failed: must', 'failed: should', 'do not apply'];
  return table(['server', 'version', 'claims', ...counts], rows);
}

function meanings(results) {
  const failed = results.map(({ name, failures }) => ({
    name,
    ids: new Set(failures.map(({ id }) => caseOf(id))),
  }));
  assertExplained(failed);
  const rows = MEANINGS.flatMap(({ ids, means }) => {
    const names = failed.filter((server) => ids.some((id) => server.ids.has(id))).map(({ name }) => name);
    return names.length === 0 ? [] : [[means, names.join('; ')]];
  });
  return `## What the failures mean for users\n\n${table(['what happens', 'where'], rows)}`;
}

function assertExplained(failed) {
  const explained = new Set(MEANINGS.flatMap(({ ids }) => ids));
  const unexplained = failed.flatMap(({ ids }) => [...ids].filter((id) => !explained.has(id)));
  if (unexplained.length > 0)
    throw new Error(
      `Say in test/interop/lib/meanings.mjs what it means that ${unexplained.join(', ')} fails.`,
    );
}

function section({ name, version, setup, claims, failures }) {
  const claimed = claims.map(({ features, says, where }) => `- ${features.join(', ')}: ${says} (${where}).`);
  return [
    `## ${name}`,
    `${version}: ${setup}. What it claims:`,
    claimed.join('\n'),
    failures.length === 0 ? 'All cases that apply pass.' : failureTable(failures),
  ].join('\n\n');
}

function failureTable(failures) {
  const rows = folded(failures).map(({ title, level, requirements, expected, came, documented }) => [
    escaped(title),
    level,
    requirements.map(reference).join(', '),
    escaped(expected),
    escaped(came) + (documented === undefined ? '' : ` (documented: ${documented})`),
  ]);
  return table(['not so', 'level', 'requirements', 'expected', 'came instead'], rows);
}

/** As forges make it of a heading. */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
