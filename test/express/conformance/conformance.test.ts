import { describe, expect, test } from '@jest/globals';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { fieldOf, rawRequest } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import { RESOURCE } from '../ways-of-serving.js';
import { DATES } from './dates.cases.js';
import { ENTITY_TAGS } from './entity-tags.cases.js';
import { EVALUATION } from './evaluation.cases.js';
import { expectRow } from './expectations.js';
import { IF_MATCH } from './if-match.cases.js';
import { IF_MODIFIED_SINCE } from './if-modified-since.cases.js';
import { IF_NONE_MATCH } from './if-none-match.cases.js';
import { IF_UNMODIFIED_SINCE } from './if-unmodified-since.cases.js';
import type { HttpCase } from './notation.js';
import { versionOf } from './notation.js';
import { PRECEDENCE } from './precedence.cases.js';
import { RANGES } from './ranges.cases.js';
import { REFUSALS } from './refusals.cases.js';
import { sampleApp } from './sample-app.js';
import { STRENGTH } from './strength.cases.js';

const GROUPS: readonly (readonly [group: string, rows: readonly HttpCase[]])[] = [
  ['A. Entity-tag syntax and field parsing', ENTITY_TAGS],
  ['B. Dates', DATES],
  ['C. Validator strength and comparison', STRENGTH],
  ['D1. If-Match', IF_MATCH],
  ['D2. If-None-Match', IF_NONE_MATCH],
  ['D3. If-Modified-Since', IF_MODIFIED_SINCE],
  ['D4. If-Unmodified-Since', IF_UNMODIFIED_SINCE],
  ['E. When preconditions are evaluated', EVALUATION],
  ['F. Precedence', PRECEDENCE],
  ['G, H, I. 304, 412 and 428', REFUSALS],
  ['J. Range', RANGES],
];

describe.each(EXPRESS_VERSIONS)('RFC 9110 over $name', ({ express }) => {
  describe.each(GROUPS)('%s', (_group, rows) => {
    test.each(rows)('$id: $title', async (row) => {
      const sample = sampleApp(express, versionOf(row.current), row.options);
      const [method, ...fieldLines] = row.request;
      await withServer(sample.app, async (port) => {
        const response = await rawRequest(port, [`${method} ${RESOURCE}`, ...fieldLines]);
        expectRow(row, response, sample.handled());
      });
    });
  });

  test.each([
    {
      id: 'R-5.4-a',
      title: 'a field of 20 kB is refused, not dropped',
      value: `"${'x'.repeat(20_000)}"`,
      status: 431,
    },
    { id: 'R-5.5-c', title: 'a NUL in a field is refused', value: '"a\0"', status: 400 },
    { id: 'R-5.5-c', title: 'a bare CR in a field is refused', value: '"a\rb"', status: 400 },
  ])('$id: $title', async ({ value, status }) => {
    const sample = sampleApp(express, { etag: '"a"' });
    await withServer(sample.app, async (port) => {
      const response = await rawRequest(port, [`PUT ${RESOURCE}`, `If-Match: ${value}`]);
      expect(response.status).toBe(status);
      expect(fieldOf(response, 'Connection')).toBe('close');
    });
    expect(sample.handled()).toBe(0);
  });
});
