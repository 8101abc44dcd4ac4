import { deepStrictEqual, notStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { isWeak, parseEntityTag } from '../../core/entity-tag.js';
import { formatHttpDate, wholeSeconds } from '../../core/http-date.js';
import type { ResourceVersion, VersionProvider } from '../../providers/types.js';
import { type ContractCase, contractCases } from './contract-case.js';

type Asked = Parameters<VersionProvider>[0];

/** A provider, and how to put it to the test. What is left out is not tested. */
export interface ProviderUnderTest {
  readonly provider: (req: never) => unknown;
  /** A request for a resource that exists, as far as the provider looks at it: `{ params: { id: '1' } }`. */
  readonly existing: () => object;
  /** A request for one that does not exist. */
  readonly absent?: () => object;
  /** Changes the resource that exists, so that a GET would have other octets. */
  readonly change?: () => unknown;
  /** What its tags promise, or that it has dates alone. */
  readonly validators: 'strong' | 'weak' | 'date';
  /** The same provider on a store that cannot be reached. */
  readonly failing?: (req: never) => unknown;
}

/**
 * What every version provider promises, as cases to be looped over in any test runner.
 *
 *     const cases = providerContract({ provider, existing: () => ({ params: { id: '1' } }), validators: 'strong', … });
 *     for (const { title, run } of cases) test(title, run);
 */
export function providerContract(given: ProviderUnderTest): ContractCase[] {
  const { absent, change, failing } = given;
  const current = (): Promise<ResourceVersion> => versionOf(given);
  return contractCases({
    'answers with a version that can be sent': async () => expectValid(await current(), given.validators),
    'answers with the same version while nothing changes': async () => {
      deepStrictEqual(validatorsOf(await current()), validatorsOf(await current()));
    },
    'answers several at once alike': async () => {
      const versions = await Promise.all([current(), current(), current()]);
      const [first, ...others] = versions.map(validatorsOf);
      for (const other of others) deepStrictEqual(other, first);
    },
    ...(absent && {
      'answers null for what does not exist': async () =>
        strictEqual(await ask(given.provider, absent()), null),
    }),
    ...(change && {
      'answers with another version after each change': () =>
        expectNewVersions(current, change, given.validators),
    }),
    ...(failing && {
      'fails when its store does: that is not the same as nothing being there': async () => {
        await rejects(async () => ask(failing, given.existing()));
      },
    }),
  });
}

async function versionOf({ provider, existing }: ProviderUnderTest): Promise<ResourceVersion> {
  const answer = await ask(provider, existing());
  ok(
    typeof answer === 'object' && answer !== null,
    `Expected a version, such as { etag: strong('v1') }; got ${String(answer)}. Is a \`return\` or an \`await\` missing?`,
  );
  return answer;
}

function ask(provider: ProviderUnderTest['provider'], request: object): unknown {
  return (provider as (req: Asked) => unknown)(request as Asked);
}

function expectValid(
  { etag, lastModified }: ResourceVersion,
  validators: ProviderUnderTest['validators'],
): void {
  if (validators === 'date') {
    ok(lastModified !== undefined, 'Expected a lastModified; got none.');
  } else {
    const tag = etag === undefined ? undefined : parseEntityTag(etag);
    ok(
      tag !== undefined,
      `Expected an entity tag, quotes included, such as '"v1"'; got ${JSON.stringify(etag)}.`,
    );
    strictEqual(isWeak(tag) ? 'weak' : 'strong', validators);
  }
  if (lastModified !== undefined)
    ok(formatHttpDate(lastModified) !== undefined, 'Expected a valid Date of the years 0 to 9999.');
}

/** As they are sent. */
function validatorsOf({ etag, lastModified }: ResourceVersion): object {
  return { etag, lastModified: lastModified && wholeSeconds(lastModified) };
}

const CHANGES = 3;

/** A strong tag may never come again (RFC 9110, section 8.8.1), so each is compared with all that were there before. */
async function expectNewVersions(
  current: () => Promise<ResourceVersion>,
  change: () => unknown,
  validators: ProviderUnderTest['validators'],
): Promise<void> {
  const seen = [await current()];
  for (let n = 0; n < CHANGES; n++) {
    await change();
    const version = await current();
    for (const earlier of seen) expectOther(earlier, version, validators);
    seen.push(version);
  }
}

function expectOther(
  a: ResourceVersion,
  b: ResourceVersion,
  validators: ProviderUnderTest['validators'],
): void {
  if (validators === 'date')
    notStrictEqual(
      a.lastModified && wholeSeconds(a.lastModified),
      b.lastModified && wholeSeconds(b.lastModified),
    );
  else notStrictEqual(a.etag, b.etag, `The tag ${a.etag} stands for two versions.`);
}
