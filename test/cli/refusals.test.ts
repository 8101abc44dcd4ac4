import { describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { CLOSED_PORT, withServer } from '../helpers/server.js';
import { invoke } from './invoke.js';
import { plainApp } from './notes-app.js';

const URL_GIVEN = 'http://127.0.0.1:9/notes/1';

/** One line, no stack, nothing on stdout, exit status 2. */
async function expectRefusal(argv: readonly string[], message: string | RegExp): Promise<void> {
  const { status, out, err } = await invoke(argv);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(/^http-preconditions: .+\n$/);
  expect(err).toMatch(message);
}

/** A server that answers every request with the status. */
function answering(status: number, fields: Record<string, string> = {}): RequestListener {
  return (_req, res) => {
    res.writeHead(status, fields).end();
  };
}

describe('A command line that cannot be right is refused', () => {
  test.each([
    { argv: [], message: 'Expected a command: http-preconditions check URL.' },
    { argv: ['chek', URL_GIVEN], message: 'Expected the command check, got another.' },
    { argv: [URL_GIVEN], message: 'Expected the command before the URL' },
    { argv: ['check'], message: 'Expected the URL of a resource behind check, got none.' },
    { argv: ['check', '127.0.0.1:9/notes/1'], message: 'begins with http:// or https://' },
    { argv: ['check', 'localhost:9/notes/1'], message: 'begins with http:// or https://' },
    { argv: ['check', 'file:///etc/passwd'], message: 'begins with http:// or https://' },
    { argv: ['check', URL_GIVEN, 'and', 'more'], message: 'Expected one URL behind check, got 3 words' },
    { argv: ['check', 'http://me@127.0.0.1:9/'], message: "Expected a URL without a user's name" },
    { argv: ['check', 'http://:pw@127.0.0.1:9/'], message: "Expected a URL without a user's name" },
    { argv: ['--josn'], message: 'There is no option --josn. Did you mean --json?' },
    { argv: ['--frobnicate'], message: 'There is no option --frobnicate. See' },
    { argv: ['-x'], message: 'There is no option -x. See' },
    { argv: ['--timeout'], message: "'--timeout <value>' argument missing. See" },
    { argv: ['--timeout', '--json'], message: "To specify an option argument starting with a dash use '--" },
    { argv: ['--list=yes'], message: "'--list' does not take an argument" },
    { argv: ['--timeout', 'soon'], message: 'Expected a number of milliseconds for --timeout' },
    { argv: ['--timeout', '0'], message: 'such as 5000, got "0"' },
    { argv: ['--timeout', '1e12'], message: 'such as 5000, got "1e12"' },
    { argv: ['--level', 'shall'], message: 'Expected must, should or may for --level, got "shall".' },
    { argv: ['--absent', 'none'], message: 'Expected a path for --absent, such as /notes/none, got "none".' },
    { argv: ['--absent', '//elsewhere/none'], message: 'Expected a path for --absent' },
    { argv: ['--features', '412,if-nonematch'], message: 'Did you mean If-None-Match?' },
    { argv: ['--features', 'everything'], message: /Expected some of .*If-None-Match, If-Modified-Since/ },
    { argv: ['-H', 'If-Match: *'], message: 'The field If-Match cannot be given with -H' },
    { argv: ['-H', 'content-type: text/plain'], message: 'The field content-type cannot be given with -H' },
    { argv: ['-H', 'Accept: a\r\nHost: b'], message: 'a name, a colon, and a value of one line' },
    { argv: ['-H', 'Accept: \u20ac'], message: 'a name, a colon, and a value of one line' },
  ])('$argv', async ({ argv, message }) => {
    const isOption = argv[0]?.startsWith('-') ?? false;
    await expectRefusal(isOption ? ['check', URL_GIVEN, ...argv] : argv, message);
  });

  test('without repeating what may be a secret', async () => {
    const secret = 's3cr3t-value';
    const lines = [
      ['check', URL_GIVEN, '-H', `Authorization ${secret}`],
      ['check', URL_GIVEN, '-H', 'Authorization:', 'Bearer', secret],
      ['check', `http://me:${secret}@127.0.0.1:9/notes/1`],
      ['check', URL_GIVEN, `--token=${secret}`],
      ['check', URL_GIVEN, '-H', `If-Match: ${secret}`],
      [`--${secret.slice(0, 1)}`, secret],
      [secret],
    ];
    for (const argv of lines) {
      const { status, out, err } = await invoke(argv);
      expect(status).toBe(2);
      expect(out + err).not.toContain(secret);
    }
  });
});

describe('A resource that cannot be checked is named on one line', () => {
  test('nothing listens there', async () => {
    await expectRefusal(
      ['check', `http://127.0.0.1:${CLOSED_PORT}/notes/1`],
      `GET /notes/1 gets no answer: connect ECONNREFUSED 127.0.0.1:${CLOSED_PORT}.`,
    );
  });

  test('a redirect, with where it leads, which is not followed', async () => {
    let visits = 0;
    await withServer(
      () => {
        visits += 1;
      },
      async (elsewhere) => {
        const there = `http://127.0.0.1:${elsewhere}/notes/1`;
        await withServer(answering(308, { Location: there }), async (port) => {
          await expectRefusal(
            ['check', `http://127.0.0.1:${port}/notes/1`],
            `is answered 308 and leads to ${there}, which is not followed: check that URL instead.`,
          );
        });
      },
    );
    expect(visits).toBe(0);
  });

  test('a redirect to a path, as a whole URL', async () => {
    await withServer(answering(302, { Location: '../login' }), async (port) => {
      const origin = `http://127.0.0.1:${port}`;
      await expectRefusal(['check', `${origin}/notes/1`], `leads to ${origin}/login, which`);
    });
  });

  test.each([
    { status: 401, message: 'it wants credentials, or others' },
    { status: 403, message: 'it wants credentials, or others' },
    { status: 404, message: 'expected 200: name a resource that exists' },
    { status: 503, message: 'is answered 503, expected 200' },
  ])('$status', async ({ status, message }) => {
    await withServer(answering(status), (port) =>
      expectRefusal(['check', `http://127.0.0.1:${port}/notes/1`], message),
    );
  });

  test('a redirect to nowhere, without what would move the cursor', async () => {
    await withServer(answering(302, { Location: 'http://[\u009b2J' }), async (port) => {
      const { err } = await invoke(['check', `http://127.0.0.1:${port}/`]);
      expect(err).toContain('leads to http://[\\x9b2J, which');
    });
  });

  test('a path that --absent names, and that is there', async () => {
    await withServer(plainApp(), (port) =>
      expectRefusal(
        ['check', `http://127.0.0.1:${port}/notes/1`, '--absent', '/notes/1'],
        'GET /notes/1 is answered 200, expected 404',
      ),
    );
  });

  test.each([
    { argv: ['--only', 'put.'], message: 'none applies: nothing was checked' },
    { argv: ['--only', 'if-none-mach'], message: '--only if-none-mach selects no case' },
    { argv: ['--skip', 'if-match*'], message: '--skip if-match* selects no case' },
    { argv: ['--junit', '/no/such/folder/report.xml'], message: 'cannot be written to /no/such/folder' },
  ])('$argv', async ({ argv, message }) => {
    await withServer(plainApp(), async (port) => {
      const result = await invoke(['check', `http://127.0.0.1:${port}/notes/1`, ...argv]);
      expect(result.status).toBe(2);
      expect(result.err).toContain(message);
    });
  });
});
