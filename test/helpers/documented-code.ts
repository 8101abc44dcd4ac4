import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from '@swc/core';

/** The TypeScript that stands below a heading of a document, as one text. */
export function codeBelow(heading: string, document: string): string {
  const text = readFileSync(join(__dirname, '../..', document), 'utf8');
  const section = text.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code!);
  if (blocks.length === 0) throw new Error(`${document} has no code below "${heading}".`);
  return blocks.join('\n');
}

/** Runs it. What it imports comes from `modules`, by name, and from nowhere else. */
export function runCode(code: string, modules: Readonly<Record<string, unknown>>): void {
  const { code: commonJs } = transformSync(code, {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  const load = (name: string): unknown => {
    if (Object.hasOwn(modules, name)) return modules[name];
    throw new Error(`Nobody has given it the module ${name}.`);
  };
  const run = compileFunction(commonJs, ['require', 'exports']) as (...given: unknown[]) => void;
  run(load, {});
}
