import { describe, expect, jest, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { CLOSED_PORT, withServer } from '../helpers/server.js';
import { type Running, useBuiltCommand } from './built-command.js';
import type { Invocation } from './invoke.js';
import { notesApp, plainApp } from './notes-app.js';

// Each check is some hundred requests.
jest.setTimeout(30_000);

const command = useBuiltCommand();

function execute(...argv: readonly string[]): Promise<Invocation> {
  return command.start(argv).ended;
}

/** The app, which calls something each time when an OPTIONS comes: one case sends several, after others have passed. */
function onOptions(app: RequestListener, call: () => void): RequestListener {
  return (req, res) => {
    if (req.method === 'OPTIONS') call();
    app(req, res);
  };
}

describe('The command as a process', () => {
  test('is found by a shell: it begins with #! and the name of Node', () => {
    const [line] = readFileSync(command.file, 'utf8').split('\n');
    expect(line).toBe('#!/usr/bin/env node');
    const { bin } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
      readonly bin: object;
    };
    expect(bin).toEqual({ 'http-preconditions': 'dist/esm/cli/main.js' });
  });

  test('exits with 0 when all passes, with 1 when something fails, with 2 when it cannot check', async () => {
    await withServer(notesApp().app, async (port) => {
      const { status, out, err } = await execute('check', `http://127.0.0.1:${port}/notes/1`);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toContain(' passed, 0 failed, ');
    });
    await withServer(plainApp(), async (port) => {
      const { status, out } = await execute('check', `http://127.0.0.1:${port}/notes/1`);
      expect(status).toBe(1);
      expect(out).toContain('✗ if-none-match.no-cache');
    });
    const { status, out, err } = await execute('check', `http://127.0.0.1:${CLOSED_PORT}/notes/1`);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^http-preconditions: GET \/notes\/1 gets no answer: connect ECONNREFUSED .*\n$/);
  });

  test('says of a name with several addresses why none answers', async () => {
    const { status, err } = await execute('check', `http://localhost:${CLOSED_PORT}/notes/1`);
    expect(status).toBe(2);
    expect(err).toContain('connect ECONNREFUSED');
  });

  test('ends by Ctrl-C with 130, and with what is known', async () => {
    let running: Running | undefined;
    let isFirst = true;
    const listener = onOptions(notesApp().app, () => {
      if (isFirst) running?.interrupt();
      isFirst = false;
    });
    await withServer(listener, async (port) => {
      running = command.start(['check', `http://127.0.0.1:${port}/notes/1`]);
      const { status, out, err } = await running.ended;
      expect(status).toBe(130);
      expect(err).toContain('Ctrl-C again ends at once');
      expect(out).toContain('✓ two answers have the same validators while nothing changes');
      expect(out).toMatch(/Interrupted: .*\n\d+ passed, 0 failed, \d+ not applicable, \d+ not run/);
    });
  });

  test('ends at once by a second Ctrl-C', async () => {
    let running: Running | undefined;
    const listener = onOptions(notesApp().app, () => running?.interrupt());
    await withServer(listener, async (port) => {
      running = command.start(['check', `http://127.0.0.1:${port}/notes/1`]);
      // The signal has ended it, which is no status.
      expect(await running.ended).toMatchObject({ status: null, out: '' });
    });
  });

  test('ends quietly when nobody reads on', async () => {
    await withServer(plainApp(), async (port) => {
      const running = command.start(['check', `http://127.0.0.1:${port}/notes/1`]);
      running.closeOutput();
      const { status, err } = await running.ended;
      expect({ status, err }).toEqual({ status: 1, err: '' });
    });
  });

  test.each([
    { name: 'writes.mjs', exporting: 'export default ' },
    { name: 'writes.cjs', exporting: 'module.exports = ' },
  ])('takes a declaration in JavaScript, $name', async ({ name, exporting }) => {
    const file = join(command.folder, name);
    writeFileSync(
      file,
      `${exporting}{
        methods: ['PUT'],
        async create(api) {
          const answer = await api.send('POST', '/notes', [], { text: 'new' });
          return answer.field('Location');
        },
        remove: (path, api) => api.send('DELETE', path),
        content: (n) => ({ text: 'note ' + n }),
      };`,
    );
    const { app, ids } = notesApp();
    await withServer(app, async (port) => {
      const { status, out, err } = await execute(
        'check',
        `http://127.0.0.1:${port}/notes/1`,
        '--write',
        file,
        '--only=put.if-match',
      );
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toContain('  Writes         PUT\n');
      expect(out).toContain('✓ PUT with the current tag in If-Match is performed');
    });
    expect(ids()).toEqual(['1']);
  });

  test('takes "required": "tag" from JavaScript', async () => {
    const file = join(command.folder, 'required.mjs');
    writeFileSync(
      file,
      `export default {
        methods: ['PATCH'],
        create: async (api) => (await api.send('POST', '/notes', [], { text: 'new' })).field('Location'),
        content: (n) => ({ text: 'note ' + n }),
        required: 'tag',
      };`,
    );
    const { app } = notesApp({ options: { required: ['PATCH'], requireTag: true } });
    await withServer(app, async (port) => {
      const argv = [`http://127.0.0.1:${port}/notes/1`, '--write', file, '--only=patch.'];
      const { status, out, err } = await execute('check', ...argv);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toContain('✓ PATCH without a condition is 428');
      expect(out).toContain('it requires a tag in If-Match');
    });
  });

  test.each([
    { text: 'export const writes = {};', message: 'expected an object with methods,' },
    { text: 'export default { methods: "PUT" };', message: 'expected "methods" to be a list' },
    {
      text: 'export default { methods: ["PUT"], create: 5 };',
      message: '"create" to be a function that makes',
    },
    {
      text: 'export default { methods: ["PUT"], required: "date" };',
      message: '"required" to be true, false or "tag"',
    },
    { text: 'export default {', message: 'cannot be loaded: ' },
    { text: 'throw new Error("not today");', message: 'cannot be loaded: not today.' },
  ])('refuses JavaScript that says something else: $text', async ({ text, message }) => {
    const file = join(command.folder, 'wrong.mjs');
    writeFileSync(file, text);
    const { status, out, err } = await execute('check', 'http://127.0.0.1:9/', '--write', file);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(message);
    expect(err).toMatch(/^.+\n$/);
  });
});
