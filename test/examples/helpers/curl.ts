/** Does what a line `curl -i …` of a transcript says, over node:http, so that the test needs no curl. */
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface CurlResponse {
  readonly statusLine: string;
  readonly fields: IncomingMessage['headers'];
  readonly body: string;
}

export function curl(line: string): Promise<CurlResponse> {
  const { method, headers, body, url } = parse(line);
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (response) => {
      const statusLine = `HTTP/${response.httpVersion} ${response.statusCode} ${response.statusMessage}`;
      text(response).then(
        (content) => resolve({ statusLine, fields: response.headers, body: content }),
        reject,
      );
    })
      .on('error', reject)
      .end(body);
  });
}

function parse(line: string): { method: string; headers: Record<string, string>; body: string; url: string } {
  const [command, ...words] = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
  if (command !== 'curl') throw new Error(`Expected a curl command, got ${line}`);
  const headers: Record<string, string> = {};
  let [method, body, url] = ['GET', '', ''];
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === '-X') method = words.shift() ?? '';
    else if (word === '-d') body = words.shift() ?? '';
    else if (word === '-H') {
      const [name = '', value = ''] = (words.shift() ?? '').split(': ');
      headers[name] = value;
    } else if (word !== '-i') url = word;
  }
  return { method, headers, body, url };
}
