/** What `modify` makes of its own writes when it cannot see them: answered 412 all the same, or made elsewhere. */
import { describe, expect, test } from '@jest/globals';
import { type Counter, conversation, increment, version, written } from './conversation.js';
import { answer, hangUp, json, type Reaction } from './scripted-server.js';

describe('modify, where a 412 may be the answer to a second copy of its own write', () => {
  const MARKED = json({ n: 2, by: 'me' }, { ETag: '"2"' });
  const change = ({ n }: Counter): object => ({ n: n + 1, by: 'me' });
  const mine = (current: Counter): boolean => 'by' in current;

  test('M-11 asks `applied`, and makes the change once', async () => {
    const { result, asked } = await conversation([version(1), answer(412), MARKED], change, {
      applied: mine,
    });
    expect(result).toMatchObject({ data: { n: 2, by: 'me' }, etag: '"2"', attempts: 2 });
    expect(asked.slice(1)).toEqual(['PUT /counter If-Match: "1"', 'GET /counter If-None-Match: "1"']);
  });

  test.each([false, undefined])('M-11 makes it anew, where `applied` says %p', async (said) => {
    const script = [version(1), answer(412), version(5), written(6)];
    const { asked, contents } = await conversation(script, increment, { applied: () => said });
    expect(asked.at(-1)).toBe('PUT /counter If-Match: "5"');
    expect(contents).toEqual(['{"n":2}', '{"n":6}']);
  });

  test('says that nothing was written, when it gives up', async () => {
    const script = [version(1), answer(412), version(2), answer(412)];
    const { error } = await conversation(script, increment, { attempts: 2, applied: () => false });
    expect(error).toMatchObject({ code: 'ERR_CLIENT_GAVE_UP', outcome: 'not-written' });
  });
});

describe('modify, where another resource stands at the target by now', () => {
  const to = (path: string): Reaction => answer(307, { Location: path });

  test('settles a lost write where it went', async () => {
    const script = [to('/41'), version(1), hangUp, version(1), written(2)];
    expect(await conversation(script)).toMatchObject({
      result: { etag: '"2"' },
      asked: ['GET /counter', 'GET /41', 'PUT /41 If-Match: "1"', 'GET /41', 'PUT /41 If-Match: "1"'],
      contents: ['{"n":2}', '{"n":2}'],
    });
  });

  test('does not write what was lost to a resource that it has not changed', async () => {
    const script = [to('/41'), version(1), hangUp, to('/42'), version(1)];
    const { error, asked } = await conversation(script);
    expect(error).toMatchObject({ code: 'ERR_CLIENT_OUTCOME_UNKNOWN', sent: { n: 2 } });
    expect(asked.slice(3)).toEqual(['GET /41', 'GET /42']);
  });
});
