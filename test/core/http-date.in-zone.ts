// Prints what the parser makes of the table, and the zone it does so in. Run by http-date.test.ts, once per zone.
import { parseHttpDate } from '../../lib/core/index.js';
import { HTTP_DATE_CASES, outcomeOf } from './http-date.cases.js';

const offset = new Date(Date.UTC(1994, 10, 15)).getTimezoneOffset();
const outcomes = HTTP_DATE_CASES.map((row) => outcomeOf(row, parseHttpDate) ?? null);
process.stdout.write(JSON.stringify({ offset, outcomes }));
