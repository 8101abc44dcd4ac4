/** Many connections that change the events of one calendar at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTables, postgresStore } from '../../../examples/calendar/store/postgres.js';
import type { CalendarStore, EventKey, EventRow } from '../../../examples/calendar/store/types.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { ADA, addCalendars, BOB, eventAt, EVERYTHING, LUNCH, TEAM } from './fixtures.js';

const WRITERS = 8;
const ROUNDS = 20;

interface Result {
  readonly outcome: string;
  readonly row?: unknown;
}

/** In round n, each writer inserts an event of its own, and all are after event n and the removal of event n - 1. */
async function writeMuch({ events }: CalendarStore, writer: number): Promise<Result[]> {
  const results: Result[] = [];
  const keyOf = (id: string): EventKey => ({ calendarId: TEAM, id });
  for (let round = 0; round < ROUNDS; round += 1) {
    const key = keyOf(`event${round}`);
    results.push(
      ...(await Promise.all([
        events.insert(keyOf(`own${writer}of${round}`), ADA, LUNCH),
        events.insert(key, ADA, eventAt(writer)),
        events.remove(keyOf(`event${round - 1}`), undefined),
      ])),
    );
    const version = (await events.find(key))?.version;
    results.push(
      ...(await Promise.all([
        events.update(key, eventAt(writer), undefined),
        events.update(key, eventAt(writer), version),
      ])),
    );
  }
  return results;
}

/** A client that synchronizes: it asks for what has changed since the revision that it saw before the last list. */
class Mirror {
  readonly versions = new Map<string, number>();
  readonly #store: CalendarStore;
  #seen = 0;

  constructor(store: CalendarStore) {
    this.#store = store;
  }

