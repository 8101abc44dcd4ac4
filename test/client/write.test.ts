/** PUT, PATCH, DELETE and POST: under which conditions they go out, and when they do not. */
import { describe, expect, test } from '@jest/globals';
import type {
  ClientErrorCode,
  ClientOptions,
  ConditionalClient,
  PutOptions,
  Retrieved,
  WriteOptions,
} from '../../lib/client/index.js';
import { answer, json, sent, summary, text, withScript } from './scripted-server.js';

const T = 'Tue, 15 Nov 1994 12:45:26 GMT';

type Write = (client: ConditionalClient, options?: WriteOptions) => Promise<unknown>;

/** The writes that never go out without a condition. */
const WRITES: readonly { readonly name: string; readonly method: string; readonly write: Write }[] = [
  { name: 'put', method: 'PUT', write: (client, options) => client.put('/note', {}, options) },
  { name: 'update', method: 'PUT', write: (client, options) => client.update('/note', {}, options) },
  { name: 'patch', method: 'PATCH', write: (client, options) => client.patch('/note', {}, options) },
  { name: 'remove', method: 'DELETE', write: (client, options) => client.remove('/note', options) },
];

const post: Write = (client, options) => client.post('/note', {}, options);

/** What a write asks after a read with these fields. */
async function afterReading(
  fields: Readonly<Record<string, string>>,
  write: Write,
  options: ClientOptions = {},
): Promise<string> {
  return withScript([text('a', fields), answer(204)], async ({ clientWith, requests }) => {
    const client = clientWith(options);
    await client.get('/note');
    await write(client);
    return summary(requests[1]!);
  });
}

/** A write that is refused: nothing is sent but the read before it, if there are fields for it. */
async function expectRefused(
  code: ClientErrorCode,
  write: Write,
  fields?: Readonly<Record<string, string>>,
  options: ClientOptions = {},
): Promise<void> {
  await withScript(fields ? [text('a', fields)] : [], async ({ clientWith, requests }) => {
    const client = clientWith(options);
    if (fields) await client.get('/note');
    await expect(write(client)).rejects.toMatchObject({ code });
    expect(requests.map(({ method }) => method)).toEqual(fields ? ['GET'] : []);
  });
}

describe.each(WRITES)('After a read, `$name`', ({ method, write }) => {
  test('M-8, R-6585-7-a has the tag in If-Match, though the server never asked for it', async () => {
    expect(await afterReading({ ETag: '"1"' }, write)).toBe(`${method} /note If-Match: "1"`);
  });

  test('M-6 has only the tag, where there is a date, too', async () => {
    expect(await afterReading({ ETag: '"1"', 'Last-Modified': T }, write)).toBe(
      `${method} /note If-Match: "1"`,
    );
  });

  test('M-6 has the date in If-Unmodified-Since, where there is nothing else', async () => {
    const asked = `${method} /note If-Unmodified-Since: ${T}`;
    expect(await afterReading({ 'Last-Modified': T }, write)).toBe(asked);
    expect(await afterReading({ ETag: 'none', 'Last-Modified': T }, write)).toBe(asked);
  });

  test('M-5 is refused where the tag is weak, before anything is sent', async () => {
    await expectRefused('ERR_CLIENT_WEAK_TAG', write, { ETag: 'W/"1"' });
    await expectRefused('ERR_CLIENT_WEAK_TAG', write, { ETag: 'W/"1"', 'Last-Modified': T });
  });

  test('M-5 has the weak tag where the client is told that this server compares weakly', async () => {
    expect(await afterReading({ ETag: 'W/"1"' }, write, { ifMatch: 'weak' })).toBe(
      `${method} /note If-Match: W/"1"`,
    );
  });

  test('is refused where nothing is known, before anything is sent', async () => {
    await expectRefused('ERR_CLIENT_NO_VALIDATOR', write);
    await expectRefused('ERR_CLIENT_NO_VALIDATOR', write, {});
  });
});

test('A POST that is based on what is undefined is refused, as every other write is', async () => {
  const basedOn = undefined as unknown as Retrieved<unknown>;
  await expectRefused('ERR_CLIENT_USAGE', (client) => client.post('/note', {}, { basedOn }));
});

test('A URL with credentials is refused, and they are not repeated', async () => {
  for (const user of ['ada:sesame', 'ada', ':sesame'])
    await withScript([], async ({ clientWith, origin }) => {
      const client = clientWith({ baseUrl: origin.replace('//', `//${user}@`) });
      const refusal = client.get('/note');
      await expect(refusal).rejects.toMatchObject({ code: 'ERR_CLIENT_USAGE' });
      await expect(refusal).rejects.not.toThrow(/ada|sesame/);
    });
});

