import type { IncomingMessage } from 'node:http';
import type { Resource } from '../reference/conditions.js';
import { type Exchange, ReferenceServer, type Reply } from '../reference/server.js';
import type { Fault } from './fault.js';

/** What becomes of Range and If-Range. */
export const FAULTS_IN_RANGES: readonly Fault[] = [
  {
    title: 'does not know Range',
    Server: class extends ReferenceServer {
      override ifRange(): boolean {
        return false;
      }
    },
    noticedBy: ['if-range.none', 'if-range.current'],
  },
  {
    title: 'serves no range under If-Range',
    Server: class extends ReferenceServer {
      override ifRange(request: IncomingMessage): boolean {
        return this.list(request, 'If-Range') === undefined;
      }
    },
    noticedBy: ['if-range.current'],
  },
  {
    title: 'does not know If-Range',
    Server: class extends ReferenceServer {
      override ifRange(): boolean {
        return true;
      }
    },
    noticedBy: ['if-range.other'],
  },
  {
    title: 'looks for the tag anywhere in If-Range, as the package `send` does',
    Server: class extends ReferenceServer {
      override ifRange(request: IncomingMessage, current: Resource): boolean {
        return this.list(request, 'If-Range')?.includes(current.etag) ?? true;
      }
    },
    noticedBy: ['if-range.list', 'if-range.weak'],
  },
  {
    title: 'serves a range under any later date in If-Range, as the package `send` does',
    Server: class extends ReferenceServer {
      override ifRange(request: IncomingMessage, current: Resource): boolean {
        const date = this.date(request, 'If-Range');
        return date === undefined ? super.ifRange(request, current) : this.modified(current) <= date;
      }
    },
    noticedBy: ['if-range.later-date'],
  },
  {
    title: 'serves ranges before it evaluates conditions',
    Server: class extends ReferenceServer {
      override conditions(exchange: Exchange): Reply | undefined {
        return exchange.request.headers.range === undefined ? super.conditions(exchange) : undefined;
      }
    },
    noticedBy: ['if-range.not-modified-first', 'if-range.failed-first'],
  },
  {
    title: 'takes If-Range for If-Match',
    Server: class extends ReferenceServer {
      override mayGoOn(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        const tags = this.list(request, 'If-Range');
        return tags === undefined ? super.mayGoOn(request, current) : this.ifMatch(tags, current);
      }
    },
    noticedBy: ['if-range.without-range'],
  },
];
