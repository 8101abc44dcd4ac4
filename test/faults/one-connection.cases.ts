/** Requests that share a connection, and what each of them is answered. The resource is at "1". */

export interface Exchange {
  readonly title: string;
  readonly octets: string;
  readonly method: string;
  readonly status: number;
  /** What the handler sends, if it runs; a refusal has a content of its own. */
  readonly content?: string;
}

/** Whoever loses count of the octets of a content takes this for a request. */
const SMUGGLED = 'DELETE /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n';

function exchange(
  title: string,
  [start = '', ...fields]: readonly string[],
  answer: Pick<Exchange, 'status' | 'content'>,
  content = '',
): Exchange {
  const [method = ''] = start.split(' ');
  const head = [`${start} HTTP/1.1`, 'Host: localhost', ...fields];
  return { title, method, octets: `${head.join('\r\n')}\r\n\r\n${content}`, ...answer };
}

const chunked = (content: string, trailer = ''): string =>
  `${content.length.toString(16)}\r\n${content}\r\n0\r\n${trailer}\r\n`;

const LENGTH = `Content-Length: ${SMUGGLED.length}`;
const CHUNKED = 'Transfer-Encoding: chunked';

export const EXCHANGES: readonly Exchange[] = [
  exchange('304', ['GET /', 'If-None-Match: "1"'], { status: 304 }),
  exchange('200', ['GET /', 'If-None-Match: "0"'], { status: 200, content: 'GET:' }),
  exchange('304 to HEAD', ['HEAD /', 'If-None-Match: "1"'], { status: 304 }),
  exchange('200 to HEAD', ['HEAD /'], { status: 200 }),
  exchange('412 to HEAD', ['HEAD /', 'If-Match: "0"'], { status: 412 }),
  exchange('412 to GET', ['GET /', 'If-Match: "0"'], { status: 412 }),
  exchange('304 to a GET with content', ['GET /', 'If-None-Match: "1"', LENGTH], { status: 304 }, SMUGGLED),
  exchange('204', ['DELETE /', 'If-Match: "1"'], { status: 204 }),
  exchange('428', ['DELETE /'], { status: 428 }),
  exchange('412 without content', ['DELETE /', 'If-Match: "0"'], { status: 412 }),
  exchange('412 to content', ['PUT /', 'If-Match: "0"', LENGTH], { status: 412 }, SMUGGLED),
  exchange('412 to chunked content', ['PUT /', 'If-Match: "0"', CHUNKED], { status: 412 }, chunked(SMUGGLED)),
  exchange(
    '412 to chunked content with a trailer',
    ['PUT /', 'If-Match: "0"', CHUNKED, 'Trailer: If-Match'],
    { status: 412 },
    chunked('text', 'If-Match: "1"\r\n'),
  ),
  exchange(
    '200 to content',
    ['PUT /', 'If-Match: "1"', LENGTH],
    { status: 200, content: `PUT:${SMUGGLED}` },
    SMUGGLED,
  ),
  exchange(
    '200 to chunked content',
    ['PUT /', 'If-Match: "1"', CHUNKED],
    { status: 200, content: `PUT:${SMUGGLED}` },
    chunked(SMUGGLED),
  ),
  exchange('500 of the provider', ['GET /', 'X-Fails: yes'], { status: 500 }),
  exchange(
    '500 of the provider to content',
    ['PUT /', 'X-Fails: yes', 'If-Match: "1"', LENGTH],
    { status: 500 },
    SMUGGLED,
  ),
  exchange('404', ['GET /nowhere', 'If-None-Match: "1"'], { status: 404 }),
];
