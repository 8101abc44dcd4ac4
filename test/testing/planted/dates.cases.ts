import type { IncomingMessage } from 'node:http';
import type { Resource } from '../reference/conditions.js';
import { ReferenceServer } from '../reference/server.js';
import { type Fault, onWrites } from './fault.js';

/** How dates are read and compared. */
export const FAULTS_IN_DATES: readonly Fault[] = [
  {
    title: 'reads dates with Date.parse',
    Server: class extends ReferenceServer {
      override parseDate(value: string): number | undefined {
        const time = Date.parse(value);
        return Number.isNaN(time) ? undefined : time;
      }
    },
    noticedBy: [
      'if-modified-since.iso',
      'if-modified-since.zone',
      'if-modified-since.impossible-day',
      'read.if-unmodified-since.invalid',
    ],
  },
  {
    title: 'compares what Date.parse says of a text that is no date',
    Server: class extends ReferenceServer {
      override parseDate(value: string): number {
        return Date.parse(value);
      }
    },
    noticedBy: ['if-modified-since.words', 'if-modified-since.empty'],
  },
  {
    title: 'reads IMF-fixdate only',
    Server: class extends ReferenceServer {
      override parseDate(value: string): number | undefined {
        return /^\w{3},/.test(value) ? super.parseDate(value) : undefined;
      }
    },
    noticedBy: ['if-modified-since.rfc850', 'if-modified-since.asctime'],
  },
  {
    title: 'takes asctime for the time of a place in the east',
    Server: class extends ReferenceServer {
      override parseDate(value: string): number | undefined {
        return asctimeAhead(super.parseDate(value), value, -1);
      }
    },
    noticedBy: ['if-modified-since.asctime'],
  },
  {
    title: 'takes asctime for the time of a place in the west',
    Server: class extends ReferenceServer {
      override parseDate(value: string): number | undefined {
        return asctimeAhead(super.parseDate(value), value, 1);
      }
    },
    noticedBy: ['if-modified-since.asctime-earlier'],
  },
  {
    title: 'compares dates in milliseconds',
    Server: class extends ReferenceServer {
      override modified({ modified }: Resource): number {
        return modified;
      }
    },
    noticedBy: [
      'if-modified-since.same',
      'read.if-unmodified-since.same',
      ...onWrites('if-unmodified-since.same'),
    ],
  },
  {
    title: 'takes only the exact date for unmodified',
    Server: class extends ReferenceServer {
      override ifModifiedSince(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        const date = this.date(request, 'If-Modified-Since');
        return date === undefined || current === undefined ? undefined : this.modified(current) !== date;
      }
    },
    noticedBy: ['if-modified-since.later'],
  },
  {
    title: 'compares If-Modified-Since the wrong way round',
    Server: class extends ReferenceServer {
      override ifModifiedSince(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        const date = this.date(request, 'If-Modified-Since');
        return date === undefined || current === undefined ? undefined : this.modified(current) < date;
      }
    },
    noticedBy: ['if-modified-since.earlier'],
  },
  {
    title: 'ignores dates in the future, as RFC 2616 did',
    Server: class extends ReferenceServer {
      override parseDate(value: string): number | undefined {
        const time = super.parseDate(value);
        return time === undefined || time > Date.now() ? undefined : time;
      }
    },
    noticedBy: ['if-modified-since.future'],
  },
  {
    title: 'does not know If-Unmodified-Since',
    Server: class extends ReferenceServer {
      override ifUnmodifiedSince(): undefined {
        return undefined;
      }
    },
    noticedBy: ['read.if-unmodified-since.earlier', ...onWrites('if-unmodified-since.earlier')],
  },
  {
    title: 'sends Last-Modified as in ISO 8601',
    Server: class extends ReferenceServer {
      override metadata(current: Resource): Readonly<Record<string, string>> {
        return { ...super.metadata(current), 'Last-Modified': new Date(current.modified).toISOString() };
      }
    },
    noticedBy: ['validators.last-modified'],
  },
  {
    title: 'sends Last-Modified in the form of RFC 850',
    Server: class extends ReferenceServer {
      override metadata(current: Resource): Readonly<Record<string, string>> {
        const [, day, month, year = '', time] = new Date(current.modified).toUTCString().split(' ');
        const date = `Monday, ${day}-${month}-${year.slice(2)} ${time} GMT`;
        return { ...super.metadata(current), 'Last-Modified': date };
      }
    },
    noticedBy: ['validators.last-modified'],
  },
  {
    title: 'has a clock for Last-Modified that is ahead',
    Server: class extends ReferenceServer {
      override now(): number {
        return Date.now() + 60_000;
      }
    },
    noticedBy: ['validators.last-modified'],
  },
];

/** The time that such a place would mean, an hour ahead or behind. */
function asctimeAhead(time: number | undefined, value: string, hours: number): number | undefined {
  return time === undefined || value.endsWith('GMT') ? time : time + hours * 3_600_000;
}
