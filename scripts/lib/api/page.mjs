// The pages of docs/api/ for readers. Pure: declarations in, Markdown out.
import { docstring, indented } from './docstring.mjs';
import { linksOn, ownItems } from './links.mjs';
import { namesOf, sectionsOf } from './sections.mjs';
import { memberSignature, signature } from './signature.mjs';

/** `{ name, text }` of the page of each entry point. */
export function referencePages(entries) {
  return entries.map((entry) => ({
    name: entry.name,
    text: page(entry, ownItems(entries, entry), linksOn(entries, entry)),
  }));
}

function page({ module, doc, exported }, own, link) {
  const sections = sectionsOf(own);
  const elsewhere = {
    title: 'Described elsewhere',
    names: namesOf(exported.filter((item) => !own.includes(item))),
  };
  const contents = [...sections, elsewhere].filter(({ names }) => names.length > 0);
  return paragraphs(
    '<!-- Made from the docstrings by `npm run api`. -->',
    `# ${module}`,
    docstring(doc),
    ...contents.map(({ title, names }) => `**${title}:** ${names.map(link).join(', ')}`),
    ...sections.flatMap(({ title, items, names }) => [
      `## ${title}`,
      ...names.map((name) =>
        described(
          name,
          items.filter((item) => item.name === name),
          link,
        ),
      ),
    ]),
  );
}

function described(name, declarations, link) {
  const members = declarations.flatMap((declaration) => declaration.members);
  const named = new Set([...declarations, ...members].flatMap(({ references }) => references));
  named.delete(name);
  const related = [...named].map(link).filter((text) => text !== undefined);
  return paragraphs(
    `### ${name}`,
    ...declarations.flatMap((declaration) => [signature(declaration), docstring(declaration.doc)]),
    members.map(memberItem).join('\n'),
    related.length > 0 ? `See ${related.join(', ')}.` : '',
  );
}

function memberItem(member) {
  const doc = docstring(member.doc);
  const head = `- \`${memberSignature(member)}\``;
  return doc === '' ? head : `${head}\\\n  ${indented(doc)}`;
}

function paragraphs(...parts) {
  return parts.filter((part) => part !== '').join('\n\n');
}
