/** A small API that many write to at once: counters, on any of three stores, protected in one of three ways. */
import type { Express, Request, Response } from 'express';
import type { Lock } from '../../lib/index.js';
import { fromVersion, preconditions } from '../../lib/index.js';
import type { CounterRow, CounterStore } from './counter-stores.js';
import type { ExpressModule } from './express-versions.js';

/** `'nothing'`: the check alone. The handler is the same as under the lock, and knows of neither. */
export type Protection = 'guard' | { readonly lock: Lock } | 'nothing';

export interface CounterAppOptions {
  readonly store: CounterStore;
  readonly protection: Protection;
  /** Where the content is parsed: before the preconditions, or behind them. */
  readonly parse?: 'before' | 'behind';
}

/** `GET /counters/:id`, and `PUT /counters/:id` with `{ value, attempt }`. */
export function counterApp(
  express: ExpressModule,
  { store, protection, parse = 'behind' }: CounterAppOptions,
): Express {
  const versions = fromVersion(
    async (req: Request<{ id: string }>) => (await store.read(req.params.id)) ?? null,
    (row) => row.version,
  );
  const lock = typeof protection === 'string' ? undefined : protection.lock;
  const current = preconditions(versions, { lock });

  const save = async (req: Request, write: Write): Promise<CounterRow | undefined> => {
    if (protection !== 'guard') return overwrite(store, write);
    const { guard } = current.of(req);
    if (guard.kind === 'none') return overwrite(store, write);
    return guard.kind === 'version' ? store.replace(write, guard.version.resource.version) : undefined;
  };
  const put = async (req: Request<{ id: string }>, res: Response): Promise<void> => {
    const { value, attempt } = req.body as { value: number; attempt?: string };
    const row = await save(req as Request, { id: req.params.id, value, attempt });
    if (row !== undefined) res.json(row);
    else current.of(req).fail();
  };

  const app = express();
  const json = express.json();
  app.get('/counters/:id', current, (req, res) => {
    const { version } = current.of(req);
    if (version) res.json(version.resource);
    else res.sendStatus(404);
  });
  app.put('/counters/:id', ...(parse === 'before' ? [json, current] : [current, json]), (req, res, next) => {
    put(req, res).catch(next); // Express 4 does not do so by itself
  });
  return app;
}

export interface Write {
  readonly id: string;
  readonly value: number;
  /** Names the request, so that it can be found in the log of the store. */
  readonly attempt?: string | undefined;
}

/** As handlers do that know nothing of preconditions: look, and write. */
async function overwrite(store: CounterStore, write: Write): Promise<CounterRow | undefined> {
  const row = await store.read(write.id);
  return row && store.write(write, row.version + 1);
}
