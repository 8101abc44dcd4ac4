import { describe, expect, test } from '@jest/globals';
import express from 'express';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hiding } from '../../lib/cli/secrets.js';
import { withServer } from '../helpers/server.js';
import { invoke, parsed } from './invoke.js';

const TOKEN = 'pQ9-token-of-mine';
const SESSION = 'a81b-session-of-mine';

/** Wants a token, evaluates nothing, and repeats in its answers what it was sent. */
function indiscreetApp(): express.Express {
  const app = express();
  app.use((req, res, next) => {
    if (req.headers.authorization === `Bearer ${TOKEN}`) return next();
    res.sendStatus(401);
  });
  app.get('/me', (req, res) => {
    res.set({ ETag: '"1"', 'X-Seen': req.headers.cookie ?? '', 'Cache-Control': 'max-age=9' });
    res.end(`${TOKEN} and ${SESSION} and \u001b[31mred\u001b[0m`);
  });
  return app;
}

describe('The values of secret fields', () => {
  test('are shown in no output, also where the server repeats them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cli-'));
    const junit = join(folder, 'report.xml');
    try {
      await withServer(indiscreetApp(), async (port) => {
        const line = [
          'check',
          `http://127.0.0.1:${port}/me`,
          `--header=Authorization: Bearer ${TOKEN}`,
          `--header=Cookie: sid=${SESSION}; theme=dark`,
          `--junit=${junit}`,
        ];
        const table = await invoke(line);
        const json = await invoke([...line, '--json']);
        const outputs = [table.out, table.err, json.out, json.err, readFileSync(junit, 'utf8')];

        expect(table.status).toBe(1);
        for (const output of outputs) {
          expect(output).not.toContain(TOKEN);
          expect(output).not.toContain(SESSION);
          expect(output).not.toContain('\u001b');
        }
        expect(table.out).toContain('  Sent along     Authorization, Cookie\n');
        expect(table.out).toContain('… and … and \\x1b[31mred\\x1b[0m');
        // They were sent all the same, and the case about them was run.
        expect(parsed(json).cases).toContainEqual(
          expect.objectContaining({ id: 'credentials.first', outcome: 'passed' }),
        );
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('are not shown either where a redirect repeats them', async () => {
    const location = `/login?token=${TOKEN}`;
    await withServer(
      (_req, res) => {
        res.writeHead(302, { Location: location }).end();
      },
      async (port) => {
        const url = `http://127.0.0.1:${port}/me`;
        const { status, err } = await invoke(['check', url, '-H', `Authorization: Bearer ${TOKEN}`]);
        expect(status).toBe(2);
        expect(err).toContain('/login?token=…, which');
      },
    );
  });

  test.each([
    { name: 'Authorization', value: 'Bearer abcdef', text: 'abcdef, Bearer', shown: '…, Bearer' },
    { name: 'Proxy-Authorization', value: 'Basic eDp5', text: 'Basic eDp5', shown: '…' },
    { name: 'cookie', value: 'a=first; b=second=2', text: 'first second=2', shown: '… …' },
    { name: 'X-Api-Key', value: 'k-1234', text: 'key k-1234', shown: 'key …' },
    { name: 'X-Api-Key', value: '1', text: 'version 1', shown: 'version 1' },
    { name: 'Accept', value: 'text/plain', text: 'text/plain', shown: 'text/plain' },
  ])('hide $value of $name in "$text"', ({ name, value, text, shown }) => {
    expect(hiding({ [name]: value })(text)).toBe(shown);
  });
});
