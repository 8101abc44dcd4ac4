/** What the servers that claim reads alone have to serve: one note, whose time of modification has milliseconds as in a database. */
export const NOTE = { text: 'Hello' };
export const MODIFIED = new Date('2026-01-02T03:04:05.678Z');
export const CACHE_CONTROL = 'private, max-age=60';

export const PATH = '/notes/1';
export const ABSENT_PATH = '/notes/2';
