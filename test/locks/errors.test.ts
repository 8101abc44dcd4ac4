import { describe, expect, test } from '@jest/globals';
import { lockFailed, lockLost, lockTimeout } from '../../lib/locks/errors.js';

const broken = new Error('The connection was reset.');

describe('what is said of a lock', () => {
  test.each([
    {
      title: 'whose wait was over',
      error: lockTimeout('note 1'),
      code: 'ERR_LOCK_TIMEOUT',
      message:
        'The lock "note 1" was held by others for the whole time that this request waits. Nothing was written.',
    },
    {
      title: 'that could not be asked for',
      error: lockFailed('note 1', broken),
      code: 'ERR_LOCK_FAILED',
      message: 'The lock "note 1" could not be taken: The connection was reset. Nothing was written.',
    },
    {
      title: 'that was refused without an error',
      error: lockFailed('a "b"', 'busy.'),
      code: 'ERR_LOCK_FAILED',
      message: 'The lock "a \\"b\\"" could not be taken: "busy." (string). Nothing was written.',
    },
    {
      title: 'that came free too early',
      error: lockLost('note 1', new Error('pg.Client was ended')),
      code: 'ERR_LOCK_LOST',
      message:
        'The lock "note 1" was lost while it was needed: pg.Client was ended. Whether the write was made is not known, and ' +
        'others may have written in between.',
    },
  ])('$title is in the message: $message', ({ error, code, message }) => {
    expect(error).toMatchObject({
      code,
      message: `${message} [${code}: see docs/error-codes.md]`,
      status: 503,
      headers: { 'Retry-After': '1' },
    });
  });

  test.each([
    { title: 'whose wait was over', error: lockTimeout('key', broken) },
    { title: 'that could not be asked for', error: lockFailed('key', broken) },
    { title: 'that came free too early', error: lockLost('key', broken) },
  ])('$title has what went wrong as its cause', ({ error }) => {
    expect(error.cause).toBe(broken);
  });

  test('has no cause where nothing went wrong', () => {
    expect(lockTimeout('key')).not.toHaveProperty('cause');
  });
});
