/** What every CalendarStore must promise (see store/types.ts). `makeStore` gives an empty one. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type CalendarStore,
  type EventQuery,
  type EventRow,
  NO_VERSION,
} from '../../../examples/calendar/store/types.js';
import { ADA, addCalendars, BOB, eventAt, EVERYTHING, HOLIDAYS, LUNCH, TEAM } from './fixtures.js';

interface Versioned {
  readonly version: number;
}

export function describeCalendarStore(name: string, makeStore: () => Promise<CalendarStore>): void {
  let store: CalendarStore;
  const key = { calendarId: TEAM, id: 'lunch' };

  async function expectWritten<Row>(result: Promise<{ outcome: string; row?: Row }>): Promise<Row> {
    const { outcome, row } = await result;
    expect(outcome).toBe('written');
    return row as Row;
  }

  const ids = async (query: Partial<EventQuery> = {}): Promise<string[]> => {
    const { rows } = await store.events.list(TEAM, { ...EVERYTHING, ...query });
    return rows.map(({ id }) => id);
  };

  beforeEach(async () => {
    store = await makeStore();
  });
  afterEach(() => store.close());

  describe(`${name}: a row`, () => {
    test('is not there until a calendar is inserted', async () => {
      expect(await store.isEmpty()).toBe(true);
      await addCalendars(store);
      expect(await store.isEmpty()).toBe(false);
    });

    test('is found as it was inserted', async () => {
      await addCalendars(store);
      const row = await expectWritten(store.events.insert(key, ADA, LUNCH));
      expect(row).toMatchObject({ ...key, creator: ADA, deleted: false, fields: LUNCH });
      expect(await store.events.find(key)).toEqual(row);
      expect(await store.calendars.find(TEAM)).toMatchObject({ id: TEAM, owner: ADA, public: false });
      expect(await store.entries.find(ADA, TEAM)).toMatchObject({
        user: ADA,
        settings: {},
        calendar: { id: TEAM },
      });
    });

    test('that nobody inserted is undefined', async () => {
      await addCalendars(store);
      expect(await store.events.find({ calendarId: TEAM, id: 'nothing' })).toBeUndefined();
      expect(await store.calendars.find('nowhere')).toBeUndefined();
      expect(await store.entries.find(BOB, TEAM)).toBeUndefined();
    });
  });

  describe(`${name}: an insert`, () => {
    beforeEach(() => addCalendars(store));

    test('of an id that is taken changes nothing', async () => {
      const first = await expectWritten(store.events.insert(key, ADA, LUNCH));
      expect(await store.events.insert(key, BOB, eventAt(9))).toEqual({ outcome: 'duplicate' });
      expect(await store.events.find(key)).toEqual(first);
      expect(
        await store.calendars.insert({
          id: TEAM,
          owner: BOB,
          public: true,
          fields: { summary: '', timeZone: 'UTC' },
        }),
      ).toEqual({ outcome: 'duplicate' });
      expect(await store.calendars.find(TEAM)).toMatchObject({ owner: ADA, version: 1 });
      expect(await store.entries.find(BOB, TEAM)).toBeUndefined();
      expect(await store.entries.insert(ADA, TEAM, { hidden: true })).toEqual({ outcome: 'duplicate' });
      expect(await store.entries.find(ADA, TEAM)).toMatchObject({ settings: {} });
    });

    test('of the id of a deleted event changes nothing', async () => {
      await expectWritten(store.events.insert(key, ADA, LUNCH));
      await expectWritten(store.events.remove(key, undefined));
      expect(await store.events.insert(key, ADA, LUNCH)).toEqual({ outcome: 'duplicate' });
      expect(await store.events.find(key)).toMatchObject({ deleted: true });
    });

    test('into a calendar that does not exist says so', async () => {
      const nowhere = { calendarId: 'nowhere', id: 'lunch' };
      expect(await store.events.insert(nowhere, ADA, LUNCH)).toEqual({ outcome: 'absent' });
      expect(await store.entries.insert(ADA, 'nowhere', {})).toEqual({ outcome: 'absent' });
    });

    test('raced by others with one id is won by exactly one', async () => {
      const racers = Array.from({ length: 10 }, (_, index) => store.events.insert(key, ADA, eventAt(index)));
      const outcomes = (await Promise.all(racers)).map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(9);
    });
  });

  /** The three kinds of rows that are written under an asserted version. */
  const KINDS = [
    {
      kind: 'an event',
      begin: () => store.events.insert(key, ADA, LUNCH),
      find: () => store.events.find(key),
      update: (asserted?: number) => store.events.update(key, eventAt(9), asserted),
      updateAbsent: () => store.events.update({ calendarId: TEAM, id: 'nothing' }, LUNCH, undefined),
      remove: (asserted?: number) => store.events.remove(key, asserted),
      afterRemoval: 'deleted',
    },
    {
      kind: 'a calendar',
      begin: async () => {},
      find: () => store.calendars.find(TEAM),
      update: (asserted?: number) =>
        store.calendars.update(TEAM, { summary: 'Crew', timeZone: 'UTC' }, asserted),
      updateAbsent: () => store.calendars.update('nowhere', { summary: 'Crew', timeZone: 'UTC' }, undefined),
      remove: (asserted?: number) => store.calendars.remove(TEAM, asserted),
      afterRemoval: 'absent',
    },
    {
      kind: 'a calendar list entry',
      begin: async () => {},
      find: () => store.entries.find(ADA, TEAM),
      update: (asserted?: number) => store.entries.update(ADA, TEAM, { hidden: true }, asserted),
      updateAbsent: () => store.entries.update(BOB, TEAM, {}, undefined),
      remove: (asserted?: number) => store.entries.remove(ADA, TEAM, asserted),
      afterRemoval: 'absent',
    },
  ];

  describe.each(KINDS)(
    `${name}: a write of $kind`,
    ({ begin, find, update, updateAbsent, remove, afterRemoval }) => {
      const version = async (): Promise<number> => (await find())?.version ?? Number.NaN;

      beforeEach(async () => {
        await addCalendars(store);
        await begin();
      });

      test('that asserts the current version is made, and gives a new version', async () => {
        const before = await version();
        const row = await expectWritten<Versioned>(update(before));
        expect(row.version).not.toBe(before);
        expect(await find()).toEqual(row);
      });

      test('that asserts another version changes nothing', async () => {
        const before = await find();
        expect(await update((await version()) + 1)).toEqual({ outcome: 'changed' });
        expect(await remove((await version()) + 1)).toEqual({ outcome: 'changed' });
        expect(await update(NO_VERSION)).toEqual({ outcome: 'changed' });
        expect(await find()).toEqual(before);
      });

      test('that asserts nothing is made whatever the version', async () => {
        await expectWritten<Versioned>(update());
        await expectWritten<Versioned>(update());
        await expectWritten<Versioned>(remove());
      });

      test('of what is not there says so', async () => {
        expect(await updateAbsent()).toEqual({ outcome: 'absent' });
      });

      test('after the removal says so, and changes nothing', async () => {
        await expectWritten<Versioned>(remove(await version()));
        const after = await find();
        expect(await update()).toEqual({ outcome: afterRemoval });
        expect(await remove()).toEqual({ outcome: afterRemoval });
        expect(await update(NO_VERSION)).toEqual({ outcome: afterRemoval });
        expect(await find()).toEqual(after);
      });

      test('raced by others that assert the same version is won by exactly one', async () => {
        const asserted = await version();
        const racers = Array.from({ length: 10 }, () => update(asserted));
        const outcomes = (await Promise.all(racers)).map(({ outcome }) => outcome);
        expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'changed')).toHaveLength(9);
      });
    },
  );

  describe(`${name}: a version`, () => {
    beforeEach(() => addCalendars(store));

    test('of an event never returns', async () => {
      const rows: EventRow[] = [await expectWritten(store.events.insert(key, ADA, LUNCH))];
      for (const fields of [eventAt(9), LUNCH])
        rows.push(await expectWritten(store.events.update(key, fields, undefined)));
      rows.push(await expectWritten(store.events.remove(key, undefined)));
      expect(new Set(rows.map((row) => row.version)).size).toBe(rows.length);
    });

    test('of a calendar list entry goes on after it was removed and added again', async () => {
      const before = await expectWritten(store.entries.update(ADA, TEAM, { hidden: true }, undefined));
      await expectWritten(store.entries.remove(ADA, TEAM, undefined));
      const after = await expectWritten(store.entries.insert(ADA, TEAM, {}));
      expect(after.version).toBeGreaterThan(before.version);
      expect(after.settings).toEqual({});
    });

    test('of a calendar list entry does not change with its calendar', async () => {
      const before = await store.entries.find(ADA, TEAM);
      await expectWritten(store.calendars.update(TEAM, { summary: 'Crew', timeZone: 'UTC' }, undefined));
      const after = await store.entries.find(ADA, TEAM);
      expect(after?.version).toBe(before?.version);
      expect(after?.calendar.fields.summary).toBe('Crew');
    });
  });

  describe(`${name}: the state of a calendar's events`, () => {
    beforeEach(() => addCalendars(store));

    test('has a revision that grows with each change of any event, and not with what did not happen', async () => {
      const revisions = [(await store.events.state(TEAM)).revision];
      const other = { calendarId: TEAM, id: 'other' };
      const changes = [
        () => store.events.insert(key, ADA, LUNCH),
        () => store.events.insert(other, ADA, LUNCH),
        () => store.events.update(key, LUNCH, undefined),
        () => store.events.remove(other, undefined),
      ];
      for (const change of changes) {
        await expectWritten<EventRow>(change());
        revisions.push((await store.events.state(TEAM)).revision);
      }
      expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
      expect(new Set(revisions).size).toBe(revisions.length);

      await store.events.update(key, LUNCH, NO_VERSION);
      await store.events.insert(key, ADA, LUNCH);
      await store.events.insert({ calendarId: HOLIDAYS, id: 'lunch' }, ADA, LUNCH);
      expect((await store.events.state(TEAM)).revision).toBe(revisions.at(-1));
    });
  });

  describe(`${name}: a list of events`, () => {
    const add = (id: string, fields = LUNCH): Promise<EventRow> =>
      expectWritten(store.events.insert({ calendarId: TEAM, id }, ADA, fields));

    beforeEach(async () => {
      await addCalendars(store);
      await add('morning', eventAt(9, { summary: 'Straße 100%', location: 'Room_1' }));
      await add('noon', eventAt(12, { description: 'soup', attendees: [{ email: 'Bob@Example.test' }] }));
      await add('evening', eventAt(18, { visibility: 'private' }));
      await store.events.insert({ calendarId: HOLIDAYS, id: 'elsewhere' }, ADA, LUNCH);
    });

    const CASES: { title: string; query: Partial<EventQuery>; expected: string[] }[] = [
      { title: 'everything by id', query: {}, expected: ['evening', 'morning', 'noon'] },
      { title: 'by start', query: { orderBy: 'starts' }, expected: ['morning', 'noon', 'evening'] },
      { title: 'by version', query: { orderBy: 'version' }, expected: ['morning', 'noon', 'evening'] },
      { title: 'a word, whatever its case', query: { terms: ['soup'] }, expected: ['noon'] },
      { title: 'an attendee', query: { terms: ['bob@example.test'] }, expected: ['noon'] },
      { title: 'all of several words', query: { terms: ['straße', 'room'] }, expected: ['morning'] },
      { title: 'not some of several words', query: { terms: ['soup', 'room'] }, expected: [] },
      { title: 'a percent sign as itself', query: { terms: ['%'] }, expected: ['morning'] },
      { title: 'an underscore as itself', query: { terms: ['_'] }, expected: ['morning'] },
      { title: 'a quote as itself', query: { terms: ["' OR 1=1 --"] }, expected: [] },
      {
        title: 'what ends after',
        query: { endsAfter: Date.parse('2027-03-01T13:00:00Z') },
        expected: ['evening'],
      },
      {
        title: 'what starts before',
        query: { startsBefore: Date.parse('2027-03-01T12:00:00Z') },
        expected: ['morning'],
      },
      { title: 'what others may see', query: { confidential: false }, expected: ['morning', 'noon'] },
      {
        title: 'nothing updated in the future',
        query: { updatedSince: '2999-01-01T00:00:00.000Z' },
        expected: [],
      },
    ];
    test.each(CASES)('selects $title', async ({ query, expected }) => {
      expect(await ids(query)).toEqual(expected);
    });

    test('leaves deleted events out unless they are asked for', async () => {
      await store.events.remove({ calendarId: TEAM, id: 'noon' }, undefined);
      expect(await ids()).toEqual(['evening', 'morning']);
      expect(await ids({ deleted: true })).toEqual(['evening', 'morning', 'noon']);
    });

    test('gives what changed after a revision, in the order of the changes', async () => {
      const { revision } = await store.events.state(TEAM);
      expect(await ids({ changedSince: revision })).toEqual([]);
      await store.events.update({ calendarId: TEAM, id: 'noon' }, LUNCH, undefined);
      await store.events.remove({ calendarId: TEAM, id: 'morning' }, undefined);
      expect(await ids({ changedSince: revision, deleted: true, orderBy: 'version' })).toEqual([
        'noon',
        'morning',
      ]);
    });

    test.each(['id', 'starts', 'updated', 'version', 'shown'] as const)(
      'shows each event once over pages by %s',
      async (orderBy) => {
        const query = { orderBy, shownSince: orderBy === 'shown' ? 0 : undefined };
        const whole = await ids(query);
        const seen: string[] = [];
        let after: EventQuery['after'];
        do {
          const page = await store.events.list(TEAM, { ...EVERYTHING, ...query, limit: 1, after });
          seen.push(...page.rows.map(({ id }) => id));
          after = page.next;
        } while (after !== undefined);
        expect(seen).toEqual(whole);
      },
    );

    test('keeps recurring events in sight of any later time', async () => {
      await add('weekly', eventAt(8, { recurrence: ['RRULE:FREQ=WEEKLY'] }));
      expect(await ids({ endsAfter: Date.parse('2028-01-01T00:00:00Z') })).toEqual(['weekly']);
    });
  });

  describe(`${name}: a change of an event`, () => {
    const hidden = eventAt(9, { visibility: 'confidential' });
    const visible = eventAt(9, { visibility: 'public' });
    const CASES = [
      { title: 'that was never visible', changes: [hidden, hidden, 'remove'], shown: undefined },
      { title: 'that is visible', changes: [LUNCH, visible], shown: 2 },
      { title: 'that was removed', changes: [LUNCH, 'remove'], shown: 2 },
      { title: 'that was made private', changes: [LUNCH, hidden], shown: 2 },
      { title: 'that was made private, and went on', changes: [LUNCH, hidden, hidden, 'remove'], shown: 2 },
      { title: 'that was made public', changes: [hidden, visible], shown: 2 },
      { title: 'that was hidden twice', changes: [LUNCH, hidden, visible, hidden, hidden], shown: 4 },
    ] as const;

    test.each(CASES)('$title is shown to readers as of version $shown', async ({ changes, shown }) => {
      await addCalendars(store);
      const [first, ...others] = changes;
      let row = await expectWritten(store.events.insert(key, ADA, first));
      for (const change of others) {
        const result =
          change === 'remove'
            ? store.events.remove(key, undefined)
            : store.events.update(key, change, undefined);
        row = await expectWritten(result);
      }
      expect(row).toMatchObject({ version: changes.length, shown });
      const since = (shownSince: number): Promise<string[]> =>
        ids({ shownSince, deleted: true, orderBy: 'shown' });
      expect(await since(0)).toEqual(shown === undefined ? [] : ['lunch']);
      expect(await since((shown ?? 0) - 1)).toEqual(shown === undefined ? [] : ['lunch']);
      expect(await since(shown ?? 0)).toEqual([]);
    });
  });

  describe(`${name}: removing a calendar`, () => {
    test('takes its events and entries with it', async () => {
      await addCalendars(store);
      await store.events.insert(key, ADA, LUNCH);
      await expectWritten(store.calendars.remove(TEAM, undefined));
      expect(await store.events.find(key)).toBeUndefined();
      expect(await store.entries.list(ADA)).toMatchObject([{ calendar: { id: HOLIDAYS } }]);
    });
  });
}
