import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Writes } from '../../testing/index.js';
import { messageOf } from '../message-of.js';
import { UsageError } from '../usage-error.js';
import { parseDeclaration } from './declaration.js';
import { writesDeclared } from './declared.js';
import { writesExported } from './exported.js';

/**
 * How to write, from a file: JSON declares it, JavaScript exports it.
 *
 * @throws {UsageError} when the file cannot be read, or says something else
 */
export async function loadWrites(file: string, url: URL): Promise<Writes> {
  return extname(file) === '.json'
    ? writesDeclared(parseDeclaration(file, await load(file, readJson)), url)
    : writesExported(file, await load(file, importDefault));
}

async function load(file: string, read: (path: string) => Promise<unknown>): Promise<unknown> {
  try {
    return await read(resolve(file));
  } catch (error) {
    throw new UsageError(`${file} cannot be loaded: ${messageOf(error)}.`);
  }
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** `module.exports` is the default export of CommonJS. */
async function importDefault(path: string): Promise<unknown> {
  const exported = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  return exported.default;
}
