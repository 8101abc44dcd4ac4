import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { everybodyIsHere } from '../../helpers/arrivals.js';
import type { Resource } from '../reference/conditions.js';
import { type Exchange, ReferenceServer, type Reply } from '../reference/server.js';
import { type Fault, onChanges, onWrites } from './fault.js';

/** Writes what was right when it was checked. */
class Unguarded extends ReferenceServer {
  override async write(exchange: Exchange): Promise<Reply | undefined> {
    await this.untilStored(exchange);
    if (exchange.method !== 'DELETE') return this.store(exchange);
    this.resources.delete(exchange.path);
    return this.deleted(exchange.current!);
  }
}

/** What becomes of writes, and what is said of them. */
export const FAULTS_IN_WRITES: readonly Fault[] = [
  {
    title: 'checks ten requests before it writes for one of them',
    Server: class extends Unguarded {
      readonly #meet = everybodyIsHere(10);
      override untilStored(): Promise<void> {
        return this.#meet();
      }
    },
    noticedBy: [...onRaces(), 'put.absent.race'],
  },
  {
    title: 'checks in one turn of the event loop, and writes in the next',
    Server: class extends Unguarded {
      override untilStored(): Promise<void> {
        return new Promise(setImmediate);
      }
    },
    noticedBy: [...onRaces(), 'put.absent.race'],
  },
  {
    title: 'checks when the header section has come, and writes when the content has',
    Server: class extends Unguarded {
      override async untilStored(): Promise<void> {}
    },
    noticedBy: ['put.race', 'patch.race', 'put.absent.race'],
  },
  {
    title: 'reports success and writes nothing',
    Server: class extends ReferenceServer {
      override create(path: string, content: string, previous?: Resource): Resource {
        return previous ?? super.create(path, content);
      }
    },
    noticedBy: onWrites('if-match.current', ['put', 'patch', 'post']),
  },
  {
    title: 'performs a write that it refuses, and keeps the tag',
    Server: class extends ReferenceServer {
      override conditions(exchange: Exchange): Reply | undefined {
        const reply = super.conditions(exchange);
        const { path, content, current } = exchange;
        const isWritten = reply?.status === 412 && current !== undefined && !this.isRead(exchange.request);
        if (isWritten) this.resources.set(path, { ...current, content });
        return reply;
      }
    },
    noticedBy: onWrites('if-match.other'),
  },
  {
    title: 'raises the version for a write that it refuses',
    Server: class extends ReferenceServer {
      override conditions(exchange: Exchange): Reply | undefined {
        const reply = super.conditions(exchange);
        const { path, current } = exchange;
        const isRaised = reply?.status === 412 && current !== undefined && !this.isRead(exchange.request);
        if (isRaised) this.create(path, current.content, current);
        return reply;
      }
    },
    noticedBy: onWrites('if-match.other'),
  },
  {
    title: 'answers a creation 200',
    Server: class extends ReferenceServer {
      override stored(resource: Resource, previous: Resource | undefined): Reply {
        return { ...super.stored(resource, previous), status: 200 };
      }
    },
    noticedBy: ['put.absent.create-only'],
  },
  {
    title: 'accepts the tag before the current one',
    Server: class extends ReferenceServer {
      override matchesStrongly(tag: string, current: string): boolean {
        const numberOf = (value: string): number => Number(value.replaceAll(/\D/g, ''));
        return super.matchesStrongly(tag, current) || numberOf(tag) === numberOf(current) - 1;
      }
    },
    noticedBy: onChanges('new-tag'),
  },
  {
    title: 'keeps the tag when it writes',
    Server: class extends ReferenceServer {
      override newTag(previous: Resource | undefined): string {
        return previous?.etag ?? super.newTag(previous);
      }
    },
    noticedBy: [...onChanges('new-tag'), ...onChanges('reply.no-old-tag')],
  },
  {
    title: 'sends the old tag with the answer to a write',
    Server: class extends ReferenceServer {
      override stored(resource: Resource, previous: Resource | undefined): Reply {
        return super.stored({ ...resource, etag: previous?.etag ?? resource.etag }, previous);
      }
    },
    noticedBy: [...onChanges('reply.no-old-tag'), ...onChanges('reply.tag-fits')],
  },
  {
    title: 'sends a hash of the answer to a write for a tag, as Express does',
    Server: class extends ReferenceServer {
      override stored(resource: Resource, previous: Resource | undefined): Reply {
        const hash = createHash('sha256').update(resource.content).digest('base64');
        return super.stored({ ...resource, etag: `W/"${hash}"` }, previous);
      }
    },
    noticedBy: onChanges('reply.tag-fits'),
  },
  {
    title: 'sends the old tag with the answer to a DELETE',
    Server: class extends ReferenceServer {
      override deleted({ etag }: Resource): Reply {
        return { status: 204, fields: { ETag: etag } };
      }
    },
    noticedBy: ['delete.reply.no-tag'],
  },
  {
    title: 'asks for no condition',
    Server: class extends ReferenceServer {
      override requirement(): undefined {
        return undefined;
      }
    },
    noticedBy: onRequired('none'),
  },
  {
    title: 'asks for any field If-…',
    Server: class extends ReferenceServer {
      override isConditional({ headers }: IncomingMessage): boolean {
        return Object.keys(headers).some((name) => name.startsWith('if-'));
      }
    },
    noticedBy: [...onRequired('invalid-date'), ...onRequired('modified-since')],
  },
  {
    title: 'asks for a condition and does not say which',
    Server: class extends ReferenceServer {
      override requirement(exchange: Exchange): Reply | undefined {
        return super.requirement(exchange) && { status: 428 };
      }
    },
    noticedBy: onRequired('none'),
  },
  {
    title: 'asks for a condition after the write',
    Server: class extends ReferenceServer {
      override requirement(exchange: Exchange): Reply | undefined {
        const reply = super.requirement(exchange);
        if (reply && exchange.method === 'DELETE') this.resources.delete(exchange.path);
        else if (reply) this.store(exchange);
        return reply;
      }
    },
    noticedBy: onRequired('none'),
  },
];

function onRequired(id: string): string[] {
  return onWrites(`required.${id}`, ['put', 'patch', 'delete']);
}

function onRaces(): string[] {
  return onWrites('race', ['put', 'patch', 'delete']);
}
