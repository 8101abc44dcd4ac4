// Takes the code blocks out of a Markdown file and joins them into the units that are compiled. Each line of a unit
// remembers the line of the document it came from. Three comments, each on its own before a block, steer this:
//   <!-- check: skip -->      the block is not compiled
//   <!-- check: continue -->  the block goes on where the one before it ended: same file, same variables
//   <!-- check: given         lines the reader takes for granted, compiled before the block
//   declare const app: import('express').Express;
//   -->

const FENCE = /^(\s*)(`{3,})\s*(\w*)/;
const LANGUAGES = new Map([
  ['ts', 'ts'],
  ['typescript', 'ts'],
  ['js', 'js'],
  ['javascript', 'js'],
  ['mjs', 'mjs'],
  ['cjs', 'cjs'],
]);

/** The units of one document: `{ extension, lines: [{ text, line }] }`. */
export function compiledUnits(markdown) {
  const units = [];
  for (const block of blocks(markdown.split('\n'))) {
    const extension = LANGUAGES.get(block.language);
    if (extension === undefined || block.directive === 'skip') continue;
    const last = units.at(-1);
    if (block.directive === 'continue' && last) last.lines.push(...block.lines);
    else units.push({ extension, lines: block.lines });
  }
  return units;
}

function* blocks(lines) {
  let directive = '';
  let given = [];
  for (let index = 0; index < lines.length; index++) {
    const fence = FENCE.exec(lines[index]);
    const comment = /^\s*<!-- check: (\w+)/.exec(lines[index]);
    if (comment) {
      const end = endOf(lines, index, (line) => line.includes('-->'));
      directive = comment[1];
      given = directive === 'given' ? numbered(lines, index + 1, end) : [];
      index = end;
    } else if (fence) {
      const [, indent, ticks, language] = fence;
      const end = endOf(lines, index + 1, (line) => line.trim() === ticks);
      const code = numbered(lines, index + 1, end, indent.length);
      yield { language, directive, lines: [...given, ...code] };
      index = end;
      [directive, given] = ['', []];
    } else if (lines[index].trim() !== '') {
      [directive, given] = ['', []];
    }
  }
}

function endOf(lines, from, isEnd) {
  const found = lines.findIndex((line, index) => index >= from && isEnd(line));
  return found === -1 ? lines.length : found;
}

function numbered(lines, from, to, indent = 0) {
  return lines.slice(from, to).map((text, index) => ({ text: text.slice(indent), line: from + index + 1 }));
}
