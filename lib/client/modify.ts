import { strongMatch } from '../core/entity-tag.js';
import { patchApplied, putApplied } from './applied.js';
import { decodeContent } from './content.js';
import {
  GaveUpError,
  isPreconditionFailedError,
  isPreconditionRequiredError,
  OutcomeUnknownError,
  usage,
} from './errors.js';
import { leavesOutcomeOpen, mayPass, requestedWait } from './failures.js';
import { jitter, pause } from './pause.js';
import type { Retrieved } from './results.js';
import type { ConditionalClient, Modified, ModifyOptions } from './types.js';
import { UNCHANGED } from './types.js';

const FIRST_DELAY_MS = 100;
const MOST_DELAY_MS = 10_000;

type Change<T> = (data: T, current: Retrieved<T>) => unknown;
type Client = Pick<ConditionalClient, 'get' | 'put' | 'patch'>;

/** A write that may have been made although nothing says so. */
interface LostWrite<T> {
  readonly base: Retrieved<T>;
  readonly content: unknown;
  readonly cause: unknown;
  /** No reply has come: it may still be on its way, too. Else it was answered 412, perhaps because a proxy had sent it twice. */
  readonly isOpen: boolean;
}

/**
 * Reads a resource, applies a change and writes it under the tag that was read; begins again when somebody else was faster.
 *
 * When the reply to a write is lost, the resource is read to find out whether the write was made, before anything is sent again.
 *
 * @param change gets the data, which it may alter, and returns the new content, or `UNCHANGED`
 * @throws {GaveUpError} after the last attempt
 * @throws {OutcomeUnknownError} when a reply was lost and it cannot be told whether the write was made
 */
export async function modify<T = unknown>(
  client: Pick<ConditionalClient, 'get' | 'put' | 'patch'>,
  target: string | URL,
  change: (data: T, current: Retrieved<T>) => unknown,
  options: ModifyOptions<T> = {},
): Promise<Modified<T>> {
  const { attempts = 5, delay = defaultDelay, signal } = options;
  if (!(attempts >= 1)) throw usage('`attempts` to be 1 or more', attempts);
  const modification = new Modification(client, target, change, options);
  for (let attempt = 1; ; attempt++) {
    try {
      return { ...(await modification.attempt()), attempts: attempt };
    } catch (error) {
      if (modification.isChanging || !isWorthAnotherAttempt(error)) throw error;
      if (attempt >= attempts)
        throw new GaveUpError(
          attempt,
          modification.last,
          modification.lost?.isOpen ? 'unknown' : 'not-written',
          error,
        );
      await pause(Math.max(delay(attempt + 1), requestedWait(error)), signal);
    }
  }
}

function defaultDelay(attempt: number): number {
  return jitter(attempt - 1, FIRST_DELAY_MS, MOST_DELAY_MS);
}

/** 428: the condition was no more than a date, and the resource may have a tag by now (RFC 6585, section 3). */
function isWorthAnotherAttempt(error: unknown): boolean {
  return isPreconditionFailedError(error) || isPreconditionRequiredError(error) || mayPass(error);
}

type Attempted<T> = Omit<Modified<T>, 'attempts'>;

class Modification<T> {
  /** The last state that was read. */
  last: Retrieved<T> | undefined;
  /** The first write that may have been made: until it is settled, no other content may be sent. */
  lost: LostWrite<T> | undefined;
  /** While the caller's function runs: what it throws is not about this resource. */
  isChanging = false;
  readonly #client: Client;
  readonly #target: string | URL;
  readonly #change: Change<T>;
  readonly #options: ModifyOptions<T>;

  constructor(client: Client, target: string | URL, change: Change<T>, options: ModifyOptions<T>) {
    this.#client = client;
    this.#target = target;
    this.#change = change;
    this.#options = options;
  }

  async attempt(): Promise<Attempted<T>> {
    const { signal, headers } = this.#options;
    // What a redirect, or a path relative to the page, leads to may be another resource by now.
    const current = await this.#client.get<T>(this.lost?.base.url ?? this.#target, { signal, headers });
    this.last = current;
    if (this.lost && this.#wasApplied(this.lost, current)) return asRead(current);
    const content = this.lost ? this.lost.content : await this.#changed(current);
    if (content === undefined) throw usage('the change to return the new content, or UNCHANGED', content);
    return content === UNCHANGED ? asRead(current) : this.#write(current, content);
  }

  async #changed(current: Retrieved<T>): Promise<unknown> {
    this.isChanging = true;
    const content = await this.#change(current.data, current);
    this.isChanging = false;
    return content;
  }

  async #write(basedOn: Retrieved<T>, content: unknown): Promise<Attempted<T>> {
    const { signal, headers, method, applied } = this.#options;
    const request = { signal, headers, basedOn };
    try {
      return await (method === 'PATCH'
        ? this.#client.patch<T>(basedOn.url, content, request)
        : this.#client.put<T>(basedOn.url, content, request));
    } catch (cause) {
      const isOpen = leavesOutcomeOpen(cause);
      if (isOpen || (applied && isPreconditionFailedError(cause)))
        this.lost ??= { base: basedOn, content, cause, isOpen };
      throw cause;
    }
  }

  /** Whether the lost write was made. False: it was not, so that it, or a new change, may be sent. */
  #wasApplied(lost: LostWrite<T>, current: Retrieved<T>): boolean {
    // The same content may go out again under the same tag: of the two, the server lets at most one through.
    if (isSameVersion(lost.base, current)) return false;
    const isApplied = current.url === lost.base.url ? this.#isApplied(lost, current.data) : undefined;
    if (isApplied === undefined && lost.isOpen)
      throw new OutcomeUnknownError(current, lost.content, lost.cause);
    if (!isApplied) this.lost = undefined;
    return isApplied === true;
  }

  #isApplied(lost: LostWrite<T>, data: T): boolean | undefined {
    const { applied } = this.#options;
    return applied ? applied(data, lost.content) : this.#seemsApplied(lost, data);
  }

  #seemsApplied({ base, content }: LostWrite<T>, data: T): true | undefined {
    if (this.#options.method === 'PATCH') return patchApplied(content, data);
    // `change` may have altered the data that it was given.
    return putApplied(decodeContent(base.bytes, base.headers), content, data);
  }
}

function isSameVersion<T>(a: Retrieved<T>, b: Retrieved<T>): boolean {
  return a.url === b.url && a.etag !== undefined && b.etag !== undefined && strongMatch(a.etag, b.etag);
}

/** What a read has shown to be done. */
function asRead<T>({ url, status, headers, data, etag }: Retrieved<T>): Attempted<T> {
  return { url, status, headers, data, etag, needsRefetch: false };
}
