// Declarations as a reader wants to see them. Pure: text in, Markdown out.

/** The head of an interface or a class, whose members follow; all of anything else. */
export function signature({ kind, text }) {
  const declaration = text.replace(/^export (declare )?/, '');
  if (kind === 'Interface' || kind === 'Class') return `\`${oneLine(declaration)}\``;
  return `\`\`\`ts\n${kind === 'Variable' ? `const ${declaration};` : declaration}\n\`\`\``;
}

/** Without `readonly`, which they all are, and without what the question mark says already. */
export function memberSignature({ text }) {
  const line = oneLine(text)
    .replace(/^readonly /, '')
    .replace(/;$/, '');
  return /^[\w'"-]+\?: /.test(line) ? line.replace(/ \| undefined$/, '') : line;
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}
