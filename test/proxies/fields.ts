/** What the API says of the life of an answer. */
import type { Fields } from './note-api.js';

export const FRESH: Fields = { 'Cache-Control': 'max-age=60' };
export const SHORT: Fields = { 'Cache-Control': 'max-age=1' };

/** All fields of RFC 9110, section 15.4.5, that are the API's: on the first answer, and on the 304 that comes when that has expired. */
export const FIRST: Fields = {
  'Cache-Control': 'max-age=1',
  'Content-Location': '/notes/1?first',
  Expires: 'Thu, 01 Jan 2026 00:00:00 GMT',
  Vary: 'Accept-Language',
};
export const THEN: Fields = {
  'Cache-Control': 'max-age=60',
  'Content-Location': '/notes/1?then',
  Expires: 'Fri, 01 Jan 2027 00:00:00 GMT',
  Vary: 'Accept-Language, Accept',
};
