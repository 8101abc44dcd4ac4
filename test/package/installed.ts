/** The package as others get it: built and packed by npm from a copy of the repository, and installed by npm from the tarball. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';

const ROOT = join(__dirname, '../..');
const MODULES = join(ROOT, 'node_modules');
const EXPRESS_4_TYPES = '@types/express4/node_modules/@types/express-serve-static-core';

/** Without what an npm that runs the tests tells the npm of a project, such as `--package`. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

export type ExpressMajor = 4 | 5;

/** Where each dependency of a project is found in this repository. */
const LINKS: Readonly<Record<ExpressMajor, Readonly<Record<string, string>>>> = {
  4: {
    express: 'express4',
    '@types/express': '@types/express4',
    '@types/express-serve-static-core': EXPRESS_4_TYPES,
  },
  5: {
    express: 'express',
    '@types/express': '@types/express',
    '@types/express-serve-static-core': '@types/express-serve-static-core',
  },
};

export interface InstalledPackage {
  /** The copy of the repository that was packed. */
  readonly stage: string;
  /** Everything in the tarball. */
  readonly files: readonly string[];
  readonly textOf: (file: string) => string;
  /** What `npm install` said. */
  readonly installation: string;
  /** A project that has installed the package, and Express with its types, or nothing else. */
  readonly project: (major?: ExpressMajor) => string;
}

/** Installs before the tests of a file. */
export function useInstalledPackage(): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  const [stage, consumer] = [join(folder, 'stage'), join(folder, 'consumer')];
  const target = join(consumer, 'node_modules/http-preconditions');
  const found = { files: [] as string[], installation: '' };
  const projects = new Map<ExpressMajor | undefined, string>();
  beforeAll(() => {
    copyRepository(stage);
    // No registry is asked, so that the dependency comes as a tarball, too.
    const tarballs = [stage, join(MODULES, 'etag')].map((path) => pack(path, folder));
    mkdirSync(consumer);
    writeFileSync(join(consumer, 'package.json'), '{ "private": true }');
    const options = ['--offline', '--no-audit', '--no-fund', '--legacy-peer-deps'];
    found.installation = succeed('npm', ['install', ...options, ...tarballs], consumer).stdout;
    found.files = filesIn(target);
  }, 120_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return {
    stage,
    get files() {
      return found.files;
    },
    textOf: (file) => readFileSync(join(target, file), 'utf8'),
    get installation() {
      return found.installation;
    },
    project: (major) => {
      const project = projects.get(major) ?? newProject(join(folder, `express-${major}`), consumer, major);
      projects.set(major, project);
      return project;
    },
  };
}

/** Runs a program, and throws with what it printed unless it succeeds. */
export function succeed(program: string, args: readonly string[], cwd: string): SpawnSyncReturns<string> {
  const result = spawnSync(program, args, { cwd, env: ENVIRONMENT, encoding: 'utf8' });
  if (result.error) throw result.error;
  if (result.status !== 0)
    throw new Error(
      `${program} ${args.join(' ')} ends with ${result.status}.\n${result.stdout}${result.stderr}`,
    );
  return result;
}

function copyRepository(stage: string): void {
  const needed = /^(lib|scripts|docs|package\.json|tsconfig.*\.json|\.size-limit\.json|[A-Z]+(\.md)?)$/;
  for (const name of readdirSync(ROOT).filter((entry) => needed.test(entry)))
    cpSync(join(ROOT, name), join(stage, name), { recursive: true });
  symlinkSync(MODULES, join(stage, 'node_modules'), 'junction');
}

/** Of our own, npm runs `prepack` first. */
function pack(path: string, destination: string): string {
  const { stdout } = succeed('npm', ['pack', '--json', '--pack-destination', destination], path);
  // The scripts print before the report.
  const report = JSON.parse(stdout.slice(stdout.indexOf('\n[') + 1)) as { filename: string }[];
  return join(destination, report[0]!.filename);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function newProject(folder: string, consumer: string, major: ExpressMajor | undefined): string {
  cpSync(consumer, folder, { recursive: true, verbatimSymlinks: true });
  if (major === undefined) return folder;
  for (const [name, place] of Object.entries({ ...LINKS[major], '@types/node': '@types/node' })) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(MODULES, place), link, 'junction');
  }
  return folder;
}
