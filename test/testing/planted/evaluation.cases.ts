import type { IncomingMessage } from 'node:http';
import type { Resource, Verdict } from '../reference/conditions.js';
import { type Exchange, ReferenceServer, type Reply } from '../reference/server.js';
import { type Fault, onWrites } from './fault.js';

/** A preflight that is answered 412. */
function evaluatedOnOptions(name: string): Fault {
  return {
    title: `evaluates ${name} on OPTIONS`,
    Server: class extends ReferenceServer {
      override options(exchange: Exchange): Reply | undefined {
        const reply = super.options(exchange);
        const isEvaluated = reply !== undefined && name in exchange.request.headers;
        return isEvaluated ? (this.conditions(exchange) ?? reply) : reply;
      }
    },
    noticedBy: ['options.ignored'],
  };
}

/** When conditions are evaluated, and in which order. */
export const FAULTS_IN_EVALUATION: readonly Fault[] = [
  {
    title: 'evaluates If-None-Match on writes only',
    Server: class extends ReferenceServer {
      override isNews(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        return this.isRead(request) ? this.ifModifiedSince(request, current) : super.isNews(request, current);
      }
    },
    noticedBy: ['if-none-match.current'],
  },
  {
    title: 'evaluates If-None-Match on reads only',
    Server: class extends ReferenceServer {
      override isNews(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        return this.isRead(request) ? super.isNews(request, current) : true;
      }
    },
    noticedBy: [
      ...onWrites('if-none-match.star'),
      ...onWrites('if-none-match.current'),
      'put.absent.create-only',
      'put.absent.race',
    ],
  },
  {
    title: 'evaluates If-Match on writes only',
    Server: class extends ReferenceServer {
      override mayGoOn(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        return this.isRead(request)
          ? this.ifUnmodifiedSince(request, current)
          : super.mayGoOn(request, current);
      }
    },
    noticedBy: ['read.if-match.other'],
  },
  {
    title: 'evaluates If-Match after the write',
    Server: class extends ReferenceServer {
      override conditions(exchange: Exchange): Reply | undefined {
        const reply = super.conditions(exchange);
        if (reply?.status === 412 && exchange.method === 'DELETE') this.resources.delete(exchange.path);
        else if (reply?.status === 412 && !this.isRead(exchange.request)) this.store(exchange);
        return reply;
      }
    },
    noticedBy: [...onWrites('if-match.other'), ...onWrites('if-unmodified-since.earlier')],
  },
  {
    title: 'evaluates GET only',
    Server: class extends ReferenceServer {
      override conditions(exchange: Exchange): Reply | undefined {
        return exchange.method === 'HEAD' ? undefined : super.conditions(exchange);
      }
    },
    noticedBy: ['if-none-match.head', 'if-modified-since.head', 'read.if-match.head'],
  },
  {
    title: 'takes If-Match for If-None-Match on a read',
    Server: class extends ReferenceServer {
      override evaluate(request: IncomingMessage, current: Resource | undefined): Verdict {
        const tags = this.list(request, 'If-Match');
        const isNotModified = this.isRead(request) && tags !== undefined && this.ifMatch(tags, current);
        return isNotModified ? 'not modified' : super.evaluate(request, current);
      }
    },
    noticedBy: ['read.if-match.current', 'read.if-match.star'],
  },
  {
    title: 'compares writes with another tag than reads show',
    Server: class extends ReferenceServer {
      override mayGoOn(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        const other = current && { ...current, etag: `"${current.content}"` };
        return super.mayGoOn(request, this.isRead(request) ? current : other);
      }
    },
    noticedBy: onWrites('if-match.current'),
  },
  {
    title: 'evaluates If-Modified-Since on writes',
    Server: class extends ReferenceServer {
      override isNews(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        return super.isNews(request, current) ?? this.ifModifiedSince(request, current);
      }
    },
    noticedBy: onWrites('if-modified-since.ignored'),
  },
  {
    title: 'answers a write 304',
    Server: class extends ReferenceServer {
      override evaluate(request: IncomingMessage, current: Resource | undefined): Verdict {
        return this.isNews(request, current) === false ? 'not modified' : super.evaluate(request, current);
      }
    },
    noticedBy: onWrites('if-none-match.current'),
  },
  {
    title: 'evaluates If-None-Match before If-Match and If-Unmodified-Since',
    Server: class extends ReferenceServer {
      override evaluate(request: IncomingMessage, current: Resource | undefined): Verdict {
        const isNotModified = this.isRead(request) && this.isNews(request, current) === false;
        return isNotModified ? 'not modified' : super.evaluate(request, current);
      }
    },
    noticedBy: ['precedence.match-over-none-match', 'precedence.unmodified-since-over-none-match'],
  },
  {
    title: 'ends with a true If-Match',
    Server: class extends ReferenceServer {
      override evaluate(request: IncomingMessage, current: Resource | undefined): Verdict {
        return this.mayGoOn(request, current) === true ? 'performed' : super.evaluate(request, current);
      }
    },
    noticedBy: [
      'precedence.none-match-after-match',
      'precedence.modified-since-after-match',
      ...onWrites('precedence.both'),
    ],
  },
  {
    title: 'evaluates If-Unmodified-Since beside If-Match',
    Server: class extends ReferenceServer {
      override mayGoOn(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        const isUnmodified = this.ifUnmodifiedSince(request, current);
        return isUnmodified === false ? false : super.mayGoOn(request, current);
      }
    },
    noticedBy: ['precedence.match-over-unmodified-since', ...onWrites('if-unmodified-since.hidden')],
  },
  {
    title: 'answers 304 when one of If-None-Match and If-Modified-Since says so',
    Server: class extends ReferenceServer {
      override isNews(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        const isModified = this.isRead(request) ? this.ifModifiedSince(request, current) : undefined;
        return isModified === false ? false : super.isNews(request, current);
      }
    },
    noticedBy: ['precedence.none-match-over-modified-since'],
  },
  {
    title: 'answers 304 only when both If-None-Match and If-Modified-Since say so',
    Server: class extends ReferenceServer {
      override isNews(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        const isModified = this.isRead(request) ? this.ifModifiedSince(request, current) : undefined;
        return isModified === true ? true : super.isNews(request, current);
      }
    },
    noticedBy: ['precedence.none-match-alone-decides'],
  },
  {
    title: 'gives up on If-None-Match when the request says no-cache, as the package `fresh` does',
    Server: class extends ReferenceServer {
      override isNews(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        const isGivenUp = request.headers['cache-control'] === 'no-cache';
        return isGivenUp ? undefined : super.isNews(request, current);
      }
    },
    noticedBy: ['if-none-match.no-cache'],
  },
  {
    title: 'evaluates conditions before authentication',
    Server: class extends ReferenceServer {
      override authentication(exchange: Exchange): Reply | undefined {
        return exchange.current && (this.conditions(exchange) ?? super.authentication(exchange));
      }
    },
    noticedBy: ['credentials.first'],
  },
  {
    title: 'answers 304 before authentication to those who have the tag',
    Server: class extends ReferenceServer {
      override authentication(exchange: Exchange): Reply | undefined {
        const reply = super.authentication(exchange);
        const tags = this.list(exchange.request, 'If-None-Match') ?? '*';
        const isKnown = reply !== undefined && this.isRead(exchange.request) && !this.isStar(tags);
        return isKnown ? (this.conditions(exchange) ?? reply) : reply;
      }
    },
    noticedBy: ['credentials.first'],
  },
  {
    title: 'takes what is not there for not modified',
    Server: class extends ReferenceServer {
      override existence(exchange: Exchange): Reply | undefined {
        const reply = super.existence(exchange);
        const isNothing = this.list(exchange.request, 'If-None-Match') === '*';
        return reply && isNothing ? { status: 304 } : reply;
      }
    },
    noticedBy: ['absent.not-found'],
  },
  {
    title: 'evaluates conditions before it knows whether there is anything',
    Server: class extends ReferenceServer {
      override existence(exchange: Exchange): Reply | undefined {
        return this.conditions(exchange) ?? super.existence(exchange);
      }
    },
    noticedBy: ['absent.not-found'],
  },
  ...['if-match', 'if-none-match', 'if-unmodified-since'].map(evaluatedOnOptions),
  {
    title: 'creates under If-Match with a tag',
    Server: class extends ReferenceServer {
      override ifMatch(value: string, current: Resource | undefined): boolean {
        const isSkipped = current === undefined && !this.isStar(value);
        return isSkipped || super.ifMatch(value, current);
      }
    },
    noticedBy: ['put.absent.if-match'],
  },
  {
    title: 'creates under If-Match: *',
    Server: class extends ReferenceServer {
      override ifMatch(value: string, current: Resource | undefined): boolean {
        return this.isStar(value) || super.ifMatch(value, current);
      }
    },
    noticedBy: ['put.absent.if-match'],
  },
];
