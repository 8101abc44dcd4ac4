/** What a refused call says: nothing was sent, and the message has to tell what to do instead. */
import { describe, expect, test } from '@jest/globals';
import { type ConditionalClient, modify, OutcomeUnknownError, watch } from '../../lib/client/index.js';
import { json, text, withScript } from './scripted-server.js';

interface Refusal {
  readonly title: string;
  readonly call: (client: ConditionalClient) => Promise<unknown>;
  readonly says: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    title: 'a write of what was never read',
    call: (client) => client.put('/note', {}),
    says: '/note is known. Get it first, or pass `ifMatch`. [ERR_CLIENT_NO_VALIDATOR: see docs/error-codes.md]',
  },
  {
    title: 'a weak tag on a write',
    call: (client) => client.put('/note', {}, { ifMatch: ['"1"', 'W/"2"'] }),
    says: 'A weak tag never satisfies If-Match: W/"2". Pass a strong one, or `ifMatch: \'*\'` to overwrite.',
  },
  {
    title: 'a tag without its quotes',
    call: (client) => client.put('/note', {}, { ifMatch: '1' }),
    says: 'Expected `ifMatch` to be \'*\' or quoted entity tags; got "1".',
  },
  {
    title: 'what is neither JSON nor octets',
    call: (client) => client.put('/note', () => {}, { ifMatch: '*' }),
    says: 'Expected JSON, text, octets, a Blob or a form; got [object Function].',
  },
  {
    title: 'a condition among the fields',
    call: (client) => client.put('/note', {}, { headers: { 'If-Match': '"1"' } }),
    says: 'Expected no conditions in `headers`: use `ifMatch`, `basedOn` or `createOnly`; got if-match.',
  },
  {
    title: 'no attempt at all',
    call: (client) => modify(client, '/note', () => ({}), { attempts: 0 }),
    says: 'Expected `attempts` to be 1 or more; got 0.',
  },
  ...[-1, NaN].map((interval) => ({
    title: `an interval of ${interval}`,
    call: (client: ConditionalClient) => watch(client, '/note', { interval }).next(),
    says: `Expected \`interval\` to be 0 or more milliseconds; got ${interval}.`,
  })),
];

describe('what the client refuses', () => {
  test.each(REFUSALS)('$title: it says $says', async ({ call, says }) => {
    await withScript([], async ({ client, requests }) => {
      await expect(call(client)).rejects.toThrow(says);
      expect(requests).toEqual([]);
    });
  });

  test('a write that is based on another resource: it names both', async () => {
    await withScript([text('a', { ETag: '"1"' })], async ({ client, origin }) => {
      const basedOn = await client.get('/other');
      await expect(client.put('/note', 'b', { basedOn })).rejects.toThrow(
        `Expected \`basedOn\` to be read from ${origin}/note; got ${origin}/other.`,
      );
    });
  });

  test('an outcome that cannot be told: it says where to look', async () => {
    await withScript([json({})], async ({ client }) => {
      const last = await client.get('/note');
      expect(new OutcomeUnknownError(last, {}, undefined).message).toContain(
        'The reply to a write was lost, and what is there now does not tell whether it was made. Look at `last`, or pass `applied`.',
      );
    });
  });
});

test('a field whose name only looks like a condition is sent', async () => {
  const headers = { 'X-If-Match': '"1"', 'If-Match-Not': '"1"' };
  await withScript([text('a')], async ({ client, requests }) => {
    await client.get('/note', { headers });
    expect(requests[0]?.lines).toEqual(
      expect.arrayContaining(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    );
  });
});
