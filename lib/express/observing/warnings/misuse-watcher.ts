import type { Request } from 'express';
import type { Settings } from '../../options.js';
import { EvaluatedPrecondition } from '../../precondition.js';
import { routeName } from '../route.js';
import type { WarningOptions } from '../types.js';
import type { Decided, Watcher } from '../watcher.js';
import { beforeHead } from './before-head.js';
import type { Answered } from './notice.js';
import { makeNoticesOnAnswer, ON_DECISION } from './notices.js';
import type { Notices } from './notices.js';
import { readSharedFields } from './shared-fields.js';
import { SLOW_PROVIDER, slowProvider, timeLimit } from './slow-provider.js';
import { warnOnce } from './warn.js';
import type { Warn } from './warn.js';

/** Looks for misuse of one middleware, and warns once of each kind. */
export class MisuseWatcher implements Watcher {
  readonly #settings: Settings;
  readonly #slowProvider: number;
  readonly #warn: Warn;
  readonly #onAnswer: Notices<Answered> = makeNoticesOnAnswer();

  constructor(settings: Settings, options: WarningOptions) {
    this.#settings = settings;
    this.#slowProvider = options.slowProvider ?? SLOW_PROVIDER;
    this.#warn = warnOnce(options.ignore ?? []);
  }

  asked(req: Request): () => void {
    const limit = this.#slowProvider;
    const warn = (): void => this.#warn('WARN_SLOW_PROVIDER', slowProvider(routeName(req), limit));
    let end: (() => void) | undefined;
    quietly(() => {
      end = timeLimit(limit, () => quietly(warn));
    });
    return () => quietly(() => end?.());
  }

  decided(decided: Decided): void {
    quietly(() => {
      const name = routeName(decided.exchange.req);
      this.#look(ON_DECISION, { ...decided, settings: this.#settings, name });
      if (decided.status === undefined) this.#watchAnswer(decided);
    });
  }

  #watchAnswer(decided: Decided): void {
    const { req, res } = decided.exchange;
    const { precondition } = req;
    const of304 = readSharedFields(res);
    let of200 = of304;
    beforeHead(res, () =>
      quietly(() => {
        of200 = readSharedFields(res);
      }),
    );
    res.once('finish', () =>
      quietly(() => {
        // Behind another middleware, that one speaks: it has the last word on what the handler gets to see and on the fields.
        if (req.precondition !== precondition || !(precondition instanceof EvaluatedPrecondition)) return;
        const settings = this.#settings;
        this.#look(this.#onAnswer, {
          ...decided,
          settings,
          name: routeName(req),
          precondition,
          of304,
          of200,
        });
      }),
    );
  }

  #look<Seen>(notices: Notices<Seen>, seen: Seen): void {
    for (const [code, notice] of notices) {
      const text = notice(seen);
      if (text !== undefined) this.#warn(code, text);
    }
  }
}

/** Whatever goes wrong in here is not to be felt by the request. */
function quietly(look: () => void): void {
  try {
    look();
  } catch {
    // Nothing is said, as if nothing had been seen.
  }
}
