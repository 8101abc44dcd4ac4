import { describe, expect, jest, test } from '@jest/globals';
import type { Express } from 'express';
import { expectCheckable, uncheckedClaims } from '../../lib/cli/claims.js';
import { CASES } from '../../lib/testing/cases/index.js';
import { conformance, type Feature, type Target, type Writes } from '../../lib/testing/index.js';
import { throwing } from '../helpers/apps.js';
import { withServer } from '../helpers/server.js';
import { failureOf } from '../testing/cases-of.js';
import { ALL, FEATURES } from '../testing/conformance.cases.js';
import { type Resource, type Verdict } from '../testing/reference/conditions.js';
import { type Exchange, ReferenceServer, type Reply } from '../testing/reference/server.js';
import { referenceTarget } from '../testing/reference/target.js';
import { type Invocation, invoke } from './invoke.js';
import { plainApp } from './notes-app.js';

// Each check is some hundred requests.
jest.setTimeout(30_000);

/** What Express makes without its automatic tags. */
function bareApp(): Express {
  return plainApp().set('etag', false);
}

function checkOf(app: Express, ...argv: string[]): Promise<Invocation> {
  return withServer(app, (port) => invoke(['check', `http://127.0.0.1:${port}/notes/1`, ...argv]));
}

const NO_TAG = 'it has no ETag: give the URL of a resource that has one';
const NO_DATE = 'it has no Last-Modified: give the URL of a resource that has one';
const NO_WRITES = 'it is not to be written: give --write';

