/** As much Markdown as the page needs. */

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Of text that is not Markdown. */
export function escaped(text) {
  return text.replace(/[*_|<>\\]/g, '\\$&');
}

export function link(text, url) {
  return `[${text}](${url})`;
}
