import { fileURLToPath } from 'node:url';

/** A folder with one file in it, and the paths at which a server of files has it and has nothing. */
export const FOLDER = fileURLToPath(new URL('../files', import.meta.url));
export const FILE = 'note.json';
export const PATH = `/${FILE}`;
export const ABSENT_PATH = '/absent.json';

/** What every server of files has here. */
export const FILE_TARGET = { path: PATH, absentPath: ABSENT_PATH, lastModified: true, ranges: true };
