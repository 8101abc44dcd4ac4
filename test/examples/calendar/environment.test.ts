import { describe, expect, test } from '@jest/globals';
import { readEnvironment } from '../../../examples/calendar/environment.js';

describe('The environment of the server', () => {
  test('may be empty: then it is a demo on loopback, in a file', () => {
    expect(readEnvironment({ PORT: '' })).toEqual({
      port: 3000,
      host: '127.0.0.1',
      databaseFile: 'calendar.db',
      databaseUrl: undefined,
      epoch: '',
      workers: 1,
      tokens: new Map([['demo-token', 'ada@example.test']]),
      isDemo: true,
      requireConditions: false,
    });
  });

  test('chooses all of it', () => {
    const environment = {
      PORT: '0',
      HOST: '::1',
      DATABASE_FILE: 'other.db',
      DATABASE_URL: 'postgresql://ada:secret@db.example.test/calendar',
      CALENDAR_EPOCH: '2027-03-01T09:00+01:00',
      WORKERS: '4',
      CALENDAR_TOKENS: 'a=ada@example.test, b=bob@example.test',
      REQUIRE_CONDITIONS: '1',
    };
    expect(readEnvironment(environment)).toEqual({
      port: 0,
      host: '::1',
      databaseFile: 'other.db',
      databaseUrl: 'postgresql://ada:secret@db.example.test/calendar',
      epoch: '2027-03-01T09:00+01:00',
      workers: 4,
      tokens: new Map([
        ['a', 'ada@example.test'],
        ['b', 'bob@example.test'],
      ]),
      isDemo: false,
      requireConditions: true,
    });
  });

  test('yields to the flag --workers', () => {
    expect(readEnvironment({ WORKERS: 'many' }, ['--workers', '3'])).toMatchObject({ workers: 3 });
    expect(readEnvironment({ DATABASE_FILE: ':memory:' }, ['--workers=1'])).toMatchObject({ workers: 1 });
  });

  test.each([
    { args: ['--workers', '0'], message: 'Expected --workers to be a number from 1 to 64, got "0".' },
    { args: ['--workers', '2.5'], message: 'Expected --workers to be a number from 1 to 64, got "2.5".' },
    { args: ['--worker', '2'], message: "Unknown option '--worker'" },
  ])('goes with flags, which are refused with $message', ({ args, message }) => {
    expect(() => readEnvironment({}, args)).toThrow(message);
  });

  test.each([
    { PORT: 'http', message: 'Expected PORT to be a number from 0 to 65535, got "http".' },
    { PORT: '-1', message: 'Expected PORT to be a number from 0 to 65535, got "-1".' },
    { PORT: '65536', message: 'Expected PORT to be a number from 0 to 65535, got "65536".' },
    { PORT: '80.5', message: 'Expected PORT to be a number from 0 to 65535, got "80.5".' },
    { WORKERS: '65', message: 'Expected WORKERS to be a number from 1 to 64, got "65".' },
    { WORKERS: 'all', message: 'Expected WORKERS to be a number from 1 to 64, got "all".' },
    {
      WORKERS: '2',
      DATABASE_FILE: ':memory:',
      message: 'Expected a DATABASE_FILE or a DATABASE_URL for several workers: they share no memory.',
    },
    {
      DATABASE_URL: 'ada:secret@db.example.test/calendar',
      message: 'Expected DATABASE_URL to be postgres://user:password@host:port/database.',
    },
    {
      DATABASE_URL: 'mysql://ada:secret@db.example.test/calendar',
      message: 'Expected DATABASE_URL to be postgres://user:password@host:port/database.',
    },
    {
      CALENDAR_EPOCH: 'after lunch',
      message:
        'Expected CALENDAR_EPOCH to be up to 64 letters, digits and characters of "_.:+-", got "after lunch".',
    },
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
