/** What the calendar's page does in a browser. */
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInChromium } from '../../helpers/chromium.js';
import { ADA } from './fixtures.js';
import {
  bothLoaded,
  choose,
  conflictOf,
  draftOf,
  editorOf,
  logOf,
  LUNCH_KEY,
  play,
  race,
  REFUSAL,
  rowsOf,
  said,
  save,
  useSite,
  withClock,
} from './page-visit.js';

describeInChromium('The page', (browser) => {
  const site = useSite(browser);
  const refused = { expectedErrors: [REFUSAL] };

  async function stored(): Promise<object | undefined> {
    return (await site.store.events.find(LUNCH_KEY))?.fields;
  }

  test('A save goes out under the tag that the one before it has brought', () =>
    site.visit(async (page) => {
      await bothLoaded(page);
      for (const Place of ['Garden', 'Attic']) await save(page, 'You', { Place });
      const [second, first] = await logOf(page, 'You');
      expect(second).toMatchObject({ condition: `If-Match: ${first?.tag}`, status: '✓ 200 OK' });
    }));

  describe('A lost race', () => {
    test('is refused with 412, and shows what there was, what is stored and what was not saved', () =>
      site.visit(async (page) => {
        await race(page, { Place: 'Roof terrace' }, { Notes: 'Bring the photos.' });
        expect(await rowsOf(conflictOf(page))).toEqual([
          ['Title unchanged', 'Lunch with Bob', 'Lunch with Bob', 'Lunch with Bob', 'Lunch with Bob'],
          ['Place changed in theirs', 'Canteen', 'Roof terrace', 'Canteen', 'Roof terrace'],
          ['Notes changed in yours', '–', '–', 'Bring the photos.', 'Bring the photos.'],
        ]);
        expect(await stored()).toMatchObject({ location: 'Roof terrace' });
        expect(await stored()).not.toHaveProperty('description', 'Bring the photos.');
      }, refused));

    test('shows both sides also when it is somebody else who has lost it', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        await save(page, 'You', { Place: 'Garden' });
        await save(page, 'Somebody else', { Place: 'Attic' }, '412');
        const conflict = page.getByRole('region', { name: 'Somebody else’s save came second' });
        expect(await conflict.getByRole('columnheader').allInnerTexts()).toEqual([
          'Field',
          'Before',
          'Yours, stored',
          'Theirs, not saved',
          'Merged',
        ]);
        await conflict.getByRole('button', { name: 'Take yours' }).click();
        await said(page, 'Somebody else', 'Nothing has changed');
        expect(await draftOf(page, 'Somebody else')).toEqual(['Lunch with Bob', 'Garden', '']);
      }, refused));

    test('is in the log, with the conditions and the tags of all its requests', () =>
      site.visit(async (page) => {
        await race(page, { Place: 'Roof terrace' }, { Notes: 'Bring the photos.' });
        const [get, refusal, put, read] = await logOf(page, 'You', 'Somebody else');
        const [first, second] = [read?.tag, get?.tag];
        expect(second).not.toBe(first);
        const request = 'PUT …/events/lunch';
        const condition = `If-Match: ${first}`;
        expect([get, refusal, put, read]).toEqual([
          {
            who: 'You',
            request: 'GET …/events/lunch',
            condition: `If-None-Match: ${first}`,
            status: '✓ 200 OK',
            tag: second,
            saved: '',
          },
          { who: 'You', request, condition, status: '≠ 412 Precondition Failed', tag: '', saved: '' },
          { who: 'Somebody else', request, condition, status: '✓ 200 OK', tag: second, saved: '' },
          expect.objectContaining({ condition: 'no condition', status: '✓ 200 OK' }),
        ]);
      }, refused));

    test('ends with theirs: nothing is written, and yours is gone', () =>
      site.visit(async (page) => {
        await race(page, { Place: 'Roof terrace' }, { Place: 'Garden', Notes: 'Bring the photos.' });
        const before = await site.store.events.find(LUNCH_KEY);
        await choose(page, 'Take theirs');
        await said(page, 'You', '304 Not Modified');
        expect(await draftOf(page, 'You')).toEqual(['Lunch with Bob', 'Roof terrace', '']);
        expect(await site.store.events.find(LUNCH_KEY)).toEqual(before);
        await save(page, 'You', { Notes: 'Bring the photos.' });
      }, refused));

    test('ends with yours: theirs is overwritten under If-Match: *', () =>
      site.visit(async (page) => {
        await race(page, { Place: 'Roof terrace' }, { Notes: 'Bring the photos.' });
        await choose(page, 'Overwrite');
        await said(page, 'You', 'Saved over theirs, knowingly.');
        expect((await logOf(page, 'You'))[0]).toMatchObject({ condition: 'If-Match: *', status: '✓ 200 OK' });
        expect(await stored()).toMatchObject({ location: 'Canteen', description: 'Bring the photos.' });
      }, refused));

    test('ends with both: fields that only one has changed merge by themselves', () =>
      site.visit(async (page) => {
        await race(page, { Place: 'Roof terrace' }, { Notes: 'Bring the photos.' });
        await choose(page, 'Merge and retry');
        await said(page, 'You', /Merged, and stored\.$/);
        const merged = ['Lunch with Bob', 'Roof terrace', 'Bring the photos.'];
        expect(await draftOf(page, 'You')).toEqual(merged);
        const [put, get] = await logOf(page, 'You');
        expect(get).toMatchObject({ request: expect.stringMatching(/^GET/), status: '= 304 Not Modified' });
        expect(put).toMatchObject({ status: '✓ 200 OK', condition: `If-Match: ${get?.tag}` });
        expect(await stored()).toMatchObject({ location: merged[1], description: merged[2] });
      }, refused));

    test('ends with both: a field that both have changed keeps yours, and the page says so', () =>
      site.visit(async (page) => {
        await race(page, { Title: 'Brunch', Place: 'Roof terrace' }, { Place: 'Garden' });
        expect((await rowsOf(conflictOf(page)))[1]).toEqual([
          'Place changed in both: yours is kept',
          'Canteen',
          'Roof terrace',
          'Garden',
          'Garden',
        ]);
        await choose(page, 'Merge and retry');
        await said(page, 'You', 'Merged, and stored. Place was changed by both: yours is kept.');
        expect(await stored()).toMatchObject({ summary: 'Brunch', location: 'Garden' });
      }, refused));

    test('ends with what is stored already when both have changed the same alike: nothing is written again', () =>
      site.visit(async (page) => {
        await race(page, { Place: 'Garden' }, { Place: 'Garden' });
        expect((await rowsOf(conflictOf(page)))[1]?.[0]).toBe('Place changed in both alike');
        const before = await site.store.events.find(LUNCH_KEY);
        await choose(page, 'Merge and retry');
        await said(page, 'You', /Merged, and stored\.$/);
        expect(await site.store.events.find(LUNCH_KEY)).toEqual(before);
      }, refused));

    test('is merged once more when somebody is faster than the merge', () =>
      site.visit(async (page) => {
        await race(page, { Place: 'Roof terrace' }, { Notes: 'Bring the photos.' });
        let isFirst = true;
        await page.route('**/events/lunch', async (route) => {
          if (route.request().method() === 'PUT' && isFirst) {
            isFirst = false;
            await site.changeElsewhere({ summary: 'Brunch' });
          }
          await route.continue();
        });
        await choose(page, 'Merge and retry');
        await said(page, 'You', /Merged, and stored\.$/);
        expect(await draftOf(page, 'You')).toEqual(['Brunch', 'Roof terrace', 'Bring the photos.']);
        expect((await logOf(page, 'You')).map(({ status }) => status).slice(0, 4)).toEqual([
          '✓ 200 OK',
          '✓ 200 OK',
          '≠ 412 Precondition Failed',
          '= 304 Not Modified',
        ]);
      }, refused));

    test('shows what is edited while it is decided', () =>
      site.visit(async (page) => {
        await race(page, { Place: 'Roof terrace' }, { Place: 'Garden' });
        await editorOf(page, 'You').getByLabel('Place').fill('Canteen');
        expect((await rowsOf(conflictOf(page)))[1]).toEqual([
          'Place changed in theirs',
          'Canteen',
          'Roof terrace',
          'Canteen',
          'Roof terrace',
        ]);
      }, refused));
  });

  describe('A save without If-Match', () => {
    async function saveWithout(page: Page): Promise<void> {
      await bothLoaded(page);
      await page.getByRole('radio', { name: 'without' }).check();
      await save(page, 'Somebody else', { Place: 'Roof terrace' });
      await save(page, 'You', { Notes: 'Bring the photos.' }, '200 OK');
    }

    test('wins silently, and the page says whose change was lost', () =>
      site.visit(async (page) => {
        await saveWithout(page);
        const notice = page.getByRole('status').filter({ hasText: 'Somebody else’s change is lost' });
        expect(await notice.innerText()).toContain('Place: “Roof terrace” was stored, and is now “Canteen”.');
        expect((await logOf(page, 'You'))[0]).toMatchObject({
          condition: 'no condition',
          status: '✓ 200 OK',
        });
        expect(await stored()).toMatchObject({ location: 'Canteen', description: 'Bring the photos.' });
      }));

    test('is told from one that loses nothing: it is up to date, or makes the same change', () =>
      site.visit(async (page) => {
        const notice = page.getByText('change is lost');
        await saveWithout(page);
        await notice.waitFor();
        await save(page, 'You', { Place: 'Garden' }, '200 OK');
        expect(await notice.count()).toBe(0);
        await save(page, 'Somebody else', { Place: 'Garden', Notes: 'Bring the photos.' }, '200 OK');
        expect(await notice.count()).toBe(0);
      }));
  });

  describe('The story', () => {
    const steps = (page: Page): Promise<string[]> =>
      page.getByRole('region', { name: 'A lost race' }).getByRole('listitem').allTextContents();

    test('of a lost race ends with 412, step by step, and may be played again', () =>
      site.visit(
        async (page) => {
          await bothLoaded(page);
          for (const place of ['Roof terrace', 'Room 12']) {
            await play(page, conflictOf(page));
            expect(await steps(page)).toEqual([
              expect.stringMatching(/(= 304 Not Modified|✓ 200 OK)$/),
              expect.stringMatching(/✓ 200 OK$/),
              expect.stringMatching(/≠ 412 Precondition FailedNothing is lost\./),
            ]);
            expect(await stored()).toMatchObject({ location: place });
          }
        },
        { ...refused, ...withClock },
      ));

    test('of a lost update ends with what is lost', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        await page.getByRole('radio', { name: 'without' }).check();
        await play(page, page.getByText('Somebody else’s change is lost'));
        expect((await steps(page))[2]).toContain('✓ 200 OKWhat somebody else has saved is gone.');
      }, withClock));
  });

  describe('The events', () => {
    test('are listed in order, and the one that is chosen is edited by both', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        const events = page.getByRole('region', { name: 'Events' }).getByRole('button');
        expect(await events.allInnerTexts()).toEqual([
          'Lunch with Bob\nTue 2 Mar, 12:00',
          'Dentist\nWed 3 Mar, 08:00',
        ]);
        await events.nth(1).click();
        await bothLoaded(page);
        expect(await draftOf(page, 'You')).toEqual(['Dentist', '', '']);
        expect(await draftOf(page, 'Somebody else')).toEqual(['Dentist', '', '']);
      }));

    test('have titles that stay text, whatever they look like', async () => {
      const summary = '<img src=x onerror=alert(1)>';
      await site.changeElsewhere({ summary, location: '<script>alert(2)</script>' });
      await site.visit(async (page) => {
        page.on('dialog', () => expect('a dialog').toBe('none'));
        await race(page, { Notes: '<b>theirs</b>' }, { Notes: '<b>yours</b>' });
        await page.getByRole('button', { name: summary }).waitFor();
        expect((await rowsOf(conflictOf(page)))[0]).toContain(summary);
        expect(await draftOf(page, 'You')).toEqual([summary, '<script>alert(2)</script>', '<b>yours</b>']);
        expect(await page.locator('main').locator('img, script').count()).toBe(0);
      }, refused);
    });
  });
});

