/** What examples/openapi.ts describes is valid OpenAPI, and what an API does: nothing less, and nothing more. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import express from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import { type Api, conformance } from 'http-preconditions/testing';
import request from 'supertest';
import { conditional, conditionalComponents, type Conditions, type Method } from '../../examples/openapi.js';
import { withFiles } from '../helpers/scripts.js';

const VALIDATOR = join(
  __dirname,
  '../../node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js',
);

const own = { 200: { description: 'The note.' }, 404: { description: 'There is none.' } };
const operations = {
  get: conditional('get', { responses: own }),
  put: conditional(
    'put',
    { responses: { 200: { description: 'Replaced.' }, 201: { description: 'Created.' } } },
    { required: true, creates: true },
  ),
  patch: conditional('patch', { responses: own }, { required: true, updated: true }),
  delete: conditional('delete', { responses: own }, { malformed: 400 }),
};
type Operations = keyof typeof operations;

const DESCRIBED: readonly string[] = Object.entries(operations).flatMap(([method, { responses }]) =>
  Object.keys(responses).map((status) => `${method} ${status}`),
);

const describing = (paths: object): object => ({
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  components: conditionalComponents,
  paths,
});

/** An API that does as described. */
function notesApi(seen: Set<string> = new Set()): express.Express {
  const notes = new Map([['1', { text: 'Hello', version: 1 }]]);
  const byVersion = fromVersion(
    (req: express.Request<{ id: string }>) => notes.get(req.params.id) ?? null,
    (note) => note.version,
  );
  const current = preconditions(byVersion, { required: ['PUT', 'PATCH'] });
  const app = express().use((req, res, next) => {
    res.on('finish', () => seen.add(`${req.method.toLowerCase()} ${res.statusCode}`));
    next();
  });
  app.get('/notes/:id', current, ({ precondition: { version } }, res) => {
    if (version) res.json({ text: version.resource.text });
    else res.sendStatus(404);
  });
  app.put('/notes/:id', current, express.json(), ({ params: { id }, body, precondition }, res) => {
    const before = precondition.version?.resource;
    if (notes.get(id) !== before) return precondition.fail();
    notes.set(id, { text: String(body.text), version: (before?.version ?? 0) + 1 });
    res.status(before ? 200 : 201).json({});
  });
  app.patch('/notes/:id', current, express.json(), ({ params: { id }, body, precondition }, res) => {
    const before = precondition.version?.resource;
    if (!before) return void res.sendStatus(404);
    if (notes.get(id) !== before) return precondition.fail();
    const note = { text: String(body.text), version: before.version + 1 };
    notes.set(id, note);
    precondition.updated(byVersion.versionOf(note));
    res.json({});
  });
  app.delete('/notes/:id', preconditions(byVersion, { malformed: 400 }), ({ params: { id } }, res) => {
    if (notes.delete(id)) res.json({});
    else res.sendStatus(404);
  });
  return app;
}

function validated(description: object): { status: number | null; output: string } {
  let result = { status: null as number | null, output: '' };
  withFiles({ 'api.json': JSON.stringify(description) }, (folder) => {
    const { status, stdout } = spawnSync(process.execPath, [VALIDATOR, join(folder, 'api.json')], {
      encoding: 'utf8',
    });
    result = { status, output: stdout };
  });
  return result;
}

describe('The description', () => {
  test('is valid OpenAPI 3.1, with every member that may be added', () => {
    const methods: readonly Method[] = ['get', 'head', 'put', 'patch', 'delete', 'post'];
    const all: Conditions = { required: true, malformed: 400, creates: true, updated: true };
    const full = Object.fromEntries(
      methods.map((method) => [method, conditional(method, { responses: own }, all)]),
    );
    expect(validated(describing({ '/notes': operations, '/full': full }))).toMatchObject({ status: 0 });
  });

  test('would be found not to be, if it were not', () => {
    expect(validated(describing({ '/notes': { get: { parameters: 1 } } }))).toMatchObject({ status: 1 });
  });

  test('leads nowhere else than to its components', () => {
    const refs = JSON.stringify(describing({ '/notes': operations })).matchAll(
      /"\$ref":"#\/components\/(\w+)\/(\w+)"/g,
    );
    const missing = [...refs].filter(
      ([, kind, name]) => !Object.hasOwn(conditionalComponents[kind as 'headers'], name!),
    );
    expect(missing).toEqual([]);
  });

  test('keeps what the operation says', () => {
    const parameters = [{ name: 'id', in: 'path' }];
    const {
      operationId,
      parameters: all,
      responses,
    } = conditional('put', { operationId: 'x', parameters, responses: own });
    expect({ operationId, first: all[0], responses }).toMatchObject({
      operationId: 'x',
      first: parameters[0],
      responses: own,
    });
  });
});

