/** A status code as people read it: its words, and a sign that tells 200, 304 and 412 apart without colour. */
import { element } from './elements.js';

/** @type {Readonly<Record<number, string>>} */
const WORDS = {
  0: 'No answer',
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  428: 'Precondition Required',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** No answer at all: what the page shows in place of a status. */
export const NO_ANSWER = 0;

/** @param {number} status */
export function statusText(status) {
  return `${status || ''} ${WORDS[status] ?? ''}`.trim();
}

/** @param {number} status */
export function statusBadge(status) {
  const { kind, sign } = appearance(status);
  return element(
    'span',
    { className: `badge ${kind}` },
    element('span', { className: 'sign', ariaHidden: 'true', textContent: sign }),
    ` ${statusText(status)}`,
  );
}

/** @param {number} status */
function appearance(status) {
  if (status === 304) return { kind: 'unchanged', sign: '=' };
  if (status === 412) return { kind: 'refused', sign: '≠' };
  return status >= 200 && status < 300 ? { kind: 'done', sign: '✓' } : { kind: 'failed', sign: '!' };
}
