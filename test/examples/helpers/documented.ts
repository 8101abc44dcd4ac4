/** What a page shows, done: its programs, run as processes of their own, and the requests of its transcripts. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningExample, runExample } from './run-example.js';

const ROOT = join(__dirname, '../../..');
/** Inside the repository, so that what the programs import is found. */
const FOLDER = `.tmp/documented-${process.pid}`;

export function pageOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** The blocks of a page that are programs: those that listen, with what they go on from. */
export function programsOf(page: string): string[] {
  const found: string[] = [];
  for (const [, directive = '', code = ''] of page.matchAll(
    /(?:<!-- check: (\w+)[^>]*-->\s+)?```ts\n([^]*?)```/g,
  )) {
    if (directive === 'continue') found.push(`${found.pop()}\n${code}`);
    else found.push(code);
  }
  return found.filter((code) => code.includes('app.listen('));
}

export interface Step {
  readonly command: string;
  readonly statusLine: string;
  readonly fields: readonly string[];
  readonly body: string;
}

export function stepsOf(page: string): Step[] {
  const transcripts = [...page.matchAll(/```console\n([^]*?)```/g)].map(([, transcript = '']) => transcript);
  return transcripts.flatMap((transcript) => transcript.trim().split(/^\$ /m).slice(1)).map(stepOf);
}

function stepOf(text: string): Step {
  const [head = '', body = ''] = text.trim().split('\n\n');
  const [command = '', statusLine = '', ...fields] = head.split('\n');
  return { command, statusLine, fields, body };
}

/** A program of a page, on a port of its own in place of the 3000 of the page. */
export class DocumentedProgram {
  readonly #name: string;
  readonly #code: string;
  #process: RunningExample | undefined;
  origin = '';

  constructor(name: string, code: string) {
    this.#name = name;
    this.#code = code;
  }

  async start(): Promise<void> {
    this.#process = this.#run(0);
    this.origin = `http://127.0.0.1:${await this.#process.printed(/port: (\d+)/)}`;
  }

  /** Starts it again where it listens already, and gives the exit code and what was printed. */
  async startOnTakenPort(): Promise<{ code: number | null; output: string }> {
    const second = this.#run(Number(new URL(this.origin).port));
    const code = await second.exit();
    return { code, output: second.output() };
  }

  async stop(): Promise<void> {
    await this.#process?.exit('SIGTERM');
    rmSync(join(ROOT, FOLDER), { recursive: true, force: true });
  }

  #run(port: number): RunningExample {
    const file = `${FOLDER}/${this.#name}-${port}.ts`;
    // A program that prints nothing is made to say where it listens.
    const code = this.#code
      .replace('app.listen(3000);', 'console.log(app.listen(3000).address());')
      .replace('listen(3000', `listen(${port}`);
    mkdirSync(join(ROOT, FOLDER), { recursive: true });
    writeFileSync(join(ROOT, file), code);
    return runExample(file, {});
  }
}
