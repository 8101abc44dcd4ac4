import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import express from 'express';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningExample, runExample } from '../examples/helpers/run-example.js';
import { withServer } from '../helpers/server.js';
import { invoke } from './invoke.js';

// Each check is some hundred requests.
jest.setTimeout(30_000);

interface Transcript {
  readonly command: string;
  readonly printed: string;
}

const PAGE = readFileSync(join(__dirname, '../../docs/checking-your-api.md'), 'utf8');
const CONSOLE = /```console\n\$ npx http-preconditions ((?:.*\\\n)*.*)\n([^]*?)```/g;
const TRANSCRIPTS = [...PAGE.matchAll(CONSOLE)].map(([, command = '', printed = '']): Transcript => ({
  command: command.replace(/\\\n */g, ''),
  printed,
}));

/** The words of a command line, and the server in place of that of the page. */
function argvOf(command: string, origin: string): string[] {
  const words = command.matchAll(/'([^']*)'|(\S+)/g);
  return [...words].map(([, quoted, bare = '']) => quoted ?? bare.replace('http://127.0.0.1:3000', origin));
}

/** Without what is another each time. */
function lasting(text: string): string {
  return text
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'ORIGIN')
    .replace(/absent-[\da-f]{12}/, 'ABSENT')
    .replace(/\(\d+\.\d s\)/, '(TIME)');
}

/** What comes where the page has `[…]` may be anything. */
function shown(printed: string): RegExp {
  const parts = lasting(printed).split('[…]\n');
  return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('[^]*\n')}$`);
}

async function expectAsShown({ command, printed }: Transcript, origin: string): Promise<void> {
  const { out, err } = await invoke(argvOf(command, origin));
  expect(lasting(out + err)).toMatch(shown(printed));
}

const isOfCalendar = ({ command }: Transcript): boolean => command.includes('/calendar/');

describe('docs/checking-your-api.md shows what the command prints', () => {
  let calendar: RunningExample;
  beforeAll(() => {
    calendar = runExample('examples/calendar/server.ts', { PORT: '0', DATABASE_FILE: ':memory:' });
  });
  afterAll(() => calendar.exit('SIGTERM'));

  test.each(TRANSCRIPTS.filter(isOfCalendar))('of the calendar: $command', async (transcript) => {
    await expectAsShown(transcript, await calendar.printed(/(http:\/\/127\.0\.0\.1:\d+)\//));
  });

  test.each(TRANSCRIPTS.filter((each) => !isOfCalendar(each)))(
    'of Express alone: $command',
    async (transcript) => {
      const app = express();
      app.get('/notes/1', (_req, res) => {
        res.json({ text: 'hello' });
      });
      await withServer(app, (port) => expectAsShown(transcript, `http://127.0.0.1:${port}`));
    },
  );
});
