/** How it is told whether a write was made whose answer was lost: by what is there, or by `applied`. */
import { describe, expect, test } from '@jest/globals';
import { modify } from '../../lib/client/index.js';
import {
  type Content,
  delivered,
  dropped,
  type Fate,
  type Note,
  followedBy,
  unanswered,
  withLossyNote,
} from './lossy-note.js';
import { answer, hangUp, json, type Reaction, text, withScript } from './scripted-server.js';

const FIRST: Content = { text: 'first', tags: ['a'], stars: 1 };
const MINE = { text: 'mine', tags: ['a', 'mine'] };
const IS_MINE = { ...FIRST, ...MINE };
const AT_ONCE = { delay: () => 0 };

const change = (content: Content): Content => ({ ...content, ...MINE });
const othersStars = (note: Note): void => note.change({ stars: 5 });
const othersText = (note: Note): void => note.change({ text: 'theirs' });

describe('`applied`', () => {
  /** With an answer that is always the same; what it was asked, and what became of the note. */
  async function withApplied(
    isApplied: boolean | undefined,
    fate: Fate,
  ): Promise<{ calls: unknown[]; code: unknown; note: Content | undefined }> {
    const calls: unknown[] = [];
    const applied = (current: Content, sent: unknown): boolean | undefined => {
      calls.push([current, sent]);
      return isApplied;
    };
    return withLossyNote(FIRST, [fate], async ({ client, note }) => {
      const ended = modify(client, '/note', change, { ...AT_ONCE, applied });
      const code: unknown = await ended.then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
      return { calls, code, note: note.content };
    });
  }

  const THEIRS = { ...FIRST, text: 'theirs' };
  const lost = followedBy(dropped, othersText);

  test('true: it was made, whatever is there', async () => {
    expect(await withApplied(true, lost)).toEqual({ calls: [[THEIRS, IS_MINE]], code: 'done', note: THEIRS });
  });

  test('false: it was not, and the change is applied to what is there now', async () => {
    expect(await withApplied(false, lost)).toMatchObject({
      calls: [[THEIRS, IS_MINE]],
      code: 'done',
      note: IS_MINE,
    });
    // Also where it looks as though it had been.
    const { note } = await withApplied(false, followedBy(unanswered, othersStars));
    expect(note).toEqual({ ...IS_MINE, stars: 5 });
  });

  test('undefined: it cannot be told', async () => {
    expect(await withApplied(undefined, unanswered)).toEqual({
      calls: [[IS_MINE, IS_MINE]],
      code: 'ERR_CLIENT_OUTCOME_UNKNOWN',
      note: IS_MINE,
    });
  });

  test('is not asked where the version is the same, nor where nothing was lost', async () => {
    expect(await withApplied(true, dropped)).toEqual({ calls: [], code: 'done', note: IS_MINE });
    expect(await withApplied(true, delivered)).toEqual({ calls: [], code: 'done', note: IS_MINE });
  });

  test('false once more, where the change was lost a second time', async () => {
    const fates = [followedBy(dropped, othersText), followedBy(dropped, othersStars)];
    await withLossyNote(FIRST, fates, async ({ client, note }) => {
      const applied = ({ text: current }: Content): boolean => current === 'mine';
      await modify(client, '/note', change, { ...AT_ONCE, applied });
      expect(note.content).toEqual({ ...IS_MINE, stars: 5 });
    });
  });
});

describe('Without a strong tag', () => {
  const T = { 'Last-Modified': 'Tue, 15 Nov 1994 12:45:26 GMT' };

  test('it cannot be told that nothing has happened', async () => {
    const script = [json(FIRST, T), hangUp, answer(304)];
    await withScript(script, async ({ client, requests }) => {
      await expect(modify(client, '/note', change, AT_ONCE)).rejects.toMatchObject({
        code: 'ERR_CLIENT_OUTCOME_UNKNOWN',
      });
      expect(requests).toHaveLength(3);
    });
  });

  test('it can be told that the write was made', async () => {
    const script = [json(FIRST, T), hangUp, json(IS_MINE, T)];
    await withScript(script, async ({ client, requests }) => {
      expect(await modify(client, '/note', change, AT_ONCE)).toMatchObject({ data: IS_MINE });
      expect(requests).toHaveLength(3);
    });
  });

  test('the same weak tag does not count, though the server compares weakly', async () => {
    const script = [json(FIRST, { ETag: 'W/"1"' }), hangUp, answer(304)];
    await withScript(script, async ({ clientWith }) => {
      await expect(modify(clientWith({ ifMatch: 'weak' }), '/note', change, AT_ONCE)).rejects.toMatchObject({
        code: 'ERR_CLIENT_OUTCOME_UNKNOWN',
      });
    });
  });
});

describe('What was sent is recognised', () => {
  const octets = new Uint8Array([1, 2, 3]);
  const kinds: readonly [string, unknown, Reaction][] = [
    ['text', 'mine', text('mine', { ETag: '"2"' })],
    ['octets', octets, answer(200, { ETag: '"2"' }, Buffer.from(octets))],
    ['a list', [1, { a: 2 }], json([1, { a: 2 }], { ETag: '"2"' })],
    [
      'a date, which is text in JSON',
      { at: new Date(0) },
      json({ at: '1970-01-01T00:00:00.000Z' }, { ETag: '"2"' }),
    ],
    [
      'a list with a date in it',
      [{ at: new Date(0) }],
      json([{ at: '1970-01-01T00:00:00.000Z' }], { ETag: '"2"' }),
    ],
    [
      'a hole, which is null in JSON',
      { all: [undefined, NaN] },
      json({ all: [null, null] }, { ETag: '"2"' }),
    ],
  ];

  test.each(kinds)('when it is there: %s', async (_kind, content, now) => {
    await withScript([text('first', { ETag: '"1"' }), hangUp, now], async ({ client }) => {
      expect(await modify(client, '/note', () => content, AT_ONCE)).toMatchObject({ attempts: 2 });
    });
  });

  test.each(kinds)('and nothing else for it: %s', async (_kind, content) => {
    const other = json({ something: 'else' }, { ETag: '"2"' });
    await withScript([text('first', { ETag: '"1"' }), hangUp, other], async ({ client }) => {
      await expect(modify(client, '/note', () => content, AT_ONCE)).rejects.toMatchObject({
        code: 'ERR_CLIENT_OUTCOME_UNKNOWN',
      });
    });
  });
});
