import type { IncomingMessage } from 'node:http';
import type { Resource } from '../reference/conditions.js';
import { ReferenceServer } from '../reference/server.js';
import { type Fault, onWrites } from './fault.js';

const unquoted = (value: string): string => value.replaceAll('"', '');
const trimmed = (members: readonly string[]): string[] => members.map((member) => member.trim());

/** How tags are read and compared. */
export const FAULTS_IN_TAGS: readonly Fault[] = [
  {
    title: 'compares If-Match weakly',
    Server: class extends ReferenceServer {
      override matchesStrongly(tag: string, current: string): boolean {
        return this.matchesWeakly(tag, current);
      }
    },
    noticedBy: ['read.if-match.weak', ...onWrites('if-match.weak')],
  },
  {
    title: 'compares If-None-Match strongly',
    Server: class extends ReferenceServer {
      override matchesWeakly(tag: string, current: string): boolean {
        return this.matchesStrongly(tag, current);
      }
    },
    noticedBy: ['if-none-match.weak-comparison', ...onWrites('if-none-match.weak-comparison')],
  },
  {
    title: 'splits lists with split(",")',
    Server: class extends ReferenceServer {
      override members(value: string): string[] {
        return trimmed(value.split(',')).filter((member) => member !== '');
      }
    },
    noticedBy: ['if-none-match.comma'],
  },
  {
    title: 'splits lists with split(", ")',
    Server: class extends ReferenceServer {
      override members(value: string): string[] {
        return value.split(', ');
      }
    },
    noticedBy: ['if-none-match.empty-members'],
  },
  {
    title: 'splits lists with split(","), and looks for * in the parts',
    Server: class extends ReferenceServer {
      override isStar(value: string): boolean {
        return trimmed(value.split(',')).includes('*');
      }
    },
    noticedBy: ['if-none-match.star-between-commas', ...onWrites('if-match.star-between-commas')],
  },
  {
    title: 'finds * beside tags',
    Server: class extends ReferenceServer {
      override isStar(value: string): boolean {
        return this.members(value).includes('*');
      }
    },
    noticedBy: ['if-none-match.star-and-tag', ...onWrites('if-match.star-and-tag')],
  },
  {
    title: 'compares * like a tag',
    Server: class extends ReferenceServer {
      override isStar(): boolean {
        return false;
      }
    },
    noticedBy: [
      'if-none-match.star',
      'read.if-match.star',
      ...onWrites('if-match.star'),
      ...onWrites('if-none-match.star'),
      'put.absent.create-only',
    ],
  },
  {
    title: 'compares the whole field with the tag',
    Server: class extends ReferenceServer {
      override members(value: string): string[] {
        return [value];
      }
    },
    noticedBy: ['if-none-match.list', ...onWrites('if-match.list')],
  },
  {
    title: 'reads no more than twenty tags',
    Server: class extends ReferenceServer {
      override members(value: string): string[] {
        return super.members(value).slice(0, 20);
      }
    },
    noticedBy: ['if-none-match.long-list'],
  },
  {
    title: 'reads the first line of a field only',
    Server: class extends ReferenceServer {
      override lines(request: IncomingMessage, name: string): string[] {
        return super.lines(request, name).slice(0, 1);
      }
    },
    noticedBy: [
      'if-none-match.lines',
      'read.if-match.lines',
      ...onWrites('if-match.lines'),
      'if-modified-since.twice',
      'read.if-unmodified-since.twice',
    ],
  },
  {
    title: 'strips quotes before it compares',
    Server: class extends ReferenceServer {
      override isTag(): boolean {
        return true;
      }
      override matchesStrongly(tag: string, current: string): boolean {
        return super.matchesStrongly(unquoted(tag), unquoted(current));
      }
      override matchesWeakly(tag: string, current: string): boolean {
        return super.matchesWeakly(unquoted(tag), unquoted(current));
      }
    },
    noticedBy: ['if-none-match.unquoted', ...onWrites('if-match.unquoted')],
  },
  {
    title: 'strips quotes before it looks for *',
    Server: class extends ReferenceServer {
      override isStar(value: string): boolean {
        return unquoted(value) === '*';
      }
    },
    noticedBy: ['if-none-match.quoted-star', ...onWrites('if-match.quoted-star')],
  },
  {
    title: 'compares the beginning of tags',
    Server: class extends ReferenceServer {
      override matchesStrongly(tag: string, current: string): boolean {
        return tag.startsWith(current.slice(0, -1));
      }
      override matchesWeakly(tag: string, current: string): boolean {
        return this.matchesStrongly(tag.replace('W/', ''), current);
      }
    },
    noticedBy: ['if-none-match.prefix', ...onWrites('if-match.prefix')],
  },
  {
    title: 'takes w/ for W/',
    Server: class extends ReferenceServer {
      override members(value: string): string[] {
        return super.members(value.replaceAll('w/', 'W/'));
      }
    },
    noticedBy: ['if-none-match.lower-case-w'],
  },
  {
    title: 'adds the quote that is missing at the end',
    Server: class extends ReferenceServer {
      override members(value: string): string[] {
        return super.members(value).map((member) => member.replace(/^"([^"]*)$/, '"$1"'));
      }
    },
    noticedBy: ['if-none-match.unterminated'],
  },
  {
    title: 'decodes fields as UTF-8',
    Server: class extends ReferenceServer {
      override lines(request: IncomingMessage, name: string): string[] {
        return super.lines(request, name).map((line) => Buffer.from(line, 'latin1').toString());
      }
    },
    noticedBy: ['if-none-match.octets'],
  },
  {
    title: 'ignores an empty field',
    Server: class extends ReferenceServer {
      override list(request: IncomingMessage, name: string): string | undefined {
        return super.list(request, name) || undefined;
      }
    },
    noticedBy: [...onWrites('if-match.empty'), 'precedence.empty-none-match'],
  },
  {
    title: 'ignores an If-Match that it cannot read',
    Server: class extends ReferenceServer {
      override ifMatch(value: string, current: Resource | undefined): boolean {
        const isReadable = this.isStar(value) || this.tags(value) !== undefined;
        return isReadable ? super.ifMatch(value, current) : true;
      }
    },
    noticedBy: [...onWrites('if-match.unquoted'), ...onWrites('if-match.star-and-tag')],
  },
  {
    title: 'takes any If-None-Match for one that matches',
    Server: class extends ReferenceServer {
      override ifNoneMatch(): boolean {
        return false;
      }
    },
    noticedBy: ['if-none-match.other', ...onWrites('if-none-match.other')],
  },
  {
    title: 'takes any field If-… for a condition',
    Server: class extends ReferenceServer {
      override mayGoOn(request: IncomingMessage, current: Resource | undefined): boolean | undefined {
        const unknown = Object.keys(request.headers).some((name) => /^if-(?!m|none|unm|range)/.test(name));
        return unknown ? false : super.mayGoOn(request, current);
      }
    },
    noticedBy: ['if-none-match.unknown-condition'],
  },
];