describeInChromium('The page of a server that demands conditions', (browser) => {
  const site = useSite(browser, { requireConditions: true });

  test('shows the 428 of a save without If-Match', () =>
    site.visit(
      async (page) => {
        await bothLoaded(page);
        await page.getByRole('radio', { name: 'without' }).check();
        await save(page, 'You', { Place: 'Garden' }, '428 Precondition Required');
        expect((await site.store.events.find(LUNCH_KEY))?.fields).toMatchObject({ location: 'Canteen' });
      },
      { expectedErrors: [/428/] },
    ));
});

describeInChromium('The page of a server that is no demo', (browser) => {
  const site = useSite(browser, { isDemo: false });

  test('asks for a token, says that one is wrong, and keeps the right one in memory only', () =>
    site.visit(
      async (page) => {
        const field = page.getByLabel('Token');
        await field.fill('wrong');
        await page.getByRole('button', { name: 'Enter' }).click();
        await page.getByRole('alert').filter({ hasText: '401 Unauthorized' }).waitFor();
        expect(await field.evaluate('document.activeElement.type')).toBe('password');
        await field.fill('demo-token');
        await field.press('Enter');
        await bothLoaded(page);
        expect(await field.count()).toBe(0);
        const kept = 'JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])';
        expect(await page.evaluate(kept)).not.toContain('demo-token');
      },
      { expectedErrors: [/401/] },
    ));

  test('shows a calendar without events for what it is', async () => {
    for (const id of ['lunch', 'dentist']) await site.store.events.remove({ calendarId: ADA, id }, undefined);
    await site.visit(async (page) => {
      await page.getByLabel('Token').fill('demo-token');
      await page.getByRole('button', { name: 'Enter' }).click();
      await page.getByText('This calendar has none.').waitFor();
      expect(await page.getByRole('button').count()).toBe(0);
    });
  });
});