describe('What the operation says itself', () => {
  const all: Conditions = { required: true, malformed: 400, creates: true, updated: true };
  const ref = { $ref: '#/components/responses/Note' };

  test.each([
    { method: 'get', status: 304 },
    { method: 'put', status: 400 },
    { method: 'put', status: 412 },
    { method: 'patch', status: 428 },
    { method: 'delete', status: 404 },
  ] as const)('stays: the $status of $method', ({ method, status }) => {
    for (const response of [{ description: 'Its own.' }, ref]) {
      const { responses } = conditional(method, { responses: { [status]: response } }, all);
      expect(responses[status]).toBe(response);
    }
  });

  test.each([
    { method: 'get', conditions: {} },
    { method: 'put', conditions: { updated: true } },
  ] as const)('cannot get an ETag beside a reference: the 200 of $method', ({ method, conditions }) => {
    expect(() => conditional(method, { responses: { 200: ref } }, conditions)).toThrow(
      'Expected the response 200 itself, received a $ref, #/components/responses/Note',
    );
  });

  test('may be a $ref where no ETag is to be added', () => {
    const { responses } = conditional('put', { responses: { 200: ref, 404: ref } });
    expect(responses).toMatchObject({ 200: ref, 404: ref });
  });
});

interface Provoked {
  readonly method: Operations;
  readonly id?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly status: number;
}

const PROVOKED: readonly Provoked[] = [
  { method: 'get', status: 200 },
  { method: 'get', id: 'none', status: 404 },
  { method: 'get', fields: { 'If-None-Match': '"1"' }, status: 304 },
  { method: 'get', fields: { 'If-Match': '"0"' }, status: 412 },
  { method: 'put', fields: { 'If-Match': '"1"' }, status: 200 },
  { method: 'put', id: '2', fields: { 'If-None-Match': '*' }, status: 201 },
  { method: 'put', fields: { 'If-Match': '"0"' }, status: 412 },
  { method: 'put', fields: { 'If-Match': '0' }, status: 412 },
  { method: 'put', fields: { 'If-None-Match': '*' }, status: 412 },
  { method: 'put', status: 428 },
  { method: 'patch', fields: { 'If-Match': '"1"' }, status: 200 },
  { method: 'patch', id: 'none', fields: { 'If-None-Match': '"1"' }, status: 404 },
  { method: 'patch', fields: { 'If-Unmodified-Since': 'never' }, status: 428 },
  { method: 'patch', fields: { 'If-Match': '"0"' }, status: 412 },
  { method: 'delete', status: 200 },
  { method: 'delete', id: 'none', status: 404 },
  { method: 'delete', fields: { 'If-Match': '0' }, status: 400 },
  { method: 'delete', fields: { 'If-Match': '"0"' }, status: 412 },
];

interface Described {
  readonly headers?: object;
  readonly content?: {
    'application/problem+json': { schema: { allOf: [object, { properties: Schema['properties'] }] } };
  };
}

function describedOf(method: Operations, status: number): Described | undefined {
  const response = operations[method].responses[status];
  const [, name = ''] = /responses\/(\w+)/.exec(String((response as { $ref?: string })?.$ref)) ?? [];
  return conditionalComponents.responses[name] ?? response;
}

interface Schema {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, { const?: unknown; enum?: readonly unknown[] }>>;
}

/** What in the body is not as the schema says. */
function faultsOf(body: Readonly<Record<string, unknown>>, narrower: Schema['properties']): string[] {
  const { required, properties } = conditionalComponents.schemas['PreconditionProblem'] as Schema;
  const missing = required.filter((name) => !(name in body));
  const wrong = Object.entries(body).filter(([name, value]) => {
    const { const: only, enum: allowed = [only ?? value] } = { ...properties[name], ...narrower[name] };
    return !(name in properties) || !allowed.includes(value);
  });
  return [...missing, ...wrong.map(([name]) => name)];
}

describe('The API does as described', () => {
  test.each(PROVOKED)('$method $fields: $status', async ({ method, id = '1', fields = {}, status }) => {
    const sent = request(notesApi())[method](`/notes/${id}`).set(fields);
    const response = await (method === 'get' ? sent : sent.send({}));
    const described = describedOf(method, status);
    expect(response.status).toBe(status);
    expect(described).toBeDefined();
    const names = Object.keys(described?.headers ?? {}).map((name) => name.toLowerCase());
    expect(Object.keys(response.headers)).toEqual(expect.arrayContaining(names));
    expect('etag' in response.headers).toBe(names.includes('etag'));
    const schema = described?.content?.['application/problem+json'].schema;
    expect(response.type === 'application/problem+json').toBe(schema !== undefined);
    expect(schema ? faultsOf(response.body, schema.allOf[1].properties) : []).toEqual([]);
  });

  test('every response that is described was provoked', () => {
    const provoked = new Set(PROVOKED.map(({ method, status }) => `${method} ${status}`));
    expect(DESCRIBED.filter((each) => !provoked.has(each))).toEqual([]);
  });

  test('no other response comes, whatever the test kit asks', async () => {
    const seen = new Set<string>();
    const path = (): string => `/notes/${randomUUID()}`;
    const cases = conformance({
      server: notesApi(seen),
      path: '/notes/1',
      absentPath: '/notes/none',
      etag: 'strong',
      writes: {
        methods: ['PUT', 'PATCH'],
        async create(api: Api) {
          const created = path();
          await api.send('PUT', created, [['If-None-Match', '*']], { text: 'new' });
          return created;
        },
        remove: () => undefined,
        content: (n) => ({ text: `text ${n}` }),
        absent: path,
        putCreates: true,
        required: true,
      },
    });
    for (const { applies, run } of cases) if (applies) await run();
    const others = [...seen].filter((each) => !/^(head|options) /.test(each) && !DESCRIBED.includes(each));
    expect(seen.size).toBeGreaterThan(10);
    expect(others).toEqual([]);
  });
});
