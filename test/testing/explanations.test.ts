import type { RequestListener } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { isConformanceError, type Target } from '../../lib/testing/index.js';
import { caseOf, failureOf } from './cases-of.js';

/** A server that gives the same answer to everything. */
function answering(
  fields: Readonly<Record<string, string | string[]>>,
  content: string | Buffer = '',
  status: (method?: string) => number = () => 200,
): RequestListener {
  return (request, response) => {
    response.sendDate = false;
    response.writeHead(status(request.method), { Connection: 'close', ...fields });
    // Of a header section that is sent together with text, Node makes UTF-8.
    response.end(Buffer.from(content));
  };
}

const TAGGED = { ETag: '"a"', 'Content-Length': '3' };

function targetOf(listener: RequestListener, more: Partial<Target> = {}): Target {
  return { server: listener, path: '/notes/1?full', etag: 'strong', ...more };
}

async function explanationOf(target: Target, id: string): Promise<string> {
  return (await failureOf(target, id))?.message ?? '';
}

describe('a failure is explained', () => {
  test('with the request, the answer, what was expected, where it stands, and what is often the cause', async () => {
    const target = targetOf(answering(TAGGED, 'abc'));
    const { requirements } = caseOf(target, 'if-none-match.no-cache');
    const failure = await failureOf(target, 'if-none-match.no-cache');
    expect(failure?.message).toBe(`not so: Cache-Control: no-cache in the request does not prevent a 304

  sent      GET /notes/1?full
            If-None-Match: "a"
            Cache-Control: no-cache
  received  200
            Connection: close
            ETag: "a"
            Content-Length: 3

            abc
  expected  304 (Not Modified)
  see       RFC 9110, section 13.1.2; RFC 9111, section 5.2.1 (must; ${requirements.join(', ')})
  often     the package \`fresh\`, which Express uses, gives up on a request that says no-cache, as every \`fetch\` with a condition does.
`);
    expect(failure).toMatchObject({
      name: 'ConformanceError',
      id: 'if-none-match.no-cache',
      level: 'must',
      requirements,
      expected: '304 (Not Modified)',
      answer: { status: 200, sent: { method: 'GET', path: '/notes/1?full' } },
    });
  });

  test('with what was found where the status alone does not show it', async () => {
    let content = 0;
    const changing: RequestListener = (request, response) => {
      content += 1;
      answering({ ETag: '"a"' }, String(content), (method) => (method === 'PUT' ? 412 : 200))(
        request,
        response,
      );
    };
    const writes = { methods: ['PUT'], create: () => '/1', content: () => ({}) };
    const explanation = await explanationOf(targetOf(changing, { writes }), 'put.if-match.other');
    expect(explanation).toContain('\n  found     it was refused, and performed all the same\n');
    expect(explanation).toContain('\n  expected  that nothing was changed\n');
  });

  test('with the request that got no answer', async () => {
    const silent: RequestListener = (request) => request.socket.destroy();
    const failure = await failureOf(targetOf(silent), 'if-none-match.current');
    expect(failure).toMatchObject({ expected: 'an answer', answer: undefined });
    expect(failure?.message).toMatch(/\n {2}found {5}GET \/notes\/1\?full: socket hang up\n/);
    expect(failure?.message).toContain('\n  see       RFC 9110, section 13.1.2 (');
    expect(failure?.message).toContain('\n  often     ');
  });

  test('with the content that a write has sent', async () => {
    const writes = { methods: ['PUT'], create: () => '/1', content: () => ({ text: 'sent' }) };
    const explanation = await explanationOf(
      targetOf(answering(TAGGED, 'abc'), { writes }),
      'put.if-match.other',
    );
    expect(explanation).toContain(
      '  sent      PUT /1\n            Content-Type: application/json\n            If-Match: "not-a"\n\n            {"text":"sent"}\n',
    );
  });

  test.each([
    ['an error of this package', async () => failureOf(targetOf(answering({})), 'validators.etag'), true],
    ['one of another copy', async () => Object.assign(new Error('x'), { name: 'ConformanceError' }), true],
    ['another error', async () => new Error('ConformanceError'), false],
    ['what is no error', async () => ({ name: 'ConformanceError' }), false],
  ])('by an error that is known by its name: %s', async (_what, make, is) => {
    expect(isConformanceError(await make())).toBe(is);
  });
});

