import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'libsql';
import { openDatabase } from '../../../examples/calendar/store/sqlite/open.js';
import { prepare } from '../../../examples/calendar/store/sqlite/statement.js';
import { sqliteStore } from '../../../examples/calendar/store/sqlite.js';
import { ADA, addCalendars, eventAt, LUNCH, TEAM } from './fixtures.js';
import { describeCalendarStore } from './store-contract.js';
import { addHiddenEvents, expectOnlyVisibleShown } from './hidden-events.js';

let folder: string;
let files = 0;
const file = (): string => join(folder, `${(files += 1)}.db`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calendar-'));
});
afterAll(() => rm(folder, { recursive: true }));

describeCalendarStore('SQLite in memory', async () => sqliteStore(':memory:'));
describeCalendarStore('SQLite in a file', async () => sqliteStore(file()));

describe('SQLite in a file', () => {
  test('keeps its rows and versions over a restart', async () => {
    const path = file();
    const key = { calendarId: TEAM, id: 'lunch' };
    const before = sqliteStore(path);
    await addCalendars(before);
    await before.events.insert(key, ADA, LUNCH);
    const row = await before.events.find(key);
    await before.close();

    const after = sqliteStore(path);
    expect(await after.events.find(key)).toEqual(row);
    expect(await after.isEmpty()).toBe(false);
    await after.close();
  });

  test('lets one of two connections win when both assert one version', async () => {
    const path = file();
    const key = { calendarId: TEAM, id: 'lunch' };
    const [one, two] = [sqliteStore(path), sqliteStore(path)];
    await addCalendars(one);
    await one.events.insert(key, ADA, LUNCH);
    const version = (await two.events.find(key))?.version;

    expect(await one.events.update(key, eventAt(9), version)).toMatchObject({ outcome: 'written' });
    expect(await two.events.update(key, eventAt(10), version)).toEqual({ outcome: 'changed' });
    expect(await two.events.find(key)).toMatchObject({ fields: eventAt(9) });
    await Promise.all([one.close(), two.close()]);
  });
});

describe('A database file of SQLite', () => {
  const FULL = 2;

  test('has each write on the disk before it is answered', () => {
    const db = openDatabase(file());
    expect(db.pragma('synchronous')).toEqual([{ synchronous: FULL }]);
    db.close();
  });

  test('from before hidden events were kept from readers shows them those that are not hidden', async () => {
    const path = file();
    await addHiddenEvents(sqliteStore(path));
    const db = new Database(path);
    db.exec('DROP INDEX events_by_shown; ALTER TABLE events DROP COLUMN shown');
    db.close();

    const after = sqliteStore(path);
    await expectOnlyVisibleShown(after);
    await after.close();
  });
});

describe('A prepared statement', () => {
  test('refuses to run with a parameter missing, instead of binding NULL', () => {
    const db = new Database(':memory:');
    const statement = prepare(db, 'SELECT :given AS given, :forgotten AS forgotten');
    expect(() => statement.first({ given: 1 })).toThrow('Expected a value for forgotten in: SELECT');
    db.close();
  });
});
