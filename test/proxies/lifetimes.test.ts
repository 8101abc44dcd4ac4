/** What becomes of a read with If-None-Match, by what the API says in Cache-Control: the second table of docs/proxies.md. */
import { expect, test } from '@jest/globals';
import { describeBehindNginx } from '../helpers/nginx.js';
import type { TestProxy } from '../helpers/proxy.js';
import { describeBehindVarnish, PLAIN } from '../helpers/varnish.js';
import { documented, documentedTable } from './documented.js';
import { behind, type Fields, noteApi } from './note-api.js';

const [HEADINGS = [], ...ROWS] = documentedTable('Cache-Control');

describeBehindNginx('A read with If-None-Match behind nginx', (nginx) => {
  testColumn(nginx, 'nginx without a cache', { gzip: false });
  testColumn(nginx, 'nginx as below', { http: documented('nginx cache') });
});

describeBehindVarnish('A read with If-None-Match behind Varnish', (varnish) => {
  testColumn(varnish, 'Varnish as installed', PLAIN);
  testColumn(varnish, 'Varnish as below', { vcl: documented('vcl') });
});

function testColumn<O>(proxy: TestProxy<O>, heading: string, options: O): void {
  const column = HEADINGS.indexOf(heading);
  const rows = ROWS.map((row) => [row[0], row[column]] as const);
  test.each(rows)(`${heading}, where the API says %s: %s`, async (directive, outcome) => {
    const fields: Fields = directive === 'nothing' ? {} : { 'Cache-Control': directive! };
    expect(await outcomeOf(proxy, options, fields)).toBe(outcome);
  });
}

/** In the words of the table; of the third read, since the first ones let a proxy learn what it has to do with. */
async function outcomeOf<O>(proxy: TestProxy<O>, options: O, fields: Fields): Promise<string> {
  const api = noteApi({ fields });
  const outcomes: string[] = [];
  await behind(proxy, options, api, async (send) => {
    for (let count = 0; count < 3; count++) {
      const [seen, handled] = [api.seen.length, api.handled.length];
      const { status } = await send('GET', { 'If-None-Match': '"v1"' });
      if (api.handled.length > handled) outcomes.push(`${status}, handled`);
      else outcomes.push(api.seen.length > seen ? `${status}, evaluated` : `${status}, not asked`);
    }
  });
  return outcomes[2]!;
}