describe('A claim of --features that cannot be checked', () => {
  test.each([
    {
      app: bareApp,
      features: 'If-None-Match,If-Match,304,412',
      message: `If-None-Match, If-Match, 304, 412 (${NO_TAG})`,
    },
    // If-Match: * alone is answered 200 by everybody.
    { app: bareApp, features: 'If-Match', message: `If-Match (${NO_TAG})` },
    {
      app: bareApp,
      features: 'If-Modified-Since,If-None-Match,If-Unmodified-Since',
      message: `If-Modified-Since, If-Unmodified-Since (${NO_DATE}); If-None-Match (${NO_TAG})`,
    },
    {
      app: plainApp,
      features: 'If-None-Match,304,If-Modified-Since',
      message: `If-Modified-Since (${NO_DATE})`,
    },
    {
      app: plainApp,
      features: 'If-Range',
      message: 'If-Range (it serves no ranges: give the URL of a resource that does)',
    },
    { app: plainApp, features: '428,If-None-Match,428', message: `428 (${NO_WRITES})` },
    { app: plainApp, features: 'If-Match,atomic writes', message: `atomic writes (${NO_WRITES})` },
    {
      app: plainApp,
      features: '304,If-Match',
      message: '304 (it does not claim If-None-Match: claim that, too)',
    },
  ])('exits with 2, and says why and what to do: $features', async ({ app, features, message }) => {
    const { status, out, err } = await checkOf(app(), '--features', features);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toBe(
      `http-preconditions: --features claims what cannot be checked: ${message}. Do so, or leave it out of --features.\n`,
    );
  });

  test('is told before that nothing applies', async () => {
    const { status, err } = await checkOf(plainApp(), '--features', '428', '--only', 'put.required');
    expect(status).toBe(2);
    expect(err).toContain(`428 (${NO_WRITES})`);
  });

  test('is listed', async () => {
    const { status, out } = await checkOf(bareApp(), '--features', 'If-None-Match,304', '--list');
    expect(status).toBe(0);
    expect(out).toMatch(/\n– 304\.date +.*; it has no ETag\)\n/);
  });

  test.each([
    { what: '--only does not ask for it', argv: ['--only', 'if-none-match.list'] },
    { what: '--skip leaves it out', argv: ['--skip', '*.required.*', '--skip', 'no-cache'] },
  ])('is none where $what', async ({ argv }) => {
    const { status, err } = await checkOf(plainApp(), '--features', 'If-None-Match,428', ...argv);
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  test('is none where --skip leaves out what could be checked', async () => {
    const argv = ['--features', 'If-Match,If-None-Match,304', '--skip', 'if-match', '--skip', 'match-over'];
    const { status, err } = await checkOf(plainApp(), ...argv, '--skip', 'no-cache');
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });
});

const server = throwing(new Error('The server was asked.'));
const isAsked = (): boolean => true;

describe('What a claim about writes lacks', () => {
  test.each([
    {
      lack: 'that conditions are required',
      features: ['428'],
      writes: {},
      message: '428 (it requires no condition: if it does, say so with "required" in the file of --write)',
    },
    {
      lack: 'a method',
      features: ['428'],
      writes: { methods: ['POST'], required: true },
      message: '428 (it has no PUT: if it has, name it among the "methods" in the file of --write)',
    },
    {
      lack: 'a strong tag',
      features: ['If-Match', 'atomic writes'],
      writes: { putCreates: false },
      message: 'atomic writes (it has no strong ETag: give the URL of a resource that has one)',
    },
    {
      lack: 'a path where nothing is yet',
      features: ['If-None-Match', 'atomic writes'],
      writes: { absent: undefined },
      message:
        'atomic writes (no path is named where nothing is yet: name one with "absent" in the file of --write)',
    },
    {
      lack: 'creation by PUT',
      features: ['If-None-Match', 'atomic writes'],
      writes: { putCreates: false },
      message:
        'atomic writes (PUT creates nothing: if it does, say so with "putCreates" in the file of --write)',
    },
  ] satisfies {
    features: Feature[];
    writes: Partial<Record<keyof Writes, unknown>>;
    [name: string]: unknown;
  }[])('is said: $lack', ({ features, writes, message }) => {
    const target = { ...ALL, etag: 'weak', server, features, writes: { ...ALL.writes, ...writes } };
    expect(() => expectCheckable(target as Target, isAsked)).toThrow(
      `claims what cannot be checked: ${message}. Do so`,
    );
  });
});

/** Has never heard of conditions. */
class DeafServer extends ReferenceServer {
  override evaluate(): Verdict {
    return 'performed';
  }

  override ifRange(_request: unknown, _current: Resource): boolean {
    return true;
  }
}

class DeafServerWithoutCreation extends DeafServer {
  override existence({ current }: Exchange): Reply | undefined {
    return current === undefined ? { status: 404 } : undefined;
  }
}

async function passedBy(deaf: ReferenceServer): Promise<string[]> {
  const target = referenceTarget(deaf);
  const ids: string[] = [];
  for (const { id } of CASES)
    if ((await failureOf({ ...target, writes: { ...target.writes!, required: true } }, id)) === undefined)
      ids.push(id);
  return ids;
}

/** Every way of putting one of the values of each member together. */
function combined(members: Readonly<Record<string, readonly unknown[]>>): object[] {
  return Object.entries(members).reduce<object[]>(
    (some, [name, values]) => some.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

const WRITES = combined({
  methods: [['PUT', 'PATCH', 'DELETE', 'POST'], ['PATCH'], ['POST']],
  absent: [() => '/absent', undefined],
  putCreates: [true, false],
  required: [false, true, 'tag'],
});

const ALL_FEATURES = Object.keys(FEATURES);

const TARGETS = combined({
  etag: ['strong', 'weak', undefined],
  lastModified: [true, false],
  ranges: [true, false],
  writes: [undefined, ...WRITES.map((writes) => ({ ...ALL.writes!, ...writes }))],
  features: [ALL_FEATURES, ...ALL_FEATURES.map((feature) => [feature])],
}).map((target): Target => ({ ...ALL, ...target, server }));

test('A claim cannot be checked exactly where a server that has never heard of conditions would pass', async () => {
  const passed = new Set([
    ...(await passedBy(new DeafServer())),
    ...(await passedBy(new DeafServerWithoutCreation())),
  ]);
  const featuresOf = new Map(CASES.map(({ id, features }) => [id, features]));
  for (const target of TARGETS) {
    const telling = conformance(target).filter(({ id, applies }) => applies && !passed.has(id));
    const told = new Set(telling.flatMap(({ id }) => featuresOf.get(id) ?? []));
    const unchecked = uncheckedClaims(target, isAsked).map(({ feature }) => feature);
    expect({ target, unchecked }).toEqual({
      target,
      unchecked: target.features!.filter((feature) => !told.has(feature)),
    });
  }
});

test('What to do is known for every reason', () => {
  const lacking = TARGETS.filter((target) => uncheckedClaims(target, isAsked).length > 0);
  expect(lacking).not.toEqual([]);
  for (const target of lacking)
    expect(() => expectCheckable(target, isAsked)).toThrow(/^(?!.*undefined).*cannot be checked/);
});