describe('What a write is based on', () => {
  interface Row {
    readonly what: string;
    readonly options: (read: Retrieved<unknown>) => PutOptions;
    readonly content?: object;
    readonly asks: string;
  }

  const CONTENT = { etag: '"content"' };

  /** In the order of what counts: each row has everything that the rows below it have, and one thing more. */
  const ROWS: readonly Row[] = [
    {
      what: '`createOnly`',
      options: (basedOn) => ({ createOnly: true, ifMatch: '"ifMatch"', basedOn }),
      content: CONTENT,
      asks: 'If-None-Match: *',
    },
    {
      what: '`ifMatch`',
      options: (basedOn) => ({ ifMatch: '"ifMatch"', basedOn }),
      content: CONTENT,
      asks: 'If-Match: "ifMatch"',
    },
    {
      what: '`basedOn`',
      options: (basedOn) => ({ basedOn }),
      content: CONTENT,
      asks: 'If-Match: "basedOn"',
    },
    { what: 'the content', options: () => ({}), content: CONTENT, asks: 'If-Match: "content"' },
    { what: 'the last read', options: () => ({}), asks: 'If-Match: "remembered"' },
  ];

  test.each(ROWS)('is $what, where nothing is there that counts more', async ({ options, content, asks }) => {
    const script = [json({}, { ETag: '"basedOn"' }), json({}, { ETag: '"remembered"' }), answer(204)];
    await withScript(script, async ({ clientWith, requests }) => {
      const client = clientWith({ etagMember: 'etag' });
      const read = await client.get('/note');
      await client.get('/note');
      await client.put('/note', content ?? {}, options(read));
      expect(summary(requests[2]!)).toBe(`PUT /note ${asks}`);
    });
  });

  test('is not a member of the content of which the client was not told', async () => {
    const content = { ...CONTENT, undefined: '"content"' };
    expect(await afterReading({ ETag: '"1"' }, (client) => client.put('/note', content))).toBe(
      'PUT /note If-Match: "1"',
    );
  });

  test.each([undefined, null, ''])('is not a member of the content that says nothing: %j', async (etag) => {
    const write: Write = (client) => client.put('/note', { etag });
    expect(await afterReading({ ETag: '"1"' }, write, { etagMember: 'etag' })).toBe(
      'PUT /note If-Match: "1"',
    );
  });

  test.each([1, 'abc', '"a', '*', '"a"\r\nX-Evil: 1', '"a\0"', '"\u0100"', ['"a"', '"b"'], {}])(
    'M-18 is neither a member of the content that is no tag, nor that of the copy, which may be another: %j',
    async (etag) => {
      const write: Write = (client) => client.put('/note', { etag });
      await expectRefused('ERR_CLIENT_USAGE', write, { ETag: '"1"' }, { etagMember: 'etag' });
    },
  );

  test('is not a member of what is no object', async () => {
    for (const content of ['etag', null, new Blob(['{"etag":"\\"2\\""}'])]) {
      const write: Write = (client) => client.put('/note', content);
      expect(await afterReading({ ETag: '"1"' }, write, { etagMember: 'etag' })).toBe(
        'PUT /note If-Match: "1"',
      );
    }
  });

  test('M-5 is no weak tag, wherever it is from', async () => {
    await expectRefused('ERR_CLIENT_WEAK_TAG', (client) => client.put('/note', {}, { ifMatch: 'W/"a"' }));
    await expectRefused('ERR_CLIENT_WEAK_TAG', (client) =>
      client.put('/note', {}, { ifMatch: ['"a"', 'W/"b"'] }),
    );
    const fromContent: Write = (client) => client.put('/note', { etag: 'W/"a"' });
    await expectRefused('ERR_CLIENT_WEAK_TAG', fromContent, { ETag: '"1"' }, { etagMember: 'etag' });
  });

  test('is what the read has seen that is named, not what others have seen since', async () => {
    const script = [json({ n: 1 }, { ETag: '"1"' }), json({ n: 2 }, { ETag: '"2"' }), answer(412)];
    await withScript(script, async ({ client, requests }) => {
      const basedOn = await client.get('/note');
      await client.get('/note');
      await expect(client.put('/note', { n: 3 }, { basedOn })).rejects.toThrow('412');
      expect(summary(requests[2]!)).toBe('PUT /note If-Match: "1"');
    });
  });

  test('is nothing remembered, where the read that is named has neither tag nor date', async () => {
    const script = [text('a'), text('b', { ETag: '"2"' })];
    await withScript(script, async ({ client, requests }) => {
      const basedOn = await client.get('/note');
      await client.get('/note');
      await expect(client.put('/note', 'c', { basedOn })).rejects.toMatchObject({
        code: 'ERR_CLIENT_NO_VALIDATOR',
      });
      expect(requests).toHaveLength(2);
    });
  });

  test('is nothing remembered, where a read is named that is undefined', async () => {
    await withScript([text('a', { ETag: '"1"' })], async ({ client, requests }) => {
      await client.get('/note');
      const options = { basedOn: undefined } as unknown as { basedOn: Retrieved<string> };
      await expect(client.put('/note', 'b', options)).rejects.toMatchObject({ code: 'ERR_CLIENT_USAGE' });
      expect(requests).toHaveLength(1);
    });
  });

  test('is no read of another resource', async () => {
    await withScript([text('a', { ETag: '"1"' })], async ({ client, requests }) => {
      const basedOn = await client.get('/note');
      const refusal = { code: 'ERR_CLIENT_USAGE', message: expect.stringContaining('/note') };
      await expect(client.put('/other', 'b', { basedOn })).rejects.toMatchObject(refusal);
      await expect(client.put('/note?page=2', 'b', { basedOn, ifMatch: '"1"' })).rejects.toMatchObject(
        refusal,
      );
      expect(requests).toHaveLength(1);
    });
  });

  test('is a read of the same resource, however it was named', async () => {
    await withScript([text('a', { ETag: '"1"' }), answer(204)], async ({ client, origin, requests }) => {
      const basedOn = await client.get(new URL('/note', origin));
      await client.put('note#end', 'b', { basedOn });
      expect(summary(requests[1]!)).toBe('PUT /note If-Match: "1"');
    });
  });
});

