import { describe, expect, test } from '@jest/globals';
import { readEnvironment } from '../../../examples/calendar/environment.js';

describe('The environment of the server', () => {
  test('may be empty: then it is a demo on loopback, in a file', () => {
    expect(readEnvironment({ PORT: '' })).toEqual({
      port: 3000,
      host: '127.0.0.1',
      databaseFile: 'calendar.db',
      tokens: new Map([['demo-token', 'ada@example.test']]),
      isDemo: true,
      requireConditions: false,
    });
  });

  test('chooses all of it', () => {
    const environment = {
      PORT: '0',
      HOST: '::1',
      DATABASE_FILE: ':memory:',
      CALENDAR_TOKENS: 'a=ada@example.test, b=bob@example.test',
      REQUIRE_CONDITIONS: '1',
    };
    expect(readEnvironment(environment)).toEqual({
      port: 0,
      host: '::1',
      databaseFile: ':memory:',
      tokens: new Map([
        ['a', 'ada@example.test'],
        ['b', 'bob@example.test'],
      ]),
      isDemo: false,
      requireConditions: true,
    });
  });

  test.each([
    { PORT: 'http', message: 'Expected PORT to be a number from 0 to 65535, got "http".' },
    { PORT: '-1', message: 'Expected PORT to be a number from 0 to 65535, got "-1".' },
    { PORT: '65536', message: 'Expected PORT to be a number from 0 to 65535, got "65536".' },
    { PORT: '80.5', message: 'Expected PORT to be a number from 0 to 65535, got "80.5".' },
    {
      CALENDAR_TOKENS: 'a=ada@example.test,secret',
      message: 'Expected CALENDAR_TOKENS to be a list of token=user@domain, separated by commas; see no. 2.',
    },
    {
      CALENDAR_TOKENS: 'secret=ada',
      message: 'Expected CALENDAR_TOKENS to be a list of token=user@domain, separated by commas; see no. 1.',
    },
  ])('is refused with $message', ({ message, ...environment }) => {
    expect(() => readEnvironment(environment)).toThrow(new Error(message));
  });
});
