// What API Extractor has found, joined with the .d.ts files it was found in: API Extractor sorts members by name and fills
// the lines of docstrings anew, and their authors had their reasons. Pure: data and text in, data out.

/** `{ kind, name, path, text, doc, references, members }` of each export. */
export function declarationsOf(exported, textOf) {
  return exported.map((item) => {
    const source = textOf(item.fileUrlPath);
    const declaration = declared(item, source, 0);
    const members = (item.members ?? [])
      .map((member) => declared(member, source, declaration.start))
      .toSorted((a, b) => a.start - b.start);
    return { ...declaration, path: item.fileUrlPath, members };
  });
}

function declared({ kind, name, excerptTokens }, source, from) {
  const text = excerptTokens
    .map((token) => token.text)
    .join('')
    .trim();
  const start = startOf(text, name, source, from);
  if (start === -1) throw new Error(`${name} is not declared as API Extractor says: ${text}`);
  const references = excerptTokens.filter((token) => token.kind === 'Reference').map((token) => token.text);
  return { kind, name, text, start, doc: commentBefore(source.slice(0, start)), references };
}

/** Nothing behind the name is compared: API Extractor may have it in another order or on one line. */
function startOf(text, name, source, from) {
  const whole = source.indexOf(text, from);
  if (whole !== -1) return whole;
  const head = text.slice(0, text.indexOf(name) + name.length);
  const behind = /[^\w$]/;
  for (let at = source.indexOf(head, from); at !== -1; at = source.indexOf(head, at + 1)) {
    if (behind.test(source[at + head.length])) return at;
  }
  return -1;
}

function commentBefore(source) {
  return /\/\*\*(?:(?!\*\/)[^])*\*\/(?=\s*(?:export declare const )?$)/.exec(source)?.[0] ?? '';
}