describe('an explanation shows no secret', () => {
  const SECRET = 's3cr3t';

  test.each(['Authorization', 'Proxy-Authorization', 'Cookie', 'X-Api-Key', 'X-Auth-Token', 'apikey'])(
    'of a request: %s',
    async (name) => {
      const target = targetOf(answering(TAGGED, 'abc'), { headers: { [name]: SECRET } });
      const explanation = await explanationOf(target, 'if-none-match.current');
      expect(explanation).toContain(`\n  sent      GET /notes/1?full\n            ${name}: …\n`);
      expect(explanation).not.toContain(SECRET);
    },
  );

  test('of an answer', async () => {
    const listener = answering({ ...TAGGED, 'Set-Cookie': [`a=${SECRET}`, `b=${SECRET}`] }, 'abc');
    const explanation = await explanationOf(targetOf(listener), 'if-none-match.current');
    expect(explanation).toContain('Set-Cookie: …\n            Set-Cookie: …\n');
    expect(explanation).not.toContain(SECRET);
  });

  test('of an answer that is shown as it came', async () => {
    const listener = answering({ ETag: '"a"', 'Set-Cookie': `a=${SECRET}` }, 'abc');
    const explanation = await explanationOf(targetOf(listener), '304.no-content');
    expect(explanation).toContain('Set-Cookie: …');
    expect(explanation).not.toContain(SECRET);
  });
});

describe('an explanation is plain text', () => {
  const ESCAPE = '\x1b[31m';
  /** Everything but tabs, line ends, and characters that are shown. */
  // oxlint-disable-next-line no-control-regex -- that is the point
  const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

  test.each([
    ['in a field', answering({ ...TAGGED, 'X-Odd': 'é\x9b' }, 'abc'), 'X-Odd: \\xe9\\x9b'],
    ['in content', answering({ ETag: '"a"' }, `${ESCAPE}red\r\nnext`), '\\x1b[31mred'],
    ['in content that is no text', answering({ ETag: '"a"' }, Buffer.from([0, 7, 255])), '\\x00\\x07'],
  ])('also with odd octets %s', async (_where, listener, shown) => {
    const explanation = await explanationOf(targetOf(listener), 'if-none-match.current');
    expect(explanation).toContain(shown);
    expect(explanation).not.toMatch(CONTROLS);
  });

  test('also with odd octets in a tag that is expected', async () => {
    let versions = 0;
    const changing: RequestListener = (request, response) =>
      answering({ ETag: `"\x9b${(versions += 1)}"` })(request, response);
    const explanation = await explanationOf(targetOf(changing), 'validators.stable');
    expect(explanation).toContain('expected  ETag: "\\x9b1"');
    expect(explanation).not.toMatch(CONTROLS);
  });

  test('also with odd octets in an answer that is shown as it came', async () => {
    const explanation = await explanationOf(
      targetOf(answering({ ETag: '"a"' }, `${ESCAPE}red`)),
      '304.no-content',
    );
    expect(explanation).toContain('\\x1b[31mred');
    expect(explanation).not.toMatch(CONTROLS);
  });

  test('that ends somewhere, however long the content is', async () => {
    const explanation = await explanationOf(
      targetOf(answering({ ETag: '"a"' }, 'x'.repeat(5000))),
      'if-none-match.current',
    );
    expect(explanation).toContain('x'.repeat(200));
    expect(explanation.length).toBeLessThan(1000);
  });
});
