// What each entry point of the package exports, as API Extractor sees it: a report to be compared, and a model for the pages.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { root, run } from '../run.mjs';
import { readSources } from '../source.mjs';
import { declarationsOf } from './declarations.mjs';

const REPORTS = 'reports';
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** `{ name, module, doc, report, exported }` of each entry point. */
export function extractApi() {
  // Inside the repository, so that the types of Express are found; ignored by git, gone afterwards.
  const folder = `${root}.tmp/api-${process.pid}`;
  try {
    // Without maps, which API Extractor would follow into lib.
    const declarations = ['--emitDeclarationOnly', '--declarationMap', 'false', '--outDir', folder];
    run('tsc', ['-p', 'tsconfig.build.json', ...declarations]);
    return extractFrom(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function entryPoints() {
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([subpath, { import: target }]) => ({
      name: subpath === '.' ? 'index' : subpath.slice('./'.length),
      module: join(manifest.name, subpath),
      types: target.types.replace('./dist/esm/', ''),
    }));
}

function extractFrom(folder) {
  const entries = entryPoints().map((entry) => ({ ...entry, file: join(folder, entry.types) }));
  const configurations = entries.map((entry) => configuration(entry, entries, folder));
  mkdirSync(join(folder, REPORTS), { recursive: true });
  // Read once for all of them.
  const compilerState = CompilerState.create(configurations[0], {
    additionalEntryPoints: entries.map(({ file }) => file),
  });
  return entries.map((entry, index) => {
    const { succeeded } = Extractor.invoke(configurations[index], {
      compilerState,
      localBuild: true, // it has nothing to compare with
      messageCallback: (message) => {
        message.handled = message.logLevel !== ExtractorLogLevel.Error;
      },
    });
    if (!succeeded) throw new Error(`API Extractor cannot read ${entry.module}`);
    return findings(entry, folder);
  });
}

function findings({ name, module, file }, folder) {
  const { members } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const report = readFileSync(join(folder, REPORTS, `${name}.api.md`), 'utf8');
  return {
    name,
    module,
    doc: /^\/\*\*[^]*?\*\//.exec(readFileSync(file, 'utf8'))?.[0] ?? '',
    report: name === 'index' ? report + augmentations(folder) : report,
    exported: declarationsOf(members[0].members, (path) => readFileSync(root + path, 'utf8')),
  };
}

function configuration({ name, file }, entries, folder) {
  const files = entries.map((entry) => entry.file);
  return ExtractorConfig.prepare({
    packageJsonFullPath: `${root}package.json`,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      newlineKind: 'lf',
      mainEntryPointFilePath: file,
      compiler: { overrideTsconfig: { extends: `${root}tsconfig.build.json`, include: [], files } },
      // What is named by an export without being one is part of what users depend on, too.
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: `${name}.api.md`,
        reportFolder: join(folder, REPORTS),
        reportTempFolder: join(folder, 'temporary'),
      },
      docModel: { enabled: true, apiJsonFilePath: join(folder, `${name}.json`) },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
}

/** What is declared in modules of others (`req.precondition`) is no export, and API Extractor leaves it out. */
function augmentations(folder) {
  const found = readSources(folder).flatMap(({ text }) => text.match(/^declare module [^]*?^\}/gm) ?? []);
  return found.map((text) => `\n## Declared in a module of others\n\n\`\`\`ts\n${text}\n\`\`\`\n`).join('');
}
