import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CASES } from '../../lib/testing/cases/index.js';
import { conformance } from '../../lib/testing/index.js';
import { sectionOf } from '../../lib/testing/section.js';
import { throwing } from '../helpers/apps.js';
import { caseOf } from './cases-of.js';
import { ALL, FEATURES, LACKS, READABLE, REQUIRING } from './conformance.cases.js';
import { IDS } from './ids.cases.js';

interface Requirement {
  readonly id: string;
  readonly section: string;
  readonly level: string;
}

const DOCUMENT = readFileSync(join(__dirname, '../../docs/requirements.json'), 'utf8');
const REQUIREMENTS = new Map(
  (JSON.parse(DOCUMENT) as { requirements: Requirement[] }).requirements.map((each) => [each.id, each]),
);

/** Proves, by failing, that it is not asked. */
const server = throwing(new Error('The server was asked.'));

describe('the cases', () => {
  test('have the ids that they have always had', () => {
    expect(CASES.map(({ id }) => id)).toEqual(IDS);
  });

  test('have each an id and a title of its own', () => {
    for (const key of ['id', 'title'] as const)
      expect(new Set(CASES.map((row) => row[key])).size).toBe(CASES.length);
  });

  test.each(CASES)('$id has a statement for a title, and a cause', ({ title, cause }) => {
    for (const text of [title, cause]) expect(text).toMatch(/^\S.*[^.\s]$/);
    expect(title).not.toMatch(/\b(should|must|shall|test|check)\b/i);
  });

  test.each(CASES)('$id rests on requirements that are in docs/requirements.json', ({ requirements }) => {
    expect(requirements).not.toEqual([]);
    for (const id of requirements) expect([...REQUIREMENTS.keys()]).toContain(id);
  });

  test.each([...new Set(CASES.flatMap(({ requirements }) => requirements))])(
    '%s stands in the section that is named for it',
    (id) => {
      const named = sectionOf(id)
        .replace(/^RFC (\d+), section /, '$1 §')
        .replace(/^the Fetch standard.*/, 'Fetch');
      // A subsection may be meant, and further ones may be named.
      expect(REQUIREMENTS.get(id)?.section).toMatch(new RegExp(`^${named.replaceAll('.', '[.]')}(?!\\d)`));
    },
  );

  test.each(CASES.filter(({ level }) => level === 'must'))(
    '$id is a must because of a requirement that is one, or of a definition',
    ({ requirements }) => {
      const levels = requirements.map((id) => REQUIREMENTS.get(id)?.level);
      expect(levels.filter((level) => !/client|cache/.test(level ?? '')).join()).toMatch(/MUST|def/);
    },
  );

  test.each(Object.keys(FEATURES))('some are about the feature %s', (feature) => {
    expect(CASES.flatMap(({ features }) => features)).toContain(feature);
  });
});

describe('what a target lacks', () => {
  test.each(LACKS)(
    'does not apply, says why, and is never run: $title',
    async ({ target, other = ALL, id, reason }) => {
      const lacking = caseOf({ ...target, server }, id);
      expect(lacking).toMatchObject({ applies: false, reason });
      await expect(lacking.run()).rejects.toThrow(`"${lacking.title}" does not apply: ${reason}.`);
      expect(caseOf({ ...other, server }, id)).toMatchObject({ applies: true, reason: undefined });
    },
  );

  test('is nothing for a target that has everything', () => {
    const applying = [ALL, REQUIRING].flatMap((target) =>
      conformance({ ...target, server }).filter(({ applies }) => applies),
    );
    expect(new Set(applying.map(({ id }) => id))).toEqual(new Set(IDS));
  });

  test('is nearly everything for a target of which nothing is known', () => {
    const applying = conformance({ server, path: '/1' }).filter(({ applies }) => applies);
    expect(applying.map(({ id }) => id)).toEqual(['options.ignored', 'read.if-match.star']);
  });

  test('is every write for a target that does not say how to write', () => {
    const applying = conformance({ ...READABLE, server }).filter(({ applies }) => applies);
    expect(applying.filter(({ id }) => /^(put|patch|delete|post)\b/.test(id))).toEqual([]);
  });

  test.each(Object.keys(FEATURES))('is what is about %s where other features are claimed', (feature) => {
    const others = Object.keys(FEATURES).filter((other) => other !== feature) as (keyof typeof FEATURES)[];
    const claiming = conformance({ ...REQUIRING, server, features: others });
    const unclaimed = claiming.filter(({ reason }) => reason === `it does not claim ${feature}`);
    const concerned = CASES.filter(({ features }) => (features as readonly string[]).includes(feature));
    expect(unclaimed.map(({ id }) => id)).toEqual(concerned.map(({ id }) => id));
  });
});