describe('`ifMatch`', () => {
  async function asksWith(
    ifMatch: string | readonly string[],
    options: ClientOptions = {},
  ): Promise<unknown> {
    return withScript([answer(204)], async ({ clientWith, requests }) => {
      await clientWith(options).put('/note', 'a', { ifMatch });
      return sent(requests[0], 'If-Match');
    });
  }

  test.each([
    ['"a"', '"a"'],
    ['""', '""'],
    ['"a,b"', '"a,b"'],
    ['"\xe9"', '"\xe9"'],
    [['"a"'], '"a"'],
    [['"a"', '"b,c"', '"d"'], '"a", "b,c", "d"'],
    ['*', '*'],
  ])('M-4, M-16, R-5.3-a is one line, each octet as it is: %j', async (ifMatch, value) => {
    expect(await asksWith(ifMatch)).toBe(value);
  });

  test('is a list with weak tags where the client is told that this server compares weakly', async () => {
    expect(await asksWith(['W/"a"', '"b"'], { ifMatch: 'weak' })).toBe('W/"a", "b"');
  });

  const MALFORMED: readonly unknown[] = [
    undefined,
    null,
    1,
    '',
    'a',
    'undefined',
    '"a',
    '"a" ',
    ' "a"',
    'w/"a"',
    '"a b"',
    '"a", "b"',
    '*, "a"',
    [],
    [''],
    ['*'],
    ['*', '"a"'],
    ['"a"', '*'],
    ['"a"', ''],
    ['"a"', undefined],
    ['"a", "b"'],
    '"a"\r\nX-Evil: 1',
    '"a"\n',
    '"a\r"',
    '"a\0"',
    '"\u0100"',
    '"\u20ac"',
    ['"a"', '"\u0100"'],
  ];

  test.each(MALFORMED.map((ifMatch) => [ifMatch]))(
    'M-4, M-18 is refused, and nothing is sent: %j',
    async (given) => {
      const options = { ifMatch: given } as WriteOptions;
      for (const write of [...WRITES.map((each) => each.write), post]) {
        await expectRefused('ERR_CLIENT_USAGE', (client) => write(client, options), { ETag: '"1"' });
      }
    },
  );

  test('is refused with a message that shows it', async () => {
    await withScript([], async ({ client }) => {
      await expect(client.put('/note', 'a', { ifMatch: 'abc' })).rejects.toThrow(
        'Expected `ifMatch` to be \'*\' or quoted entity tags; got "abc". [ERR_CLIENT_USAGE',
      );
    });
  });
});

describe('`createOnly`', () => {
  test('M-7 is If-None-Match: * and nothing else, whatever is remembered', async () => {
    const script = [text('a', { ETag: '"1"', 'Last-Modified': T }), answer(201)];
    await withScript(script, async ({ client, requests }) => {
      await client.get('/note');
      await client.put('/note', 'b', { createOnly: true });
      expect(summary(requests[1]!)).toBe('PUT /note If-None-Match: *');
    });
  });

  test('is nothing, where it is false', async () => {
    const write: Write = (client) => client.put('/note', 'b', { createOnly: false });
    expect(await afterReading({ ETag: '"1"' }, write)).toBe('PUT /note If-Match: "1"');
    await expectRefused('ERR_CLIENT_NO_VALIDATOR', write);
  });
});

describe('POST', () => {
  test('has no condition by itself', async () => {
    expect(await afterReading({ ETag: '"1"' }, post)).toBe('POST /note');
    const withTag: Write = (client) => client.post('/note', { etag: '"2"' });
    expect(await afterReading({ ETag: '"1"' }, withTag, { etagMember: 'etag' })).toBe('POST /note');
  });

  test('has one on request', async () => {
    await withScript([text('a', { ETag: '"1"' }), answer(204), answer(204)], async ({ client, requests }) => {
      const basedOn = await client.get('/note');
      await post(client, { basedOn });
      await post(client, { ifMatch: '"2"' });
      expect(requests.slice(1).map(summary)).toEqual([
        'POST /note If-Match: "1"',
        'POST /note If-Match: "2"',
      ]);
    });
  });

  test('is refused under a weak tag', async () => {
    await expectRefused('ERR_CLIENT_WEAK_TAG', (client) => post(client, { ifMatch: 'W/"1"' }));
  });
});
