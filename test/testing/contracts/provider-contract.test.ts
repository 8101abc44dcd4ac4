/** Every provider of the package keeps the contract, and the contract notices each way of breaking it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  firstOf,
  fromBody,
  fromMembers,
  fromStat,
  fromTimestamp,
  fromVersion,
  SKIP,
  strong,
  weak,
  when,
} from '../../../lib/index.js';
import { type ProviderUnderTest, providerContract } from '../../../lib/testing/index.js';

interface Row {
  version: number;
  updatedAt: Date;
  text: string;
}

interface ById {
  readonly params: { readonly id: string };
}

/** A store with one row that is there. */
class Rows {
  readonly #rows = new Map<string, Row>([['1', { version: 1, updatedAt: new Date(0), text: 'a' }]]);

  readonly find = async ({ params }: ById): Promise<Row | null> => this.#rows.get(params.id) ?? null;

  readonly change = (): void => {
    const { version } = this.#rows.get('1')!;
    this.#rows.set('1', { version: version + 1, updatedAt: new Date(version * 1000), text: `a${version}` });
  };
}

const requests = {
  existing: (): ById & { path: string } => ({ path: '/notes/1', params: { id: '1' } }),
  absent: (): ById & { path: string } => ({ path: '/notes/2', params: { id: '2' } }),
};

const unreachable = async (): Promise<never> => {
  throw new Error('the store cannot be reached');
};

type Make = (rows: Rows) => Pick<ProviderUnderTest, 'provider' | 'validators' | 'failing'>;
type P = { id: string };

const PROVIDERS: readonly (readonly [name: string, make: Make])[] = [
  [
    'fromVersion',
    (rows) => ({
      provider: fromVersion<Row | null, P>(rows.find, (row) => row.version),
      failing: fromVersion<Row | null, P>(unreachable, (row) => row.version),
      validators: 'strong',
    }),
  ],
  [
    'fromVersion of several parts',
    (rows) => ({
      provider: fromVersion<Row | null, P>(rows.find, (row) => [row.version, 'en']),
      validators: 'strong',
    }),
  ],
  [
    'fromTimestamp',
    (rows) => ({
      provider: fromTimestamp<Row | null, P>(rows.find, (row) => row.updatedAt),
      failing: fromTimestamp<Row | null, P>(unreachable, (row) => row.updatedAt),
      validators: 'weak',
    }),
  ],
  [
    'fromBody',
    (rows) => ({
      provider: fromBody<Row | null, P>(rows.find),
      failing: fromBody<Row | null, P>(unreachable),
      validators: 'weak',
    }),
  ],
  [
    'firstOf and when',
    (rows) => ({
      provider: firstOf(
        when(/^\/others\//, () => ({ etag: strong('never') })),
        when(
          /^\/notes\//,
          fromVersion<Row | null, P>(rows.find, (row) => row.version),
        ),
      ),
      failing: firstOf(
        () => SKIP,
        fromVersion<Row | null, P>(unreachable, (row) => row.version),
      ),
      validators: 'strong',
    }),
  ],
  [
    'one of your own, with a date alone',
    (rows) => ({
      provider: async (req: ById) => {
        const row = await rows.find(req);
        return row && { lastModified: row.updatedAt };
      },
      validators: 'date',
    }),
  ],
];

describe.each(PROVIDERS)('The contract of a provider: %s', (_name, make) => {
  const rows = new Rows();
  test.each(providerContract({ ...make(rows), ...requests, change: rows.change }))('$title', ({ run }) =>
    run(),
  );
});

describe('The contract of a provider: fromMembers', () => {
  const members = [{ id: 'a', version: 1 }];
  const provider = fromMembers(
    () => members,
    ({ id, version }) => [id, version],
  );
  const change = (): void => {
    members[0]!.version += 1;
    members.push({ id: `b${members.length}`, version: 1 });
  };
  test.each(providerContract({ provider, existing: () => ({}), change, validators: 'strong' }))(
    '$title',
    ({ run }) => run(),
  );
});

describe('The contract of a provider: fromStat', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'provider-contract-'));
    change();
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  let length = 0;
  const change = (): void => {
    length += 1;
    writeFileSync(join(folder, '1'), 'x'.repeat(length));
  };
  const provider = fromStat(({ params }: ById) => stat(join(folder, params.id)));
  test.each(
    providerContract({
      ...requests,
      provider: provider as ProviderUnderTest['provider'],
      change,
      validators: 'weak',
    }),
  )('$title', ({ run }) => run());
});

describe('The contract of providers notices', () => {
  let version = 0;
  const right: ProviderUnderTest = {
    provider: ({ params }: ById) =>
      params.id === '1' ? { etag: strong(version), lastModified: new Date(0) } : null,
    ...requests,
    change: () => {
      version += 1;
    },
    failing: unreachable,
    validators: 'strong',
  };

  const VALID = 'answers with a version that can be sent';
  const CHANGED = 'answers with another version after each change';
  const FAULTS: readonly (readonly [what: string, fault: Partial<ProviderUnderTest>, promise: string])[] = [
    ['a forgotten return', { provider: () => undefined }, VALID],
    ['a tag without quotes', { provider: () => ({ etag: 'v1' }) }, VALID],
    ['a tag that is weak and should be strong', { provider: () => ({ etag: weak(version) }) }, VALID],
    [
      'a date that is none',
      { provider: () => ({ etag: strong(version), lastModified: new Date(Number.NaN) }) },
      VALID,
    ],
    ['no date where it was promised', { validators: 'date', provider: () => ({}) }, VALID],
    [
      'a version that is always another',
      { provider: () => ({ etag: strong(Math.random()) }) },
      'answers with the same version while nothing changes',
    ],
    [
      'undefined for what does not exist',
      { provider: ({ params }: ById) => (params.id === '1' ? { etag: strong(version) } : undefined) },
      'answers null for what does not exist',
    ],
    ['a version that never changes', { provider: () => ({ etag: '"1"' }) }, CHANGED],
    ['a version that comes again', { provider: () => ({ etag: strong(version % 2) }) }, CHANGED],
    [
      'a failing store that looks empty',
      { failing: () => null },
      'fails when its store does: that is not the same as nothing being there',
    ],
  ];

  async function broken(given: ProviderUnderTest): Promise<string[]> {
    const titles: string[] = [];
    for (const { title, run } of providerContract(given)) await run().catch(() => titles.push(title));
    return titles;
  }

  test('nothing about a right one', async () => {
    expect(await broken(right)).toEqual([]);
  });

  test.each(FAULTS)('%s', async (_what, fault, promise) => {
    expect(await broken({ ...right, ...fault })).toContain(promise);
  });

  test('only what it is given', () => {
    const { provider, existing, validators } = right;
    expect(providerContract({ provider, existing, validators })).toHaveLength(3);
  });
});
