import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Resource } from '../reference/conditions.js';
import { type Exchange, ReferenceServer, type Reply } from '../reference/server.js';
import type { Fault } from './fault.js';

/** A 304 without one of the fields that the 200 has. */
function withoutOn304(name: string): Fault {
  return {
    title: `leaves ${name} out of a 304`,
    Server: class extends ReferenceServer {
      override notModified(request: IncomingMessage, current: Resource): Reply {
        const { status, fields = {} } = super.notModified(request, current);
        return {
          status,
          fields: Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name)),
        };
      }
    },
    noticedBy: ['304.fields'],
  };
}

/** A 304 with a field that it is not to have. */
function addedTo304(name: string, value: string, noticedBy: string): Fault {
  return {
    title: `adds ${name}: ${value} to a 304`,
    Server: class extends ReferenceServer {
      override notModified(request: IncomingMessage, current: Resource): Reply {
        const { status, fields } = super.notModified(request, current);
        return { status, fields: { ...fields, [name]: value } };
      }
    },
    noticedBy: [noticedBy],
  };
}

/** A 412 that caches may keep. */
function keptRefusal(cacheControl: string): Fault {
  return {
    title: `answers 412 with Cache-Control: ${cacheControl}`,
    Server: class extends ReferenceServer {
      override failed(): Reply {
        return { ...super.failed(), fields: { 'Cache-Control': cacheControl } };
      }
    },
    noticedBy: ['412.not-cached'],
  };
}

/** What answers say of a representation. */
export const FAULTS_IN_ANSWERS: readonly Fault[] = [
  {
    title: 'leaves the quotes out of ETag',
    Server: class extends ReferenceServer {
      override newTag(previous: Resource | undefined): string {
        return super.newTag(previous).replaceAll('"', '');
      }
    },
    noticedBy: ['validators.etag'],
  },
  {
    title: 'has weak tags where strong ones are claimed',
    Server: class extends ReferenceServer {
      override newTag(previous: Resource | undefined): string {
        return `W/${super.newTag(previous)}`;
      }
    },
    noticedBy: ['validators.etag'],
  },
  {
    title: 'has another tag on each answer',
    Server: class extends ReferenceServer {
      override metadata(current: Resource): Readonly<Record<string, string>> {
        return { ...super.metadata(current), ETag: `"${randomUUID()}"` };
      }
    },
    noticedBy: ['validators.stable'],
  },
  {
    title: 'has another tag on HEAD',
    Server: class extends ReferenceServer {
      override read(exchange: Exchange): Reply | undefined {
        const reply = super.read(exchange);
        return reply && exchange.method === 'HEAD'
          ? { ...reply, fields: { ...reply.fields, ETag: '"empty"' } }
          : reply;
      }
    },
    noticedBy: ['head.same-tag'],
  },
  ...['ETag', 'Cache-Control', 'Vary', 'Content-Location', 'Expires'].map(withoutOn304),
  addedTo304('Content-Length', '0', '304.content-length'),
  addedTo304('Content-Type', 'application/json', '304.no-metadata'),
  addedTo304('Content-Encoding', 'identity', '304.no-metadata'),
  addedTo304('Content-Language', 'en', '304.no-metadata'),
  addedTo304('Content-Range', 'bytes 0-0/17', '304.no-metadata'),
  {
    title: 'sends the tag of the request back on a 304',
    Server: class extends ReferenceServer {
      override notModified(request: IncomingMessage, current: Resource): Reply {
        const [etag = ''] = this.members(this.list(request, 'If-None-Match') ?? '');
        return super.notModified(request, { ...current, etag });
      }
    },
    noticedBy: ['304.current-tag'],
  },
  {
    title: 'leaves Date out of a 304',
    Server: class extends ReferenceServer {
      override send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
        response.sendDate = reply.status !== 304;
        super.send(request, response, reply);
      }
    },
    noticedBy: ['304.date'],
  },
  {
    title: 'writes content behind a 304',
    Server: class extends ReferenceServer {
      override send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
        super.send(request, response, reply);
        if (reply.status === 304) response.socket?.write('{}');
      }
    },
    noticedBy: ['304.no-content'],
  },
  {
    title: 'does not explain a 412',
    Server: class extends ReferenceServer {
      override failed(): Reply {
        return { status: 412 };
      }
    },
    noticedBy: ['412.explained'],
  },
  ...['private, max-age=60', 'S-MAXAGE=60'].map(keptRefusal),
];
