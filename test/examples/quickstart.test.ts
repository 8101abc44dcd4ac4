import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { curl } from './helpers/curl.js';
import { runExample, type RunningExample } from './helpers/run-example.js';

const FILE = 'examples/quickstart.ts';

interface Step {
  readonly command: string;
  /** The status line, and the field lines that the transcript shows. */
  readonly statusLine: string;
  readonly fields: Record<string, string>;
}

/** The steps of the transcript at the top of the example. */
function transcript(): Step[] {
  const [comment = ''] = readFileSync(join(__dirname, '../..', FILE), 'utf8').split('*/');
  const lines = comment.split('\n').map((line) => line.replace(/^ \*\s*/, ''));
  const [, ...steps] = lines.join('\n').split('$ ');
  return steps.map((step) => {
    const [command = '', statusLine = '', ...fields] = step.trim().split('\n');
    return {
      command,
      statusLine,
      fields: Object.fromEntries(fields.map(nameAndValue)),
    };
  });
}

function nameAndValue(fieldLine: string): [string, string] {
  const [name = '', value = ''] = fieldLine.split(': ');
  return [name.toLowerCase(), value];
}

describe('The quickstart', () => {
  let example: RunningExample;
  let port: string;

  beforeAll(async () => {
    example = runExample(FILE, { PORT: '0' });
    port = await example.printed(/port: (\d+)/);
  }, 30_000);
  afterAll(() => example.exit('SIGTERM'));

  test('has a transcript of 200, 304, 412, 428 and 201', () => {
    expect(transcript().map(({ statusLine }) => statusLine.split(' ')[1])).toEqual([
      '200',
      '304',
      '200',
      '412',
      '428',
      '201',
    ]);
  });

  test.each(transcript())(
    'answers as its transcript says: $command',
    async ({ command, statusLine, fields }) => {
      const response = await curl(command.replace(':3000', `:${port}`));
      expect(response.statusLine).toBe(statusLine);
      expect(response.fields).toMatchObject(fields);
    },
  );

  test('keeps the change that won, and not the one that lost', async () => {
    const { body, fields } = await curl(`curl http://127.0.0.1:${port}/notes/1`);
    expect(JSON.parse(body)).toEqual({ text: 'Mine', version: 2 });
    expect(fields.etag).toBe('"2"');
  });

  test('keeps the text when a PUT has none, such as one of curl -d alone', async () => {
    const url = `http://127.0.0.1:${port}/notes/1`;
    const { statusLine } = await curl(`curl -X PUT -H 'If-Match: "2"' -d '{"text":"Form"}' ${url}`);
    expect(statusLine).toBe('HTTP/1.1 400 Bad Request');
    expect(JSON.parse((await curl(`curl ${url}`)).body)).toEqual({ text: 'Mine', version: 2 });
  });

  test('ends with an error where its port is taken', async () => {
    const second = runExample(FILE, { PORT: port });
    expect(await second.exit()).toBe(1);
    expect(second.output()).toContain('EADDRINUSE');
  });

  test('is about twenty lines long', () => {
    const [, code = ''] = readFileSync(join(__dirname, '../..', FILE), 'utf8').split('*/');
    const lines = code.split('\n').filter((line) => /\w/.test(line) && !line.trim().startsWith('//'));
    expect(lines.length).toBeLessThanOrEqual(30);
  });
});
