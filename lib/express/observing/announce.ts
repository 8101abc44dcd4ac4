import { channel } from 'node:diagnostics_channel';
import { debuglog } from 'node:util';
import type { Exchange } from '../exchange.js';
import { routeName, routeOf } from './route.js';
import type { DecisionMessage } from './types.js';

const DECISIONS = channel('http-preconditions:decision');
const log = debuglog('http-preconditions');

/** What a message says beside whose it is. */
type Told = Omit<DecisionMessage, 'request' | 'response' | 'route'>;

/** Whether anybody wants to hear of decisions. */
export function isHeard(): boolean {
  return DECISIONS.hasSubscribers || log.enabled;
}

/** Tells the subscribers of the channel and, with NODE_DEBUG=http-preconditions, the log. What a subscriber throws does not come here. */
export function announce({ req, res }: Exchange, told: Told): void {
  if (!isHeard()) return;
  const message: DecisionMessage = { request: req, response: res, route: routeOf(req), ...told };
  DECISIONS.publish(message);
  if (log.enabled) log('%s', inOneLine(message));
}

function inOneLine(message: DecisionMessage): string {
  const { request, route, decision, status, providerDuration, lostRace } = message;
  const { field, reason, step } = decision;
  const name = routeName(request, route);
  const because = field === undefined ? reason : `${field} ${reason}`;
  const duration = providerDuration === undefined ? '' : `, provider ${providerDuration.toFixed(1)} ms`;
  return `${name}: ${status ?? 'perform'}, ${because} (step ${step})${lostRace ? ', lost race' : ''}${duration}`;
}
