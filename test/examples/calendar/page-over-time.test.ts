/** What comes and goes while the calendar's page is open: the polls of the feed, and answers that take their time. */
import { describe, expect, test } from '@jest/globals';
import type { Page, Response } from 'playwright-core';
import { describeInChromium } from '../../helpers/chromium.js';
import {
  bothLoaded,
  draftOf,
  editorOf,
  logOf,
  pollInVain,
  said,
  save,
  useSite,
  withClock,
} from './page-visit.js';

describeInChromium('While the page is open', (browser) => {
  const site = useSite(browser);

  describe('The feed', () => {
    /** Lets the time go by until the next poll was answered. */
    async function poll(page: Page): Promise<void> {
      const answer = page.waitForResponse((response) => response.url().endsWith('/events'));
      await page.clock.fastForward(4000);
      await answer;
    }

    test('is polled, and costs nothing while nothing changes: the log counts the 304s and what they save', () => {
      let first: Promise<Response> | undefined;
      const before = async (page: Page): Promise<void> => {
        first = page.waitForResponse((response) => response.url().endsWith('/events'));
        await page.clock.install();
      };
      return site.visit(
        async (page) => {
          const content = await (await first!).body();
          const times = await pollInVain(page, 3);
          const kilobytes = ((times * content.length) / 1000).toFixed(1);
          const [polls, ...others] = await logOf(page, 'Feed');
          expect(others).toMatchObject([{ condition: 'no condition', tag: polls?.tag }]);
          expect(polls).toEqual({
            who: 'Feed',
            request: 'GET …/events',
            condition: `If-None-Match: ${polls?.tag}`,
            status: `= 304 Not Modified × ${times}`,
            tag: polls?.tag,
            saved: `${kilobytes} kB`,
          });
          const sum = page.getByText('Saved so far');
          expect(await sum.innerText()).toBe(`Saved so far: ${kilobytes} kB in ${times} × 304`);
        },
        { before },
      );
    });

    test('brings what others have changed: to the list at once, to the editors as a mark', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        await site.changeElsewhere({ summary: 'Brunch' });
        await poll(page);
        await page.getByRole('button', { name: 'Brunch' }).waitFor();
        await editorOf(page, 'You').getByText('no longer current').waitFor();
        expect((await draftOf(page, 'You'))[0]).toBe('Lunch with Bob');
        await editorOf(page, 'You').getByRole('button', { name: 'Load again' }).click();
        await editorOf(page, 'You').getByText('no longer current').waitFor({ state: 'hidden' });
        expect((await draftOf(page, 'You'))[0]).toBe('Brunch');
      }, withClock));

    test('says when the server does not answer, and when it does again', () =>
      site.visit(
        async (page) => {
          await bothLoaded(page);
          const trouble = page.getByText('The server does not answer.');
          await page.route('**/events', (route) => route.abort());
          await page.clock.fastForward(4000);
          await trouble.waitFor();
          expect((await logOf(page, 'Feed'))[0]).toMatchObject({ status: '! No answer' });
          await page.unroute('**/events');
          await page.clock.fastForward(20_000);
          await trouble.waitFor({ state: 'hidden' });
        },
        { ...withClock, expectedErrors: [/ERR_FAILED/] },
      ));
  });

  test.each(['with If-Match', 'without'])(
    'a save %s that gets no answer says so, and what was typed is still there',
    (mode) =>
      site.visit(
        async (page) => {
          await bothLoaded(page);
          await page.getByRole('radio', { name: mode }).check();
          await page.route('**/events/lunch', (route) => route.abort());
          await save(page, 'You', { Place: 'Garden' }, /No answer *The server cannot be reached/);
          expect(await draftOf(page, 'You')).toEqual(['Lunch with Bob', 'Garden', '']);
          expect((await logOf(page, 'You'))[0]).toMatchObject({ status: '! No answer' });
          await page.unroute('**/events/lunch');
          await save(page, 'You', {}, '200 OK');
        },
        { expectedErrors: [/ERR_FAILED/] },
      ),
  );

  describe('What is under way', () => {
    /** Holds the answer to the next request of this kind back, until it is let go. */
    async function holdBack(page: Page, method: string, path: string): Promise<() => void> {
      let isNext = true;
      let letGo = (): void => {};
      const gone = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      await page.route(`**${path}`, async (route) => {
        if (route.request().method() !== method || !isNext) return route.fallback();
        isNext = false;
        const response = await route.fetch();
        await gone;
        await route.fulfill({ response });
      });
      return letGo;
    }

    test('is a save that is pressed twice: it is sent once', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        const letGo = await holdBack(page, 'PUT', '/events/lunch');
        await editorOf(page, 'You').getByLabel('Place').fill('Garden');
        await editorOf(page, 'You').getByRole('button', { name: 'Save' }).dblclick();
        letGo();
        await said(page, 'You', 'Saved.');
        const puts = (await logOf(page, 'You')).filter(({ request }) => request.startsWith('PUT'));
        expect(puts).toHaveLength(1);
      }));

    test('is forgotten when another event is opened', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        const letGo = await holdBack(page, 'GET', '/events/lunch');
        await editorOf(page, 'You').getByRole('button', { name: 'Load again' }).click();
        await page.getByRole('button', { name: 'Dentist' }).click();
        await bothLoaded(page);
        letGo();
        await page.evaluate('fetch("/demo.json")'); // time for the other answer to arrive
        expect(await draftOf(page, 'You')).toEqual(['Dentist', '', '']);
      }));

    test('may be a poll that a save overtakes: its older state does not count', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        const letGo = await holdBack(page, 'GET', '/events');
        await site.changeElsewhere({ summary: 'Brunch' });
        await page.clock.fastForward(4000);
        await editorOf(page, 'You').getByRole('button', { name: 'Load again' }).click();
        await said(page, 'You', 'Loaded.');
        await save(page, 'You', { Place: 'Garden' });
        letGo();
        await page.getByRole('button', { name: 'Brunch' }).waitFor();
        expect(await editorOf(page, 'You').getByText('no longer current').isVisible()).toBe(false);
      }, withClock));
  });
});
