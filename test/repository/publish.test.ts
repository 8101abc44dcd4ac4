// The check before a release is shown what a release must not lack.
import { expect, test } from '@jest/globals';
import { runScript, withFiles } from '../helpers/scripts.js';

const named = { repository: 'x', bugs: 'x', homepage: 'x' };

test.each([
  { title: 'passes when everything is there', manifest: named, changelog: '## [1.0.0]', status: 0 },
  { title: 'fails without a repository', manifest: { ...named, repository: undefined }, status: 1 },
  { title: 'fails without changes', manifest: named, changelog: '## [Unreleased]', status: 1 },
])('check-publish $title', ({ manifest, changelog = '## [1.0.0]', status }) => {
  let result;
  const files = {
    'package.json': JSON.stringify({ name: 'x', version: '1.0.0', ...manifest }),
    'CHANGELOG.md': `# Changelog\n\n${changelog}\n`,
  };
  withFiles(files, (folder) => {
    result = runScript('check-publish.mjs', folder);
  });
  expect(result).toMatchObject({ status });
});
