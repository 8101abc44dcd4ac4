/** The calendar's page for those who use a keyboard, a screen reader, a phone, or the dark. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInChromium } from '../../helpers/chromium.js';
import {
  bothLoaded,
  conflictOf,
  editorOf,
  playOn,
  play,
  pollInVain,
  race,
  REFUSAL,
  said,
  save,
  useSite,
  withClock,
} from './page-visit.js';

const ROOT = join(__dirname, '../../..');
const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
const PICTURES = join(ROOT, process.env['UPDATE_SCREENSHOTS'] ? 'docs/images' : '.tmp/screenshots');

interface View {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const WIDE: View = { width: 1280, height: 900, colorScheme: 'light' };
const PHONE: View = { width: 320, height: 640, colorScheme: 'dark' };
const VIEWS: View[] = [WIDE, { ...WIDE, colorScheme: 'dark' }, PHONE, { ...PHONE, colorScheme: 'light' }];

async function look(page: Page, { width, height, colorScheme }: View): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
}

/** What axe finds wrong, and where. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<{
    violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
  }>('axe.run()');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

describeInChromium('The page', (browser) => {
  const site = useSite(browser);
  const refused = { expectedErrors: [REFUSAL] };

  describe.each(VIEWS)('in $colorScheme, $width px wide', (view) => {
    const expectNoFault = async (page: Page): Promise<void> => {
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(view.width);
    };

    test('has no fault that axe knows, and nothing sticks out', () =>
      site.visit(async (page) => {
        await look(page, view);
        await bothLoaded(page);
        await expectNoFault(page);
      }));

    test('has none either while a conflict is open', () =>
      site.visit(async (page) => {
        await look(page, view);
        await race(page, { Place: 'Roof terrace' }, { Place: 'Garden', Notes: 'Bring the photos.' });
        await expectNoFault(page);
      }, refused));

    test('has none either after a lost update', () =>
      site.visit(async (page) => {
        await look(page, view);
        await bothLoaded(page);
        await page.getByRole('radio', { name: 'without' }).check();
        await play(page, page.getByText('change is lost'));
        await expectNoFault(page);
      }, withClock));
  });

  test('Nothing sticks out, however long it is', async () => {
    const long = 'W'.repeat(300);
    await site.changeElsewhere({ summary: long, location: long });
    await site.visit(async (page) => {
      const expectNoOverflow = async (): Promise<void> => {
        const overflow = '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)';
        for (const element of ['document.documentElement', 'document.querySelector("[role=log]")'])
          expect(await page.evaluate(`${overflow}(${element})`)).toBe(0);
      };
      await look(page, PHONE);
      await race(page, { Place: long.toLowerCase() }, { Place: `${long}!` });
      await expectNoOverflow();
      await page.getByRole('radio', { name: 'without' }).check();
      await save(page, 'You', {}, '200 OK');
      await page.getByText('change is lost').waitFor();
      await expectNoOverflow();
    }, refused);
  });

  describe('With a keyboard', () => {
    const focused = (page: Page): Promise<string> =>
      page.evaluate(`(({ activeElement: at }) => {
        const region = at.closest('section[aria-label]')?.ariaLabel;
        return [region, at.role ?? at.labels?.[0]?.textContent ?? at.textContent]
          .filter(Boolean).map((text) => text.trim()).join(': ');
      })(document)`);

    async function tabTo(page: Page, name: string): Promise<void> {
      for (let presses = 0; presses < 40; presses += 1) {
        if ((await focused(page)) === name) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Expected Tab to reach ${name}.`);
    }

    test('everything can be reached, in the order in which it stands there, and shows it', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        const reached: string[] = [];
        for (;;) {
          await page.keyboard.press('Tab');
          if (await page.evaluate('document.activeElement === document.body')) break;
          reached.push(await focused(page));
          const outline = 'getComputedStyle(document.activeElement).outline';
          expect(await page.evaluate(outline)).toMatch(/ solid 3px$/);
        }
        expect(reached).toEqual([
          'A lost race: Provoke a lost race',
          'A lost race: with If-Match',
          'Lunch with BobTue 2 Mar, 12:00',
          'DentistWed 3 Mar, 08:00',
          ...['You', 'Somebody else'].flatMap((who) => [
            `${who}: Title`,
            `${who}: Place`,
            `${who}: Notes`,
            `${who}: Save, ${who}`,
            `${who}: Load again, ${who}`,
          ]),
          'log',
          'session.js',
          'saving.js',
          'feed.js',
        ]);
      }));

    test('a race can be lost and merged, and the focus is always where things go on', () =>
      site.visit(
        async (page) => {
          await bothLoaded(page);
          await tabTo(page, 'A lost race: Provoke a lost race');
          await page.keyboard.press('Enter');
          await playOn(page, conflictOf(page));
          expect(await focused(page)).toBe('Your save came second');
          await tabTo(page, 'Merge and retry');
          await page.keyboard.press('Enter');
          await said(page, 'You', 'Merged, and stored.');
          expect(await focused(page)).toBe('You: Save, You');
        },
        { ...refused, ...withClock },
      ));

    test('an update can be lost, and the focus stays where it was', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        await tabTo(page, 'A lost race: with If-Match');
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Shift+Tab');
        await page.keyboard.press('Enter');
        await playOn(page, page.getByText('Somebody else’s change is lost'));
        expect(await focused(page)).toBe('A lost race: Provoke a lost race');
      }, withClock));

    test('a conflict takes the focus of the save that it is about', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        await save(page, 'Somebody else', { Place: 'Roof terrace' });
        const field = editorOf(page, 'You').getByLabel('Place');
        await field.fill('Garden');
        await field.press('Enter');
        await conflictOf(page).waitFor();
        expect(await focused(page)).toBe('Your save came second');
      }, refused));

    test('a conflict takes the focus of nobody who has gone elsewhere meanwhile', () =>
      site.visit(
        async (page) => {
          await bothLoaded(page);
          await page.getByRole('button', { name: 'Provoke' }).click();
          await editorOf(page, 'Somebody else').getByLabel('Title').focus();
          await playOn(page, conflictOf(page));
          expect(await focused(page)).toBe('Somebody else: Title');
        },
        { ...refused, ...withClock },
      ));

    test('an event keeps the focus when the list changes', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        await tabTo(page, 'DentistWed 3 Mar, 08:00');
        const start = { dateTime: '2027-03-04T12:00:00Z' };
        await site.changeElsewhere({ start, end: { dateTime: '2027-03-04T13:00:00Z' } });
        await page.clock.fastForward(4000);
        await page.getByRole('button', { name: 'Thu 4 Mar, 12:00' }).waitFor();
        expect(await focused(page)).toBe('DentistWed 3 Mar, 08:00');
      }, withClock));
  });

  describe('With a screen reader', () => {
    /** Notes from now on what the live regions of the page say. */
    const listen = (page: Page): Promise<unknown> =>
      page.evaluate(`(() => {
        window.announced = [];
        const observer = new MutationObserver((records) =>
          announced.push(...new Set(records.map(({ target }) => target.textContent))));
        for (const region of document.querySelectorAll('[role=status], [role=alert], [aria-live]:not([role=log])'))
          observer.observe(region, { childList: true, characterData: true, subtree: true });
      })()`);

    test('the outcome of a save is announced, with the name of who has saved', () =>
      site.visit(async (page) => {
        await race(page, { Place: 'Roof terrace' }, { Place: 'Garden' });
        const announced = await editorOf(page, 'You').getByRole('status').textContent();
        expect(announced).toMatch(/^You: ≠ 412 Precondition Failed/);
      }, refused));

    test('polls are not announced: they change the log, which is silent, and nothing that speaks', () =>
      site.visit(async (page) => {
        await bothLoaded(page);
        expect(await page.getByRole('log').getAttribute('aria-live')).toBe('off');
        await listen(page);
        await pollInVain(page, 3);
        expect(await page.evaluate('announced')).toEqual([]);
      }, withClock));

    test('a server that does not answer is announced once, not with every poll', () =>
      site.visit(
        async (page) => {
          await bothLoaded(page);
          await listen(page);
          await page.route('**/events', (route) => route.abort());
          for (let failures = 1; failures <= 2; failures += 1) {
            const failed = page.waitForEvent('requestfailed');
            await page.clock.fastForward(20_000);
            await failed;
          }
          await page.getByRole('log').getByRole('row', { name: 'No answer' }).nth(1).waitFor();
          expect(await page.evaluate('announced')).toEqual(['The server does not answer.']);
        },
        { ...withClock, expectedErrors: [/ERR_FAILED/] },
      ));
  });

  test.each([
    { reducedMotion: 'reduce', animations: 0 },
    { reducedMotion: 'no-preference', animations: 1 },
  ] as const)('The page moves $animations things for those who prefer $reducedMotion', (motion) =>
    site.visit(async (page) => {
      await page.emulateMedia({ reducedMotion: motion.reducedMotion });
      await bothLoaded(page);
      // As soon as the panel is there: a moment later its animation is over.
      const animations = page.evaluate<number>(`new Promise((resolve) => {
        const panel = document.querySelector('#conflict');
        new MutationObserver(() => resolve(panel.getAnimations().length)).observe(panel, { attributeFilter: ['hidden'] });
      })`);
      await save(page, 'Somebody else', { Place: 'Roof terrace' });
      await save(page, 'You', { Place: 'Garden' }, '412');
      expect(await animations).toBe(motion.animations);
    }, refused),
  );

  describe('The pictures', () => {
    const MARGIN = 24;

    /** Takes one of the page from the first element to the last, at this scale. */
    async function expectPicture(
      page: Page,
      name: string,
      first: string,
      last: string,
      scale: number,
    ): Promise<void> {
      const [top, bottom] = await page.evaluate<[number, number]>(`[
        document.querySelector('${first}').getBoundingClientRect().top + scrollY,
        document.querySelector('${last}').getBoundingClientRect().bottom + scrollY,
      ]`);
      const { width } = page.viewportSize()!;
      const clip = { x: 0, y: top - MARGIN, width, height: bottom - top + 2 * MARGIN, scale };
      const session = await page.context().newCDPSession(page);
      const { data } = await session.send('Page.captureScreenshot', { clip, captureBeyondViewport: true });
      const octets = Buffer.from(data, 'base64');
      expect(octets.length).toBeLessThan(150_000);
      mkdirSync(PICTURES, { recursive: true });
      writeFileSync(join(PICTURES, name), octets);
    }

    test('show a conflict on a wide page', () =>
      site.visit(
        async (page) => {
          await look(page, WIDE);
          await bothLoaded(page);
          await play(page, conflictOf(page));
          await expectPicture(page, 'calendar-conflict.png', '#story', '#conflict', 1);
        },
        { ...refused, ...withClock },
      ));

    test('show it in the hand, in the dark', () =>
      site.visit(
        async (page) => {
          await look(page, { ...PHONE, width: 360 });
          await bothLoaded(page);
          await play(page, conflictOf(page));
          await expectPicture(page, 'calendar-phone.png', '#conflict', '#conflict', 1.5);
        },
        { ...refused, ...withClock },
      ));
  });
});

describeInChromium('The form for a token', (browser) => {
  const site = useSite(browser, { isDemo: false });

  test.each(VIEWS)('has no fault that axe knows, in $colorScheme, $width px wide', (view) =>
    site.visit(
      async (page) => {
        await look(page, view);
        await page.getByLabel('Token').fill('wrong');
        await page.getByRole('button', { name: 'Enter' }).click();
        await page.getByRole('alert').filter({ hasText: '401' }).waitFor();
        expect(await violationsOf(page)).toEqual([]);
      },
      { expectedErrors: [/401/] },
    ),
  );
});
