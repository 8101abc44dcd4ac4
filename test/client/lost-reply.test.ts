/** What `modify` makes of a write whose answer it has not got. */
import { describe, expect, test } from '@jest/globals';
import { modify, type ModifyOptions } from '../../lib/client/index.js';
import {
  answered,
  precededBy,
  type Content,
  delayed,
  delivered,
  dropped,
  type Fate,
  type Note,
  refused,
  followedBy,
  unanswered,
  withLossyNote,
} from './lossy-note.js';
import { answer, hangUp, json, type Reaction, withScript } from './scripted-server.js';

const FIRST: Content = { text: 'first', tags: ['a'], stars: 1 };
const MINE = { text: 'mine', tags: ['a', 'mine'] };
const AT_ONCE = { delay: () => 0 };

const change = (content: Content): Content => ({ ...content, ...MINE });
const patch = (): Partial<Content> => MINE;

interface Row {
  readonly what: string;
  readonly fates: readonly Fate[];
  /** What becomes of it. */
  readonly outcome: 'done' | 'unknown' | 'not found';
  readonly attempts?: number;
  /** The note at the end, and how many writes there were to it, those of others included. */
  readonly note: Content | undefined;
  readonly version: number;
}

const IS_MINE = { ...FIRST, ...MINE };
const othersStars = (note: Note): void => note.change({ stars: 5 });
const othersText = (note: Note): void => note.change({ text: 'theirs' });
const sameAsMine = (note: Note): void => note.change(MINE);
const remove = (note: Note): void => note.replace(undefined);

const SITUATIONS: readonly Row[] = [
  { what: 'not made', fates: [dropped], outcome: 'done', attempts: 2, note: IS_MINE, version: 2 },
  { what: 'made', fates: [unanswered], outcome: 'done', attempts: 2, note: IS_MINE, version: 2 },
  {
    what: 'made, and then other members were changed by another',
    fates: [followedBy(unanswered, othersStars)],
    outcome: 'done',
    attempts: 2,
    note: { ...IS_MINE, stars: 5 },
    version: 3,
  },
  {
    what: 'made, and then the same member was changed by another',
    fates: [followedBy(unanswered, othersText)],
    outcome: 'unknown',
    note: { ...IS_MINE, text: 'theirs' },
    version: 3,
  },
  {
    what: 'not made, and another member was changed by another',
    fates: [followedBy(dropped, othersStars)],
    outcome: 'unknown',
    note: { ...FIRST, stars: 5 },
    version: 2,
  },
  {
    what: 'not made, and one of its members was changed by another',
    fates: [followedBy(dropped, othersText)],
    outcome: 'unknown',
    note: { ...FIRST, text: 'theirs' },
    version: 2,
  },
  // The limit of looking at what is there.
  {
    what: 'not made, but another made just the same',
    fates: [followedBy(dropped, sameAsMine)],
    outcome: 'done',
    attempts: 2,
    note: IS_MINE,
    version: 2,
  },
  {
    what: 'made, and then the note was deleted',
    fates: [followedBy(unanswered, remove)],
    outcome: 'not found',
    note: undefined,
    version: 3,
  },
  {
    what: 'not made, and the note was deleted',
    fates: [followedBy(dropped, remove)],
    outcome: 'not found',
    note: undefined,
    version: 2,
  },
  ...[408, 500, 502, 503, 504].flatMap((status): Row[] => [
    {
      what: `made, and answered ${status}`,
      fates: [answered(status)],
      outcome: 'done',
      attempts: 2,
      note: IS_MINE,
      version: 2,
    },
    {
      what: `not made, and answered ${status}`,
      fates: [refused(status)],
      outcome: 'done',
      attempts: 2,
      note: IS_MINE,
      version: 2,
    },
  ]),
  {
    what: 'lost, and lost again',
    fates: [dropped, dropped],
    outcome: 'done',
    attempts: 3,
    note: IS_MINE,
    version: 2,
  },
  {
    what: 'lost, and made the second time, unanswered',
    fates: [dropped, unanswered],
    outcome: 'done',
    attempts: 3,
    note: IS_MINE,
    version: 2,
  },
  {
    what: 'lost, and then not admitted (429)',
    fates: [dropped, refused(429)],
    outcome: 'done',
    attempts: 3,
    note: IS_MINE,
    version: 2,
  },
  {
    what: 'lost, and the next one was too late',
    fates: [dropped, precededBy(delivered, othersStars)],
    outcome: 'unknown',
    note: { ...FIRST, stars: 5 },
    version: 2,
  },
];

const OUTCOMES = {
  done: undefined,
  unknown: 'ERR_CLIENT_OUTCOME_UNKNOWN',
  'not found': 'ERR_CLIENT_STATUS',
};

describe.each([
  ['PUT', change],
  ['PATCH', patch],
] as const)('A %s whose reply is lost', (method, change_) => {
  test.each(SITUATIONS)('M-11, M-12 has the outcome $outcome: $what', async (row) => {
    await withLossyNote(FIRST, row.fates, async ({ client, note }) => {
      const options: ModifyOptions<Content> = { ...AT_ONCE, method };
      const ended = modify(client, '/note', change_, options).then(
        (result) => ({ code: undefined, attempts: result.attempts }),
        ({ code }: { code: string }) => ({ code, attempts: undefined }),
      );
      expect(await ended).toEqual({ code: OUTCOMES[row.outcome], attempts: row.attempts });
      expect([note.content, note.version]).toEqual([row.note, row.version]);
    });
  });
});

