/** A content that trickles in while others write. */
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { memoryLock } from '../../lib/index.js';
import { memoryCounters } from '../helpers/counter-stores.js';
import { counterApp, type CounterAppOptions, type Protection } from '../helpers/counters.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { RawConnection } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

interface Row {
  readonly under: string;
  readonly protection: () => Protection;
  readonly parse: CounterAppOptions['parse'] & string;
}

const ROWS: readonly Row[] = (['before', 'behind'] as const).flatMap((parse) => [
  { under: 'the guard', protection: () => 'guard', parse },
  { under: 'the lock', protection: () => ({ lock: memoryLock() }), parse },
]);

const CONTENT = JSON.stringify({ value: 100 });
const HEAD = [
  'PUT /counters/a HTTP/1.1',
  'Host: localhost',
  'If-Match: "1"',
  'Content-Type: application/json',
  `Content-Length: ${CONTENT.length}`,
  '\r\n',
].join('\r\n');

/**
 * The status of a slow write with the tag `"1"`. Between the octets of its content others write, as often as `others` says; those
 * writes have to succeed, so a slow client does not keep them waiting either.
 */
async function slowWrite(
  express: (typeof EXPRESS_VERSIONS)[number]['express'],
  { protection, parse }: Row,
  others: number,
): Promise<{ status: number; value: number | undefined }> {
  const store = memoryCounters();
  await store.create('a');
  const app = counterApp(express, { store, protection: protection(), parse });
  return withServer(app, async (port, server) => {
    const slow = new RawConnection(port);
    slow.send(HEAD);
    for (const [index, octet] of CONTENT.split('').entries()) {
      slow.send(octet);
      if (index % 4 === 0 && index / 4 < others) {
        await request(server).put('/counters/a').send({ value: index }).expect(200);
      }
    }
    const { status } = await slow.response('PUT');
    slow.destroy();
    return { status, value: (await store.read('a'))?.value };
  });
}

describe.each(EXPRESS_VERSIONS)('A write whose content trickles in, $name', ({ express }) => {
  test.each(ROWS)(
    'is refused under $under when others write meanwhile, parsed $parse the check',
    async (row) => {
      expect(await slowWrite(express, row, 3)).toEqual({ status: 412, value: 8 });
    },
  );

  test.each(ROWS)('is made under $under when nobody else writes, parsed $parse the check', async (row) => {
    expect(await slowWrite(express, row, 0)).toEqual({ status: 200, value: 100 });
  });

  test('is made over the writes of others with the check alone, where it is parsed behind it', async () => {
    const row: Row = { under: 'nothing', protection: () => 'nothing', parse: 'behind' };
    expect(await slowWrite(express, row, 3)).toEqual({ status: 200, value: 100 });
  });
});
