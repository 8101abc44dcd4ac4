import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { withServer } from '../helpers/server.js';
import { idsOf, invoke, type Invocation, parsed } from './invoke.js';
import { notesApp, plainApp } from './notes-app.js';

// Each check is some hundred requests.
jest.setTimeout(30_000);

const FOLDER = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

const DECLARATION = {
  methods: ['PUT', 'PATCH', 'DELETE'],
  create: { path: '/notes', content: { text: 'note {n}' } },
  content: { text: 'note {n}' },
  absent: '/notes/{random}',
  putCreates: true,
};

/** Checks the notes under a declaration, or what a file with other text says. */
async function checkWith(declaration: unknown, port: number, ...more: string[]): Promise<Invocation> {
  const file = join(FOLDER, 'writes.json');
  writeFileSync(file, typeof declaration === 'string' ? declaration : JSON.stringify(declaration));
  return invoke(['check', `http://127.0.0.1:${port}/notes/1`, '--json', '--write', file, ...more]);
}

describe('check --write with a declaration', () => {
  test('checks the writes, passes an app with the middleware, and leaves nothing behind', async () => {
    const { app, ids } = notesApp();
    await withServer(app, async (port) => {
      const result = await checkWith(DECLARATION, port);
      const report = parsed(result);
      expect(idsOf(report, 'failed')).toEqual([]);
      expect(result.status).toBe(0);
      expect(report.found['writes']).toEqual(['PUT', 'PATCH', 'DELETE']);
      for (const id of ['put.if-match.other', 'patch.race', 'delete.if-match.weak', 'put.absent.race'])
        expect(idsOf(report, 'passed')).toContain(id);
      expect(idsOf(report, 'not-applicable')).toContain('put.required.none');
    });
    expect(ids()).toEqual(['1']);
  });

  test.each([
    {
      what: 'a member of the answer',
      create: { ...DECLARATION.create, at: '/notes/{data.id}' },
      made: /^DELETE \/notes\/2$/,
    },
    {
      what: 'PUT to a new path',
      create: { method: 'PUT', path: '/notes/{uuid}', content: { text: '{n}' } },
      made: /^DELETE \/notes\/[\da-f]{8}-[\da-f-]{27}$/,
    },
  ])('finds what it has made through $what', async ({ create, made }) => {
    const { app, ids, requests } = notesApp();
    await withServer(app, async (port) => {
      const result = await checkWith({ ...DECLARATION, create }, port, '--only', 'put.if-match');
      expect({ status: result.status, err: result.err }).toEqual({ status: 0, err: '' });
    });
    expect(requests).toContainEqual(expect.stringMatching(made));
    expect(ids()).toEqual(['1']);
  });

  test('lets what it has made stay with "remove": false', async () => {
    const { app, ids } = notesApp();
    await withServer(app, (port) =>
      checkWith({ ...DECLARATION, remove: false }, port, '--only', 'put.if-match.other'),
    );
    // One to see whether it works, and one of the case.
    expect(ids()).toEqual(['1', '2', '3']);
  });

  test('sends each method its own content, with its media type', async () => {
    const seen: string[] = [];
    const app = express();
    app.use(express.text({ type: () => true }));
    app.use('/notes', (req, res) => {
      seen.push(`${req.method} ${req.headers['content-type']} ${req.body}`);
      res
        .status(req.method === 'POST' ? 201 : 200)
        .location('/notes/2')
        .end('note');
    });
    const content = {
      PUT: { type: 'text/plain', body: 'text {n}' },
      PATCH: { type: 'application/merge-patch+json', body: { list: ['{n}', 7, null] } },
    };
    await withServer(app, (port) =>
      checkWith(
        { ...DECLARATION, content },
        port,
        '--only',
        'put.if-match.star',
        '--only',
        'patch.if-match.star',
      ),
    );
    expect(seen).toContainEqual(expect.stringMatching(/^POST application\/json {"text":"note 100001"}$/));
    expect(seen).toContainEqual(expect.stringMatching(/^PUT text\/plain text \d+$/));
    expect(seen).toContainEqual(
      expect.stringMatching(/^PATCH application\/merge-patch\+json {"list":\["\d+",7,null\]}$/),
    );
  });

  test('--list makes nothing', async () => {
    const { app, requests } = notesApp();
    await withServer(app, (port) => checkWith(DECLARATION, port, '--list'));
    expect(requests.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  test('creates and takes away under a condition, where that is required', async () => {
    const { app, ids } = notesApp();
    await withServer(
      (req, res) => {
        const isConditional = 'if-match' in req.headers || 'if-none-match' in req.headers;
        if (/PUT|DELETE/.test(req.method ?? '') && !isConditional) res.writeHead(428).end('If-Match');
        else app(req, res);
      },
      async (port) => {
        const create = { method: 'PUT', path: '/notes/{random}', content: { text: '{n}' } };
        const result = await checkWith({ ...DECLARATION, create, required: true }, port, '--only', 'put.r*');
        expect(result.status).toBe(0);
        expect(idsOf(parsed(result), 'passed')).toContain('put.required.none');
      },
    );
    expect(ids()).toEqual(['1']);
  });
});

test('What has a weak tag is taken away under If-Match: *', async () => {
  const paths = new Set(['/notes/1', '/notes/2']);
  await withServer(
    ({ method, url = '', headers }, res) => {
      if (method === 'POST') res.writeHead(201, { Location: '/notes/2' }).end();
      else if (!paths.has(url)) res.writeHead(404).end();
      else if (method !== 'DELETE') res.writeHead(200, { ETag: 'W/"1"' }).end();
      else if (headers['if-match'] !== '*') res.writeHead(412).end();
      else res.writeHead(paths.delete(url) ? 204 : 500).end();
    },
    async (port) => {
      const { err } = await checkWith(DECLARATION, port, '--only', 'validators');
      expect(err).toBe('');
    },
  );
  expect([...paths]).toEqual(['/notes/1']);
});

describe('check --write of an app that requires a tag in If-Match', () => {
  const { methods } = DECLARATION;
  const options = { required: methods, requireTag: true };

  test.each([
    { required: 'tag', status: 0, failed: [] },
    {
      required: true,
      status: 1,
      failed: ['put.if-match.star', 'patch.if-match.star', 'delete.if-match.star'],
    },
  ])('exits with $status where the declaration says "required": $required', async (row) => {
    const { app, ids } = notesApp({ options });
    await withServer(app, async (port) => {
      const result = await checkWith({ ...DECLARATION, required: row.required }, port);
      const report = parsed(result);
      expect(result.status).toBe(row.status);
      expect(idsOf(report, 'failed')).toEqual(expect.arrayContaining(row.failed));
      expect(idsOf(report, 'failed').length > 0).toBe(row.failed.length > 0);
      for (const method of methods)
        expect(idsOf(report, 'passed')).toContain(`${method.toLowerCase()}.required.none`);
    });
    expect(ids()).toEqual(['1']);
  });
});

describe('check --write is refused', () => {
  const { methods, create, content } = DECLARATION;

  test.each([
    { what: 'no JSON', declaration: '{ methods', message: 'writes.json cannot be loaded: ' },
    { what: 'a list', declaration: [], message: 'expected an object with methods, putCreates' },
    { what: 'a misspelt member', declaration: { metods: methods }, message: 'Did you mean "methods"?' },
    { what: 'no methods', declaration: { create, content }, message: /expected "methods" .*; got nothing\./ },
    {
      what: 'methods in lower case',
      declaration: { methods: ['put'] },
      message: /some of PUT.*; got \["put"\]/,
    },
    { what: 'no creation', declaration: { methods, content }, message: 'expected "create" to be an object' },
    {
      what: 'a creation without a path',
      declaration: { methods, content, create: { method: 'POST' } },
      message: '"create": expected "path" to be a path such as "/notes"; got nothing.',
    },
    {
      what: 'a PUT that would always make the same',
      declaration: { methods, content, create: { method: 'PUT', path: '/notes/2' } },
      message:
        'expected "path" to be a path with {random} or {uuid}, such as "/notes/{random}"; got "/notes/2"',
    },
    {
      what: 'no content',
      declaration: { methods, create },
      message: 'expected "content" to be content with {n}',
    },
    {
      what: 'content that is always the same',
      declaration: { methods, create, content: { text: 'note' } },
      message: 'expected "content" to be content with {n}, so that each write differs',
    },
    {
      what: 'content for one of two methods',
      declaration: { methods, create, content: { PUT: '{n}' } },
      message: 'or one such for each of the methods',
    },
    {
      what: 'an absent path that may be there the next time',
      declaration: { ...DECLARATION, absent: '/notes/none' },
      message: 'expected "absent" to be a path with {random}',
    },
    {
      what: 'a flag in quotes',
      declaration: { ...DECLARATION, putCreates: 'yes' },
      message: 'expected "putCreates" to be true or false; got "yes".',
    },
    {
      what: 'something else that is required',
      declaration: { ...DECLARATION, required: 'date' },
      message: 'expected "required" to be true, false or "tag"; got "date".',
    },
  ])('for $what, before anything is sent', async ({ declaration, message }) => {
    const { app, requests } = notesApp();
    await withServer(app, async (port) => {
      const { status, err } = await checkWith(declaration, port);
      expect(status).toBe(2);
      expect(err).toMatch(/^http-preconditions: .+\n$/);
      expect(err).toMatch(message);
    });
    expect(requests).toEqual([]);
  });

  test('for a file that is not there', async () => {
    const { status, err } = await invoke(['check', 'http://127.0.0.1:9/', '--write', 'none.json']);
    expect(status).toBe(2);
    expect(err).toMatch(/^http-preconditions: none\.json cannot be loaded: ENOENT.*\n$/);
  });

  test('where nothing can be made', async () => {
    await withServer(plainApp(), async (port) => {
      const { status, err } = await checkWith(DECLARATION, port);
      expect(status).toBe(2);
      expect(err).toContain('create: POST /notes is answered 404, expected success (2xx).');
    });
  });

  test.each([
    {
      what: 'there is no Location',
      fields: {},
      message: 'POST /notes is answered 201 without Location: "at" has to say',
    },
    {
      what: 'Location is the resource that is checked',
      fields: { Location: '/notes/1' },
      message: 'create gave /notes/1, the resource that is checked and has to stay',
    },
    {
      what: 'nothing is where Location says',
      fields: { Location: '/notes/9' },
      message: 'reading what create has made: expected 200',
    },
  ])('where $what', async ({ fields, message }) => {
    await withServer(
      (req, res) => {
        if (req.method === 'POST') res.writeHead(201, fields).end();
        else res.writeHead(req.url === '/notes/1' ? 200 : 404, { ETag: '"1"' }).end();
      },
      async (port) => {
        const { status, err } = await checkWith(DECLARATION, port);
        expect(status).toBe(2);
        expect(err).toContain(message);
      },
    );
  });

  test('where the answer does not have what "at" asks for', async () => {
    await withServer(notesApp().app, async (port) => {
      const at = '/notes/{id}';
      const { err } = await checkWith({ ...DECLARATION, create: { ...create, at } }, port);
      expect(err).toContain('the answer has no string or number "id", which "at" asks for');
    });
  });

  test('where what was made cannot be taken away', async () => {
    const { app } = notesApp();
    await withServer(
      (req, res) => {
        if (req.method === 'DELETE') res.writeHead(405).end();
        else app(req, res);
      },
      async (port) => {
        const { status, err } = await checkWith(DECLARATION, port);
        expect(status).toBe(2);
        expect(err).toContain(
          'remove: DELETE /notes/2 is answered 405, expected success (2xx); "remove": false',
        );
      },
    );
  });

  test('where Location leads to another host, which is sent nothing', async () => {
    let visits = 0;
    await withServer(
      () => {
        visits += 1;
      },
      async (elsewhere) => {
        const { app } = notesApp();
        const there = `http://127.0.0.1:${elsewhere}/notes/2`;
        await withServer(
          (req, res) => {
            if (req.method === 'POST') res.writeHead(201, { Location: there }).end();
            else app(req, res);
          },
          async (port) => {
            const { status, err } = await checkWith(DECLARATION, port);
            expect(status).toBe(2);
            expect(err).toContain(`Expected a path on http://127.0.0.1:${port}, got ${there}`);
          },
        );
      },
    );
    expect(visits).toBe(0);
  });
});
