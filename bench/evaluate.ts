// How long does one evaluation take, beside `fresh` on the conditional reads that both understand, and on hostile fields?
// Run: npm run bench
import fresh from 'fresh';
import { evaluate } from 'http-preconditions/core';
import type { ConditionalRequest, Validators } from 'http-preconditions/core';
import { interleaved } from './measure.js';

const MODIFIED = 'Tue, 15 Nov 1994 12:45:26 GMT';
const NOW = Date.now();
const CURRENT: Validators = { etag: '"v1"', lastModified: new Date(MODIFIED) };
const RESPONSE_FIELDS = { etag: '"v1"', 'last-modified': MODIFIED };

const READS: readonly { readonly name: string; readonly fields: Record<string, string> }[] = [
  { name: 'one tag that matches', fields: { 'if-none-match': '"v1"' } },
  { name: 'one weak tag that matches', fields: { 'if-none-match': 'W/"v1"' } },
  { name: 'one tag that does not match', fields: { 'if-none-match': '"v2"' } },
  { name: 'five tags, the last matches', fields: { 'if-none-match': `${tags(4)}, "v1"` } },
  { name: 'fifty tags, none matches', fields: { 'if-none-match': tags(50) } },
  { name: 'the same date', fields: { 'if-modified-since': MODIFIED } },
  { name: 'an older date', fields: { 'if-modified-since': 'Tue, 15 Nov 1994 12:45:25 GMT' } },
];

const HOSTILE_FIELDS: readonly { readonly name: string; readonly unit: string }[] = [
  { name: 'commas', unit: ',' },
  { name: 'spaces', unit: ' ' },
  { name: 'double quotes', unit: '"' },
  { name: '"a", members', unit: '"a",' },
  { name: 'weakness marks', unit: 'W/' },
  { name: 'an unterminated tag', unit: 'x' },
];

function tags(count: number): string {
  return Array.from({ length: count }, (_, index) => `"tag-${index}"`).join(', ');
}

function requestOf(method: string, fields: Record<string, string>): ConditionalRequest {
  return {
    method,
    now: NOW,
    ifMatch: fields['if-match'],
    ifNoneMatch: fields['if-none-match'],
    ifModifiedSince: fields['if-modified-since'],
    ifUnmodifiedSince: fields['if-unmodified-since'],
    ifRange: fields['if-range'],
    range: fields['range'],
  };
}

async function compareWithFresh(): Promise<void> {
  const rows: Record<string, object> = {};
  for (const { name, fields } of READS) {
    const request = requestOf('GET', fields);
    const [ours, theirs] = await interleaved(
      () => evaluate(request, CURRENT),
      () => fresh(fields, RESPONSE_FIELDS),
    );
    const speed = `${(theirs! / ours!).toFixed(2)} x`;
    rows[name] = {
      'evaluate (ns)': Math.round(ours!),
      'fresh (ns)': Math.round(theirs!),
      'speed of fresh': speed,
    };
  }
  console.log('A conditional GET: evaluate beside fresh (median of medians, interleaved)');
  console.table(rows);
}

async function timeHostileFields(): Promise<void> {
  const rows: Record<string, object> = {};
  for (const { name, unit } of HOSTILE_FIELDS) {
    const [small, large] = await interleaved(attack(unit, 1024), attack(unit, 16 * 1024));
    const growth = (large! / small! / 16).toFixed(2);
    rows[name] = {
      '1 KiB (µs)': inMicroseconds(small!),
      '16 KiB (µs)': inMicroseconds(large!),
      'per byte': `${growth} x`,
    };
  }
  console.log('A PUT with the same hostile text in If-Match and If-None-Match');
  console.table(rows);
}

function attack(unit: string, length: number): () => unknown {
  const start = unit === 'x' ? '"' : '';
  const text = start + unit.repeat(Math.ceil(length / unit.length)).slice(0, length - start.length);
  // Each field alone: a false If-Match would end the evaluation before If-None-Match is read.
  const inIfMatch = requestOf('PUT', { 'if-match': text });
  const inIfNoneMatch = requestOf('PUT', { 'if-none-match': text });
  return () => [evaluate(inIfMatch, CURRENT), evaluate(inIfNoneMatch, CURRENT)];
}

function inMicroseconds(nanoseconds: number): number {
  return Number((nanoseconds / 1000).toFixed(1));
}

await compareWithFresh();
await timeHostileFields();
