// Docstrings as Markdown. Pure: the comment as it stands in the source goes in.

/** The prose of a docstring, and below it what its tags say, as a list. */
export function docstring(comment) {
  const lines = comment
    .replace(/^\s*\/\*\*|\*\/\s*$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const [prose, ...tags] = lines
    .join('\n')
    .trim()
    .split(/(?<=^|\s)@(?=[a-z]+ )/);
  const list = tags.map((tag) => `- ${indented(tagText(tag.trim()))}`).join('\n');
  return [prose.trim(), list].filter((part) => part !== '').join('\n\n');
}

function tagText(tag) {
  const [, kind, text] = /^(\w+)\s*([^]*)$/.exec(tag);
  if (kind === 'param') return text.replace(/^(\w+)\s*/, '`$1`: ');
  if (kind === 'throws') return `throws ${text.replace(/^\{(.+?)\}\s*/, '`$1`: ')}`;
  return `${kind} ${text}`;
}

/** So that a text of many lines stays within its item of a list. */
export function indented(text) {
  return text.replace(/\n(?=[^\n])/g, '\n  ');
}
