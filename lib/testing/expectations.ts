import { Mismatch } from './mismatch.js';
import type { Answer } from './types.js';

const WORDS: Readonly<Record<number, string>> = {
  200: '200 (OK)',
  206: '206 (Partial Content)',
  304: '304 (Not Modified)',
  400: '400 (Bad Request)',
  404: '404 (Not Found)',
  410: '410 (Gone)',
  412: '412 (Precondition Failed)',
  428: '428 (Precondition Required)',
};

/** One of the statuses. */
export function expectStatus(answer: Answer, ...statuses: readonly number[]): void {
  if (statuses.includes(answer.status)) return;
  throw new Mismatch(answer, statuses.map((status) => WORDS[status] ?? status).join(' or '));
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

export function expectSuccess(answer: Answer): void {
  if (!isSuccess(answer)) throw new Mismatch(answer, 'success (2xx)');
}
