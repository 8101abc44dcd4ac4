import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { withServer } from '../helpers/server.js';
import { tagFields } from './fuzz/octets.js';
import { SecretStage } from './secret-stage.js';
import { wholeResponse, withoutDate } from './whole-response.js';

/** Text that would be something else in a header section, in HTML or in JSON. */
const INJECTIONS = [
  '<script>alert(1)</script>',
  '</pre><img src=x onerror=alert(1)>',
  '"}, "status": 200, {"',
  String.raw`\u0022,\u0022x\u0022:\u0022`,
  String.raw`a\r\nSet-Cookie: a=1`,
  '%0d%0aSet-Cookie: a=1',
  '\x85\xa0\xff',
  '${7*7} {{7*7}} %s %n',
  '__proto__',
];

describe.each(EXPRESS_VERSIONS)('a malformed field, over $name,', ({ express }) => {
  const stage = new SecretStage(express, { malformed: 400 });

  test.each(INJECTIONS)('R-9457-3-a is shown as text in JSON, and changes nothing else: %s', async (text) => {
    await withServer(stage.app, async (port) => {
      const shown = await malformed(port, text);
      expect(shown!.head).toContain('\r\nContent-Type: application/problem+json\r\n');
      expect(shown).toEqual(asShown(text, (await malformed(port, 'v0'))!));
    });
  });

  test('R-9457-3-a is shown as text in JSON, and changes nothing else, whatever octets it carries', async () => {
    await withServer(stage.app, async (port) => {
      const plain = (await malformed(port, 'v0'))!;
      const law = fc.asyncProperty(tagFields, async (text) => {
        const shown = await malformed(port, text);
        fc.pre(shown !== undefined && text.length <= LONGEST_SHOWN);
        expect(shown).toEqual(asShown(text, plain));
      });
      await fc.assert(law, { numRuns: 200 });
    });
  });
});

/** Longer values are cut. */
const LONGEST_SHOWN = 60;

interface Shown {
  /** Without the two lines that change by themselves. */
  readonly head: string;
  readonly body: Record<string, unknown>;
}

/** What a 400 shows; `undefined` for any other answer. */
async function malformed(port: number, text: string): Promise<Shown | undefined> {
  const response = await wholeResponse(port, ['PUT /', `If-Match: ${text}`]);
  if (!response.startsWith('HTTP/1.1 400 ')) return undefined;
  const [head = '', content = ''] = response.split('\r\n\r\n');
  return {
    head: withoutDate(`${head}\r\n`).replace(/^Content-Length: .*\r\n/m, ''),
    body: JSON.parse(Buffer.from(content, 'latin1').toString('utf8')) as Record<string, unknown>,
  };
}

/** The answer to `v0`, with another text in place of it. */
function asShown(text: string, { head, body }: Shown): Shown {
  const received = `received ${text.replace(/^[ \t]+|[ \t]+$/g, '')}.`;
  return { head, body: { ...body, detail: String(body['detail']).replace('received v0.', () => received) } };
}