describe('A write that is on its way still', () => {
  test('M-11 takes effect once, where it arrives before the next one, which is lost, too', async () => {
    const overtaken: Fate = async ({ onTheirWay, response }) => {
      await onTheirWay.pop()!();
      response.socket!.destroy();
    };
    await withLossyNote(FIRST, [delayed, overtaken], async ({ client, note, asked }) => {
      expect(await modify(client, '/note', change, AT_ONCE)).toMatchObject({ data: IS_MINE, attempts: 3 });
      expect([note.content, note.version]).toEqual([IS_MINE, 2]);
      // It went out under the same tag, so that the server would have refused it.
      expect(asked.filter((line) => line.startsWith('PUT'))).toEqual(
        Array(2).fill('PUT /note If-Match: "1"'),
      );
    });
  });

  test('M-11 takes effect once, where the next one finds that it has arrived (412)', async () => {
    const overtaken: Fate = async ({ forward, response, onTheirWay }) => {
      await onTheirWay.pop()!();
      response.writeHead(await forward()).end();
    };
    await withLossyNote(FIRST, [delayed, overtaken], async ({ client, note }) => {
      expect(await modify(client, '/note', change, AT_ONCE)).toMatchObject({ data: IS_MINE, attempts: 3 });
      expect([note.content, note.version]).toEqual([IS_MINE, 2]);
    });
  });

  test('M-11 takes no effect, where it arrives after the next one', async () => {
    await withLossyNote(FIRST, [delayed], async ({ client, note, arrive }) => {
      expect(await modify(client, '/note', change, AT_ONCE)).toMatchObject({ data: IS_MINE, attempts: 2 });
      expect(await arrive()).toEqual([412]);
      expect([note.content, note.version]).toEqual([IS_MINE, 2]);
    });
  });
});

describe('Until it is settled what became of a write', () => {
  test('no other content is made or sent', async () => {
    let count = 0;
    const counting = (content: Content): Content => ({ ...content, text: `change ${(count += 1)}` });
    await withLossyNote(FIRST, [dropped, dropped, dropped], async ({ client, note }) => {
      await modify(client, '/note', counting, AT_ONCE);
      expect([note.content?.text, count]).toEqual(['change 1', 1]);
    });
  });

  test('what a change did to the data that it was given is not taken for what was there', async () => {
    const altering = (content: { text: string }): unknown => Object.assign(content, { text: 'mine' });
    await withLossyNote(FIRST, [followedBy(dropped, othersStars)], async ({ client }) => {
      await expect(modify(client, '/note', altering, AT_ONCE)).rejects.toMatchObject({
        code: 'ERR_CLIENT_OUTCOME_UNKNOWN',
      });
    });
  });

  test('the error of an unknown outcome says what is there, what was sent, and how it was lost', async () => {
    await withLossyNote(FIRST, [followedBy(dropped, othersText)], async ({ client, asked }) => {
      await expect(modify(client, '/note', change, AT_ONCE)).rejects.toMatchObject({
        name: 'OutcomeUnknownError',
        last: { data: { ...FIRST, text: 'theirs' }, etag: '"2"' },
        sent: IS_MINE,
        cause: { code: 'ERR_CLIENT_NETWORK' },
      });
      // Nothing more was sent.
      expect(asked).toEqual(['GET /note', 'PUT /note If-Match: "1"', 'GET /note If-None-Match: "1"']);
    });
  });

  test('the result is what was read, where that shows that it was made', async () => {
    await withLossyNote(FIRST, [unanswered], async ({ client }) => {
      expect(await modify(client, '/note', change, AT_ONCE)).toEqual({
        url: expect.stringMatching(/\/note$/),
        status: 200,
        headers: expect.any(Headers),
        data: IS_MINE,
        etag: '"2"',
        needsRefetch: false,
        attempts: 2,
      });
    });
  });

  test('the cause is how it was lost the first time', async () => {
    const script = [
      json(FIRST, { ETag: '"1"' }),
      hangUp,
      answer(304),
      answer(502),
      json(FIRST, { ETag: '"2"' }),
    ];
    await withScript(script, async ({ client }) => {
      await expect(modify(client, '/note', change, AT_ONCE)).rejects.toMatchObject({
        code: 'ERR_CLIENT_OUTCOME_UNKNOWN',
        cause: { code: 'ERR_CLIENT_NETWORK' },
      });
    });
  });

  const ENDS: readonly [string, number, readonly Reaction[], string][] = [
    ['the last attempt was lost', 1, [hangUp], 'ERR_CLIENT_NETWORK'],
    ['the last attempt was answered 502', 1, [answer(502)], 'ERR_CLIENT_STATUS'],
    ['it cannot be read any more', 3, [hangUp, answer(503), answer(503)], 'ERR_CLIENT_STATUS'],
    ['the next one was not admitted', 2, [hangUp, answer(304), answer(429)], 'ERR_CLIENT_STATUS'],
  ];
  test.each(ENDS)('giving up leaves the outcome unknown: %s', async (_what, attempts, replies, code) => {
    await withScript([json(FIRST, { ETag: '"1"' }), ...replies], async ({ client, requests }) => {
      await expect(modify(client, '/note', change, { ...AT_ONCE, attempts })).rejects.toMatchObject({
        name: 'GaveUpError',
        attempts,
        outcome: 'unknown',
        last: { data: FIRST, etag: '"1"' },
        cause: { code },
      });
      expect(requests).toHaveLength(1 + replies.length);
    });
  });
});
