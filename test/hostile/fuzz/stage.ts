import type { Express, Request } from 'express';
import type { ResourceVersion } from '../../../lib/index.js';
import { preconditions } from '../../../lib/index.js';
import { referenceVerdict } from '../../core/reference-evaluator.js';
import { recordErrors } from '../../helpers/apps.js';
import type { ExpressModule } from '../../helpers/express-versions.js';
import { fieldOf, requestOctets } from '../../helpers/raw-http.js';
import type { RawConnection, RawResponse } from '../../helpers/raw-http.js';
import type { FuzzCase } from './cases.js';
import { POLICIES } from './cases.js';
import { readOctets } from './read-octets.js';

/** Would be answered, and so be noticed, if anything took it for a request. */
const CONTENT = 'GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** What came of a case: the status, and what the handler saw if it ran. */
export interface Outcome {
  readonly status: number;
  readonly guard: string | undefined;
  readonly range: string | undefined;
  /** On a GET that is performed: whether the handler still sees a Range. */
  readonly seesRange: boolean | undefined;
}

/** An app that plays the case at hand, and what has gone wrong in it. */
export class FuzzStage {
  readonly app: Express;
  readonly errors: unknown[];
  #batch: readonly FuzzCase[] = [];
  #now = 0;

  constructor(express: ExpressModule) {
    this.app = express();
    const middlewares = POLICIES.map((policy) =>
      preconditions((req) => this.#provide(req), { ...policy, now: () => this.#now }),
    );
    this.app.all('/:case', (req, res, next) => {
      const { now, policy } = this.#caseOf(req);
      // Read synchronously, before the next request of the pipeline comes.
      this.#now = now;
      middlewares[policy]!(req, res, next);
    });
    this.app.all('/:case', (req, res) => {
      const { decision, guard } = req.precondition!;
      const range = decision.outcome === 'perform' ? decision.range : 'none';
      res.set({ 'X-Guard': guard.kind, 'X-Range': range, 'X-Sees-Range': String('range' in req.headers) });
      // A QUERY that is not evaluated is left to Express, whose `res.send` may answer 304 for the tag of the reply.
      if (decision.reason === 'method') res.end('content');
      else res.send('content');
    });
    this.errors = recordErrors(this.app);
  }

  /** Sends the cases one behind the other without waiting, and returns those that came out otherwise than they should. */
  async differences(connection: RawConnection, batch: readonly FuzzCase[]): Promise<string[]> {
    this.#batch = batch;
    const requests = batch.map(octetsOf);
    connection.send(Buffer.concat(requests));
    const differences: string[] = [];
    for (const [index, fuzzCase] of batch.entries()) {
      const octets = requests[index]!;
      const expected = JSON.stringify(expectedOutcome(octets, fuzzCase));
      const got = JSON.stringify(outcomeOf(await connection.response(fuzzCase.method), fuzzCase.method));
      if (got !== expected) differences.push(report(octets, fuzzCase, expected, got));
    }
    return differences;
  }

  #caseOf(req: Request): FuzzCase {
    return this.#batch[Number(req.params['case'])]!;
  }

  #provide(req: Request): ResourceVersion | null | Promise<ResourceVersion | null> {
    const { current, later } = this.#caseOf(req);
    return later ? Promise.resolve(current) : current;
  }
}

export function octetsOf({ method, lines, hasContent }: FuzzCase, index: number): Buffer {
  return requestOctets([`${method} /${index}`, ...lines], hasContent ? CONTENT : undefined);
}

/** What has to come of a case, by the literal text, from its octets. */
export function expectedOutcome(octets: Buffer, { method, current, policy, now }: FuzzCase): Outcome {
  const request = readOctets(octets, now);
  const verdict = referenceVerdict(request, current, POLICIES[policy]);
  if (verdict.status !== 'perform')
    return { status: verdict.status, guard: undefined, range: undefined, seesRange: undefined };
  const { guard, range } = verdict;
  const seesRange = method === 'GET' ? request.range !== undefined && range === 'apply' : undefined;
  return { status: 200, guard, range, seesRange };
}

function outcomeOf(response: RawResponse, method: string): Outcome {
  const seesRange = fieldOf(response, 'X-Sees-Range');
  return {
    status: response.status,
    guard: fieldOf(response, 'X-Guard'),
    range: fieldOf(response, 'X-Range'),
    seesRange: method === 'GET' && seesRange !== undefined ? seesRange === 'true' : undefined,
  };
}

function report(octets: Buffer, { current, policy, now }: FuzzCase, expected: string, got: string): string {
  const met = JSON.stringify({ current, policy: POLICIES[policy], now: new Date(now) });
  return [
    `expected ${expected}`,
    `got      ${got}`,
    JSON.stringify(octets.toString('latin1')),
    octets.toString('hex'),
    met,
  ].join('\n');
}
