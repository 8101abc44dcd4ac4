/** Visits to the calendar's page in a browser: a fresh calendar for each test, and short words for what stands on the page. */
import { afterEach, beforeEach, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { EventFields } from '../../../examples/calendar/model.js';
import { seed } from '../../../examples/calendar/seed.js';
import { calendarSite } from '../../../examples/calendar/site.js';
import { sqliteStore } from '../../../examples/calendar/store/sqlite.js';
import type { CalendarStore, EventKey } from '../../../examples/calendar/store/types.js';
import type { PageOptions, TestBrowser } from '../../helpers/chromium.js';
import { useClientBuild } from '../../helpers/client-build.js';
import { ADA } from './fixtures.js';
import { serve, type Served } from './serve.js';

export const TOKEN = 'demo-token';
export const LUNCH_KEY: EventKey = { calendarId: ADA, id: 'lunch' };

export type Who = 'You' | 'Somebody else';
export type Field = 'Title' | 'Place' | 'Notes';

/** Chromium writes this to its console for each such answer. */
export const REFUSAL: RegExp = /412 \(Precondition Failed\)/;

export interface SiteOptions {
  readonly isDemo?: boolean;
  readonly requireConditions?: boolean;
}

export interface VisitedSite {
  readonly store: CalendarStore;
  /** Changes the event behind the back of the page, as another client would. */
  changeElsewhere(fields: Partial<EventFields>): Promise<void>;
  /** Lends the page, loaded. It must send all its requests to where it came from. */
  visit<T>(use: (page: Page) => Promise<T>, options?: PageOptions & VisitOptions): Promise<T>;
}

export const withClock: VisitOptions = { before: (page) => page.clock.install() };

export interface VisitOptions {
  /** What to do before the page is loaded. */
  readonly before?: (page: Page) => Promise<unknown>;
}

export function useSite(browser: TestBrowser, options: SiteOptions = {}): VisitedSite {
  const build = useClientBuild();
  let store: CalendarStore;
  let served: Served;

  beforeEach(async () => {
    store = sqliteStore(':memory:');
    await seed(store, [ADA], new Date('2027-03-01T09:00:00Z'));
    const tokens = new Map([[TOKEN, ADA]]);
    served = await serve(calendarSite({ store, tokens, isDemo: true, build: build.folder, ...options }));
  });
  afterEach(async () => {
    await served.close();
    await store.close();
  });

  return {
    get store() {
      return store;
    },
    async changeElsewhere(fields) {
      const event = (await store.events.find(LUNCH_KEY))!;
      await store.events.update(LUNCH_KEY, { ...event.fields, ...fields }, undefined);
    },
    visit: (use, { before, ...pageOptions } = {}) =>
      browser.withPage(async (page) => {
        const origins = new Set<string>();
        page.on('request', (request) => origins.add(new URL(request.url()).origin));
        await before?.(page);
        await page.goto(served.origin);
        const result = await use(page);
        expect([...origins]).toEqual([served.origin]);
        return result;
      }, pageOptions),
  };
}

export function editorOf(page: Page, who: Who): Locator {
  return page.getByRole('region', { name: who, exact: true });
}

/** What stands in the three fields of an editor. */
export async function draftOf(page: Page, who: Who): Promise<string[]> {
  const fields = await editorOf(page, who).getByRole('textbox').all();
  return Promise.all(fields.map((field) => field.inputValue()));
}

/** Waits until both have loaded the event. */
export async function bothLoaded(page: Page): Promise<void> {
  for (const who of ['You', 'Somebody else'] as const) await said(page, who, 'Loaded.');
}

/** Waits until the editor says something. */
export function said(page: Page, who: Who, text: string | RegExp): Promise<void> {
  return editorOf(page, who).getByRole('status').filter({ hasText: text }).waitFor();
}

export async function save(
  page: Page,
  who: Who,
  fields: Partial<Record<Field, string>>,
  outcome: string | RegExp = 'Saved',
): Promise<void> {
  const editor = editorOf(page, who);
  for (const [name, value] of Object.entries(fields)) await editor.getByLabel(name).fill(value);
  await editor.getByRole('button', { name: 'Save' }).click();
  await said(page, who, outcome);
}

/** Somebody else saves, then you do. */
export async function race(
  page: Page,
  theirs: Partial<Record<Field, string>>,
  yours: Partial<Record<Field, string>>,
): Promise<void> {
  await bothLoaded(page);
  await save(page, 'Somebody else', theirs);
  await save(page, 'You', yours, '412 Precondition Failed');
}

export function conflictOf(page: Page): Locator {
  return page.getByRole('region', { name: /came second/ });
}

/** Plays the story in no time: the page needs a clock that was installed. */
export async function play(page: Page, end: Locator): Promise<void> {
  await page.getByRole('button', { name: 'Provoke' }).click();
  await playOn(page, end);
}

export async function playOn(page: Page, end: Locator): Promise<void> {
  while (!(await end.isVisible())) await page.clock.fastForward(800);
}

/** Lets the time go by until so many polls in a row have found nothing new, and gives their number; the page needs a clock, too. */
export async function pollInVain(page: Page, least: number): Promise<number> {
  for (;;) {
    const [{ status } = { status: '' }] = await logOf(page, 'Feed');
    const [, times = '1'] = /304 Not Modified(?: × (\d+))?/.exec(status) ?? [];
    if (status.includes('304') && Number(times) >= least) return Number(times);
    await page.clock.fastForward(4000);
  }
}

export async function choose(page: Page, choice: string): Promise<void> {
  await conflictOf(page).getByRole('button', { name: choice }).click();
  await conflictOf(page).waitFor({ state: 'hidden' });
}

/** The cells of a table in the page, row by row, without its head. */
export async function rowsOf(table: Locator): Promise<string[][]> {
  const rows = await table.locator('tbody').getByRole('row').all();
  return Promise.all(rows.map((row) => row.locator('th, td').allTextContents()));
}

export interface Logged {
  readonly who: string;
  readonly request: string;
  readonly condition: string;
  readonly status: string;
  readonly tag: string;
  readonly saved: string;
}

/** What the log shows of the requests of some of them, the newest first. */
export async function logOf(page: Page, ...whose: (Who | 'Feed')[]): Promise<Logged[]> {
  const rows = await rowsOf(page.getByRole('log'));
  return rows
    .map(([who = '', request = '', condition = '', status = '', tag = '', saved = '']) => ({
      who,
      request,
      condition,
      status,
      tag,
      saved,
    }))
    .filter(({ who }) => whose.some((each) => each === who));
}
