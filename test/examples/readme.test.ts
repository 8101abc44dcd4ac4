/** The first program of the README, typed in as it stands there, answers as the README says. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { curl } from './helpers/curl.js';
import { DocumentedProgram, pageOf, programsOf, stepsOf } from './helpers/documented.js';

const page = pageOf('README.md');
const [code = ''] = programsOf(page);
const program = new DocumentedProgram('readme', code);

beforeAll(() => program.start(), 30_000);
afterAll(() => program.stop());

/** The page breaks long lines of JSON, between words or between members. */
const joined = (body: string): string => body.replaceAll('\n"', '"').replaceAll('\n', ' ');

describe('The first program of the README', () => {
  test('is the first block of code, and no longer than twenty lines', () => {
    expect(/```ts\n([^]*?)```/.exec(page)?.[1]).toBe(code);
    expect(code.split('\n').filter((line) => /\w/.test(line)).length).toBeLessThanOrEqual(20);
  });

  test('is asked for 200, 304, 200 and 412', () => {
    expect(stepsOf(page).map(({ statusLine }) => statusLine.split(' ')[1])).toEqual([
      '200',
      '304',
      '200',
      '412',
    ]);
  });

  test.each(stepsOf(page))(
    'answers as the page says: $command',
    async ({ command, statusLine, fields, body }) => {
      const response = await curl(command.replace('http://127.0.0.1:3000', program.origin));
      expect(response.statusLine).toBe(statusLine);
      for (const field of fields) {
        const [name = '', value = ''] = field.split(': ');
        expect(response.fields[name.toLowerCase()]).toBe(value);
      }
      expect(response.body).toBe(joined(body));
    },
  );

  test('keeps the text when a PUT has none, such as one of curl -d alone', async () => {
    const url = `${program.origin}/notes/1`;
    const { statusLine } = await curl(`curl -X PUT -H 'If-Match: "2"' -d '{"text":"Form"}' ${url}`);
    expect(statusLine).toBe('HTTP/1.1 400 Bad Request');
    expect((await curl(`curl ${url}`)).body).toBe('{"text":"Mine","version":2}');
  });

  test('ends with an error where its port is taken', async () => {
    const { code: exitCode, output } = await program.startOnTakenPort();
    expect(exitCode).toBe(1);
    expect(output).toContain('EADDRINUSE');
  });
});