  async synchronize(): Promise<void> {
    const { events } = this.#store;
    const { revision } = await events.state(TEAM);
    const query = { ...EVERYTHING, changedSince: this.#seen, deleted: true, limit: 1000 };
    for (const { id, version } of (await events.list(TEAM, query)).rows) this.versions.set(id, version);
    this.#seen = revision;
  }

  async synchronizeUntil(isDone: () => boolean): Promise<void> {
    while (!isDone()) await this.synchronize();
    await this.synchronize();
  }
}

describeOnPostgres('Concurrent writers on Postgres', (database) => {
  const pool = database.pool({ max: 1 });
  const observer = database.pool({ max: 1 });
  let stores: CalendarStore[];
  let reader: CalendarStore;

  beforeAll(async () => {
    await createTables(database.url);
    stores = Array.from({ length: WRITERS }, () => postgresStore(database.url));
    reader = postgresStore(database.url);
  });
  beforeEach(async () => {
    await pool.query('DELETE FROM calendars');
    await addCalendars(reader);
  });
  afterAll(() => Promise.all([reader, ...stores].map((store) => store.close())));

  test('get distinct revisions without gaps, and no reader misses one', async () => {
    let isDone = false;
    const mirrors = [new Mirror(reader), new Mirror(reader)];
    const mirroring = mirrors.map((mirror) => mirror.synchronizeUntil(() => isDone));
    const results = (await Promise.all(stores.map(writeMuch))).flat();
    isDone = true;
    await Promise.all(mirroring);

    const written = results.flatMap(({ row }) => (row === undefined ? [] : [(row as EventRow).version]));
    // A revision that nobody got would have been counted for a write that did not happen.
    expect(written.toSorted((a, b) => a - b)).toEqual(written.map((_, index) => index + 1));
    expect((await reader.events.state(TEAM)).revision).toBe(written.length);
    for (const outcome of ['written', 'duplicate', 'changed', 'deleted'])
      expect(results.map((result) => result.outcome)).toContain(outcome);

    const { rows } = await reader.events.list(TEAM, { ...EVERYTHING, deleted: true, limit: 1000 });
    expect(rows).toHaveLength(ROUNDS + ROUNDS * WRITERS);
    for (const mirror of mirrors)
      expect(mirror.versions).toEqual(new Map(rows.map(({ id, version }) => [id, version])));
  });

  test('all get an answer while the calendar is removed and made again', async () => {
    const key = { calendarId: TEAM, id: 'lunch' };
    const fields = { summary: 'Team', timeZone: 'UTC' };
    const steps = [
      ({ calendars }: CalendarStore) => calendars.remove(TEAM, undefined),
      ({ calendars }: CalendarStore) => calendars.insert({ id: TEAM, owner: ADA, public: false, fields }),
      ({ calendars }: CalendarStore) => calendars.update(TEAM, fields, undefined),
      ({ events }: CalendarStore) => events.insert(key, ADA, LUNCH),
      ({ events }: CalendarStore) => events.update(key, LUNCH, undefined),
      ({ events }: CalendarStore) => events.remove(key, undefined),
      ({ entries }: CalendarStore) => entries.insert(BOB, TEAM, {}),
      ({ entries }: CalendarStore) => entries.update(ADA, TEAM, {}, undefined),
      ({ entries }: CalendarStore) => entries.remove(ADA, TEAM, undefined),
    ];
    const work = async (store: CalendarStore, writer: number): Promise<string[]> => {
      const outcomes: string[] = [];
      for (let step = 0; step < 25 * steps.length; step += 1) {
        const index = (step * (writer + 1) + writer) % steps.length;
        outcomes.push((await steps[index]!(store)).outcome);
      }
      return outcomes;
    };
    const outcomes = new Set((await Promise.all(stores.map(work))).flat());
    expect([...outcomes].toSorted()).toEqual(['absent', 'deleted', 'duplicate', 'written']);
  });

  describe('of which one has not committed', () => {
    const slow = { calendarId: TEAM, id: 'slow' };
    const fast = { calendarId: TEAM, id: 'fast' };

    /**
     * Begins a write of the slow event, which stands still between its change and its commit; then another write; and
     * when that is done or waits as well, looks and lets both go on.
     */
    async function overlapping<A, B>(
      write: () => Promise<A>,
      other: () => Promise<B>,
      look: () => Promise<void> = async () => {},
    ): Promise<[A, B]> {
      const holder = await pool.connect();
      await holder.query('SELECT pg_advisory_lock(1)');
      const writes = [write(), waiting(1).then(other)] as const;
      await Promise.race([writes[1], waiting(2)]);
      await look();
      await holder.query('SELECT pg_advisory_unlock(1)');
      holder.release();
      return Promise.all(writes);
    }

    /** Until so many connections wait for a lock. */
    async function waiting(count: number): Promise<void> {
      const sql = `
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while (!observer.ended && ((await observer.query(sql)).rowCount ?? 0) < count);
    }

    beforeAll(() =>
      observer.query(`
        CREATE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$;
        CREATE TRIGGER stand_still AFTER INSERT OR UPDATE ON events FOR EACH ROW WHEN (NEW.id = 'slow')
        EXECUTE FUNCTION stand_still()`),
    );

    test('none gets ahead in the eyes of a reader', async () => {
      const [{ events: one }, { events: two }] = stores as [CalendarStore, CalendarStore];
      const mirror = new Mirror(reader);
      await overlapping(
        () => one.insert(slow, ADA, LUNCH),
        () => two.insert(fast, ADA, LUNCH),
        () => mirror.synchronize(),
      );
      await mirror.synchronize();
      expect(Object.fromEntries(mirror.versions)).toEqual({ slow: 1, fast: 2 });
    });

    test.each([
      { write: 'update', other: 'update' },
      { write: 'update', other: 'remove' },
      { write: 'remove', other: 'update' },
      { write: 'remove', other: 'remove' },
    ] as const)(
      'the other ($other after $write) is not made or counted when both assert one version',
      async (row) => {
        const [one, two] = stores as [CalendarStore, CalendarStore];
        const version = 1;
        const writes = {
          update: ({ events }: CalendarStore) => events.update(slow, LUNCH, version),
          remove: ({ events }: CalendarStore) => events.remove(slow, version),
        };
        await one.events.insert(slow, ADA, LUNCH);
        const outcomes = await overlapping(
          () => writes[row.write](one),
          () => writes[row.other](two),
        );
        expect(outcomes.map(({ outcome }) => outcome)).toEqual([
          'written',
          row.write === 'remove' ? 'deleted' : 'changed',
        ]);
        expect((await reader.events.state(TEAM)).revision).toBe(2);
      },
    );

    test('the other, an insert of the same id, is not made or counted', async () => {
      const [one, two] = stores as [CalendarStore, CalendarStore];
      const outcomes = await overlapping(
        () => one.events.insert(slow, ADA, LUNCH),
        () => two.events.insert(slow, BOB, LUNCH),
      );
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['written', 'duplicate']);
      expect((await reader.events.state(TEAM)).revision).toBe(1);
    });

    test('the other, a removal of the calendar, takes the event with it', async () => {
      const [one, two] = stores as [CalendarStore, CalendarStore];
      const outcomes = await overlapping(
        () => one.events.insert(slow, ADA, LUNCH),
        () => two.calendars.remove(TEAM, undefined),
      );
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['written', 'written']);
      expect(await reader.events.find(slow)).toBeUndefined();
    });
  });
});
