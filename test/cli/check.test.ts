import { describe, expect, jest, test } from '@jest/globals';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { withServer } from '../helpers/server.js';
import { idsOf, invoke, parsed } from './invoke.js';
import { notesApp, plainApp } from './notes-app.js';

// Each check is some hundred requests.
jest.setTimeout(30_000);

/** What Express alone does otherwise than the RFC, of what a read shows. */
const PLAIN_DEVIATIONS = [
  'if-none-match.no-cache',
  'read.if-match.other',
  'read.if-match.head',
  'read.if-match.weak',
  'precedence.match-over-none-match',
  '412.explained',
  '412.not-cached',
];

describe.each(EXPRESS_VERSIONS)('check of an app with the middleware, $name', (version) => {
  test('exits with 0: everything that applies passes', async () => {
    const { app } = notesApp(version);
    await withServer(app, async (port) => {
      const { status, out, err } = await invoke(['check', `http://127.0.0.1:${port}/notes/1`]);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toMatch(/\n[5-9]\d passed, 0 failed, \d+ not applicable/);
    });
  });
});

describe.each(EXPRESS_VERSIONS)('check of Express alone, $name', (version) => {
  test('exits with 1, and explains what it does otherwise', async () => {
    await withServer(plainApp(version), async (port) => {
      const url = `http://127.0.0.1:${port}/notes/1`;
      const json = await invoke(['check', url, '--json']);
      expect(json.status).toBe(1);
      expect(idsOf(parsed(json), 'failed')).toEqual(PLAIN_DEVIATIONS);

      const { status, out } = await invoke(['check', url]);
      expect(status).toBe(1);
      for (const id of PLAIN_DEVIATIONS) expect(out).toContain(`\n✗ ${id} (`);
      expect(out).toMatch(/sent +GET \/notes\/1\n +If-Match: "not-.*\n +received +200\n/);
      expect(out).toContain(`${PLAIN_DEVIATIONS.length} failed`);
    });
  });

  test('exits with 0 when its deviations are left out as known', async () => {
    await withServer(plainApp(version), async (port) => {
      const known = PLAIN_DEVIATIONS.flatMap((id) => ['--skip', id]);
      const { status, out } = await invoke(['check', `http://127.0.0.1:${port}/notes/1`, ...known]);
      expect(status).toBe(0);
      expect(out).toMatch(new RegExp(`0 failed, \\d+ not applicable, ${PLAIN_DEVIATIONS.length} skipped`));
    });
  });
});

describe('check', () => {
  test('reads only: nothing but GET, HEAD and OPTIONS is sent', async () => {
    const { app, requests } = notesApp();
    await withServer(app, (port) => invoke(['check', `http://127.0.0.1:${port}/notes/1`]));
    const methods = new Set(requests.map((request) => request.split(' ')[0]));
    expect(methods).toEqual(new Set(['GET', 'HEAD', 'OPTIONS']));
  });

  test('says first what it has found', async () => {
    const { app } = notesApp();
    await withServer(app, async (port) => {
      const { out } = await invoke(['check', `http://127.0.0.1:${port}/notes/1#x`, '-H', 'Accept: */*']);
      const [heading = ''] = out.split('\n\n');
      expect(heading.replace(/\d{10}/, 'N').split('\n')).toEqual([
        `http://127.0.0.1:${port}/notes/1`,
        '  ETag           strong',
        '  Last-Modified  there',
        '  Ranges         not served',
        '  Not found      /notes/N',
        '  Sent along     Accept',
        '  Writes         not checked; --write says how to',
      ]);
    });
  });

  test('says last of a resource without ETag and Last-Modified that there was hardly anything to check', async () => {
    await withServer(plainApp().set('etag', false), async (port) => {
      const { status, out } = await invoke(['check', `http://127.0.0.1:${port}/notes/1`]);
      expect(status).toBe(0);
      expect(out).toMatch(
        /\n3 passed, 0 failed, \d+ not applicable .*\nThere was hardly anything to check: .*\n$/,
      );
    });
  });

  test.each([
    {
      who: 'anybody may read',
      isOpen: true,
      line: /– without credentials .* \(does not apply: anybody may read it\)/,
    },
    { who: 'nobody may read without them', isOpen: false, line: /✓ without credentials / },
  ])('finds out by itself whether credentials come first on reads: $who', async ({ isOpen, line }) => {
    const { app } = notesApp();
    await withServer(
      (req, res) => {
        if (isOpen || req.headers.authorization !== undefined) app(req, res);
        else res.writeHead(401).end();
      },
      async (port) => {
        const credentials = ['-H', 'Authorization: Bearer of-a-test'];
        const { status, out } = await invoke(['check', `http://127.0.0.1:${port}/notes/1`, ...credentials]);
        expect(status).toBe(0);
        expect(out).toMatch(line);
      },
    );
  });

  test('runs only what --only selects, by a part of an id or by a pattern', async () => {
    await withServer(plainApp(), async (port) => {
      const only = ['--only', 'validators', '--only', 'if-none-match.?ist', '--json'];
      const report = parsed(await invoke(['check', `http://127.0.0.1:${port}/notes/1`, ...only]));
      expect(report.cases.map(({ id, outcome }) => `${id}: ${outcome}`)).toEqual([
        'validators.etag: passed',
        'validators.stable: passed',
        'validators.last-modified: not-applicable',
        'if-none-match.list: passed',
      ]);
    });
  });

  test('leaves out what the API does not claim', async () => {
    await withServer(plainApp(), async (port) => {
      const claim = ['--features', 'if-none-match, 304', '--skip', 'no-cache'];
      const { status, out } = await invoke(['check', `http://127.0.0.1:${port}/notes/1`, ...claim]);
      expect(status).toBe(0);
      expect(out).toContain('– 6 cases (do not apply: it does not claim If-Match)');
    });
  });

  test.each([
    { level: 'must', status: 0 },
    { level: 'should', status: 1 },
    { level: 'may', status: 1 },
  ])('exits with $status for a should that fails with --level $level', async ({ level, status }) => {
    await withServer(plainApp(), async (port) => {
      const url = `http://127.0.0.1:${port}/notes/1`;
      const result = await invoke(['check', url, '--only', '412.explained', '--level', level]);
      expect(result.status).toBe(status);
      expect(result.out).toContain('0 passed, 1 failed');
      expect(result.out.includes('1 failure does not count')).toBe(status === 0);
    });
  });

  test('--list names the cases and whether they apply, and runs none', async () => {
    const { app, requests } = notesApp();
    await withServer(app, async (port) => {
      const { status, out } = await invoke(['check', `http://127.0.0.1:${port}/notes/1`, '--list']);
      expect(status).toBe(0);
      expect(out).toMatch(/\n {2}validators.etag +the resource has an ETag .*\(should\)\n/);
      expect(out).toMatch(/\n– if-range.other +If-Range with .*\(must; it serves no ranges\)\n/);
      expect(out).not.toMatch(/passed|failed,/);
    });
    // The resource, a range of it, and a path where nothing is.
    expect(requests).toHaveLength(3);
  });

  test('waits no longer than --timeout for an answer', async () => {
    await withServer(
      () => {},
      async (port) => {
        const start = performance.now();
        const { status, err } = await invoke(['check', `http://127.0.0.1:${port}/`, '--timeout', '50']);
        expect(status).toBe(2);
        expect(performance.now() - start).toBeLessThan(4000);
        expect(err).toMatch(
          /^http-preconditions: GET \/ gets no answer: no complete answer within the timeout of 50 ms\.\n$/,
        );
      },
    );
  });

  test('exits with 130 when it is interrupted, and reports what is known so far', async () => {
    const { app, requests } = notesApp();
    const ctrlC = new AbortController();
    await withServer(
      (req, res) => {
        if (req.method === 'OPTIONS') ctrlC.abort();
        app(req, res);
      },
      async (port) => {
        const url = `http://127.0.0.1:${port}/notes/1`;
        const result = await invoke(['check', url, '--json'], { interruption: ctrlC.signal });
        const report = parsed(result);
        expect(result.status).toBe(130);
        expect(result.err).toContain('Ending after the case that is under way');
        expect(report).toMatchObject({ interrupted: true, exitStatus: 130 });
        expect(idsOf(report, 'passed')).toContain('validators.stable');
        expect(idsOf(report, 'not-run')).toContain('if-none-match.current');
      },
    );
    // What was under way came to its end: OPTIONS without a condition, and with three.
    expect(requests.filter((request) => request.startsWith('OPTIONS'))).toHaveLength(4);
    expect(requests.at(-1)).toBe('OPTIONS /notes/1');
  });

  test('tells on a terminal what is under way, and takes it away again', async () => {
    await withServer(plainApp(), async (port) => {
      const url = `http://127.0.0.1:${port}/notes/1`;
      const { err } = await invoke(['check', url, '--only', 'stable'], { isTTY: true });
      expect(err).toBe(
        '\r\u001b[2K1/1 two answers have the same validators while nothing changes\r\u001b[2K',
      );
    });
  });
});
