import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { fromVersion, preconditions } from '../../lib/index.js';
import type { Guard, VersionOf } from '../../lib/index.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, jsonOf, rawRequest } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

interface Row {
  readonly version: number;
  readonly text: string;
}

/** A store that compares and sets in one step, as `UPDATE … WHERE version = …` and a unique key do. */
class Store {
  row: Row | null;

  constructor(row: Row | null) {
    this.row = row;
  }

  async read(): Promise<Row | null> {
    await new Promise(setImmediate);
    return this.row;
  }

  /** The new row, or `undefined` when the guard does not hold at the moment of writing. */
  async write(text: string, guard: Guard<VersionOf<Row>>): Promise<Row | undefined> {
    await new Promise(setImmediate);
    if (!this.#holds(guard)) return undefined;
    this.row = { version: (this.row?.version ?? 0) + 1, text };
    return this.row;
  }

  #holds(guard: Guard<VersionOf<Row>>): boolean {
    switch (guard.kind) {
      case 'none':
        return true;
      case 'version':
        return this.row?.version === guard.version.resource.version;
      case 'exists':
        return this.row !== null;
      case 'absent':
        return this.row === null;
      case 'never':
        return false;
    }
  }
}

/** Lets nobody pass before `count` have arrived: the worst that can happen to a check before the write. */
function barrier(count: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    if (++arrived >= count) open();
    return opened;
  };
}

function storeApp(
  express: ExpressModule,
  store: Store,
  meet: () => Promise<void> = () => Promise.resolve(),
): Express {
  const provider = fromVersion(
    () => store.read(),
    (row) => row.version,
  );
  const app = express();
  app.get('/', preconditions(provider), (req, res) => {
    res.json(req.precondition.version?.resource ?? null);
  });
  app.put('/', preconditions(provider), express.json(), async (req, res) => {
    await meet();
    const { guard, exists } = req.precondition;
    const saved = await store.write((req.body as Row).text, guard);
    if (saved === undefined) return req.precondition.fail();
    req.precondition.updated(provider.versionOf(saved));
    res.status(exists === true ? 200 : 201).json(saved);
  });
  return app;
}

const JSON_TYPE = 'Content-Type: application/json';
const content = (text: string): string => JSON.stringify({ text });

describe.each(EXPRESS_VERSIONS)('no update is lost, $name', ({ express }) => {
  /** Ten clients that write at the same time, each under the same condition; all are evaluated before any writes. */
  async function race(store: Store, condition: string): Promise<{ statuses: number[]; texts: unknown[] }> {
    return withServer(storeApp(express, store, barrier(10)), async (port) => {
      const clients = Array.from({ length: 10 }, (_, index) =>
        rawRequest(port, ['PUT /', JSON_TYPE, condition], content(`client ${index}`)),
      );
      const responses = await Promise.all(clients);
      const texts = responses
        .filter(({ status }) => status < 300)
        .map((response) => jsonOf(response)['text']);
      return { statuses: responses.map(({ status }) => status).toSorted((a, b) => a - b), texts };
    });
  }

  const nine412 = Array<number>(9).fill(412);

  test('R-13.2.1-m: of ten writes with the same tag one succeeds and nine are answered 412', async () => {
    const store = new Store({ version: 1, text: 'first' });
    const { statuses, texts } = await race(store, 'If-Match: "1"');
    expect(statuses).toEqual([200, ...nine412]);
    expect(store.row).toEqual({ version: 2, text: texts[0] });
  });

  test('R-13.1.2-g: of ten writes that may only create one succeeds and nine are answered 412', async () => {
    const store = new Store(null);
    const { statuses, texts } = await race(store, 'If-None-Match: *');
    expect(statuses).toEqual([201, ...nine412]);
    expect(store.row).toEqual({ version: 1, text: texts[0] });
  });

  test('R-15.5.13-a: two clients read, both write, and the second learns of the first', async () => {
    const store = new Store({ version: 1, text: 'first' });
    await withServer(storeApp(express, store), async (port) => {
      const [ada, ben] = [await rawRequest(port, ['GET /']), await rawRequest(port, ['GET /'])];
      const ifMatch = (response: typeof ada): string => `If-Match: ${fieldOf(response, 'ETag')}`;
      const adas = await rawRequest(port, ['PUT /', JSON_TYPE, ifMatch(ada)], content('by Ada'));
      const bens = await rawRequest(port, ['PUT /', JSON_TYPE, ifMatch(ben)], content('by Ben'));
      expect([adas.status, bens.status, store.row]).toEqual([200, 412, { version: 2, text: 'by Ada' }]);
      // Ben reads again, and only now his change goes through.
      const again = await rawRequest(port, ['GET /', `If-None-Match: ${fieldOf(ben, 'ETag')}`]);
      expect([again.status, jsonOf(again)['text']]).toEqual([200, 'by Ada']);
      const retried = await rawRequest(port, ['PUT /', JSON_TYPE, ifMatch(again)], content('by both'));
      expect([retried.status, fieldOf(retried, 'ETag'), store.row]).toEqual([
        200,
        '"3"',
        { version: 3, text: 'by both' },
      ]);
      // The tag that came with it is good for the next one, and for a 304.
      expect((await rawRequest(port, ['GET /', 'If-None-Match: "3"'])).status).toBe(304);
    });
  });

  test('a resource that is deleted between check and write is not made anew by If-Match: *', async () => {
    const store = new Store({ version: 1, text: 'first' });
    const app = storeApp(express, store, () => {
      store.row = null;
      return Promise.resolve();
    });
    await withServer(app, async (port) => {
      const response = await rawRequest(port, ['PUT /', JSON_TYPE, 'If-Match: *'], content('again'));
      expect([response.status, jsonOf(response)['reason'], store.row]).toEqual([412, 'absent', null]);
    });
  });

  test('the control: writes without a condition do overwrite each other', async () => {
    const store = new Store({ version: 1, text: 'first' });
    const { statuses } = await race(store, 'X-Nothing: at all');
    // Nothing was asked of the provider, so that existence is not known.
    expect(statuses).toEqual(Array<number>(10).fill(201));
    expect(store.row?.version).toBe(11);
  });
});
