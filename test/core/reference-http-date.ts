const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Section 5.6.7 of RFC 9110 once more, read by position instead of by pattern. It shares no code with lib/core. */
export function readHttpDate(text: string, now: number): number | undefined {
  return readFixdate(text) ?? readRfc850Date(text, now) ?? readAsctimeDate(text);
}

/** `Sun, 06 Nov 1994 08:49:37 GMT` */
function readFixdate(text: string): number | undefined {
  const fits =
    text.length === 29 &&
    isShortDay(text.slice(0, 3)) &&
    text.slice(3, 5) === ', ' &&
    text[7] === ' ' &&
    text[11] === ' ' &&
    text[16] === ' ' &&
    text.slice(25) === ' GMT';
  return fits
    ? moment(digits(text.slice(12, 16)), text.slice(8, 11), digits(text.slice(5, 7)), text.slice(17, 25))
    : undefined;
}

/** `Sunday, 06-Nov-94 08:49:37 GMT` */
function readRfc850Date(text: string, now: number): number | undefined {
  const comma = text.indexOf(',');
  const rest = text.slice(comma + 1);
  const fits =
    DAYS.includes(text.slice(0, comma)) &&
    rest.length === 23 &&
    rest[0] === ' ' &&
    rest[3] === '-' &&
    rest[7] === '-' &&
    rest[10] === ' ' &&
    rest.slice(19) === ' GMT';
  if (!fits) return undefined;
  const inYear = (year: number): number | undefined =>
    moment(year, rest.slice(4, 7), digits(rest.slice(1, 3)), rest.slice(11, 19));
  const thisYear = new Date(now).getUTCFullYear();
  const inThisCentury = thisYear - (thisYear % 100) + digits(rest.slice(8, 10));
  const fiftyYearsOn = new Date(now);
  fiftyYearsOn.setUTCFullYear(thisYear + 50);
  const time = inYear(inThisCentury);
  return time !== undefined && time <= fiftyYearsOn.getTime() ? time : inYear(inThisCentury - 100);
}

/** `Sun Nov  6 08:49:37 1994` */
function readAsctimeDate(text: string): number | undefined {
  const fits =
    text.length === 24 &&
    isShortDay(text.slice(0, 3)) &&
    text[3] === ' ' &&
    text[7] === ' ' &&
    text[10] === ' ' &&
    text[19] === ' ';
  const day = text[8] === ' ' ? text[9] : text.slice(8, 10);
  return fits
    ? moment(digits(text.slice(20)), text.slice(4, 7), digits(day ?? ''), text.slice(11, 19))
    : undefined;
}

/** The moment, if there is such a day and such a time; a leap second is the second before it. */
function moment(year: number, monthName: string, day: number, time: string): number | undefined {
  const month = MONTHS.indexOf(monthName);
  const [hour, minute, second] = [digits(time.slice(0, 2)), digits(time.slice(3, 5)), digits(time.slice(6))];
  if ([year, day, hour, minute, second].some(Number.isNaN) || month === -1) return undefined;
  if (time[2] !== ':' || time[5] !== ':' || hour > 23 || minute > 59 || second > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour, minute, second === 60 ? 59 : second);
  const exists = date.getUTCMonth() === month && date.getUTCDate() === day;
  return exists ? date.getTime() : undefined;
}

function isShortDay(text: string): boolean {
  return DAYS.some((day) => day.slice(0, 3) === text);
}

function digits(text: string): number {
  const areDigits = text !== '' && text.split('').every((character) => '0123456789'.includes(character));
  return areDigits ? Number(text) : Number.NaN;
}
