/** Tests in the Chromium of this system: playwright-core drives a browser and brings none along. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

export interface PageOptions {
  /** Errors in the console that the test is about; Chromium writes one there for each status from 400 on. */
  readonly expectedErrors?: readonly RegExp[];
}

export interface TestBrowser {
  /**
   * Lends a new page. The first error in its console or uncaught in its scripts ends the loan and fails the test, unless it
   * is expected. All pages of a group share cookies, storage and cache.
   */
  withPage<T>(use: (page: Page) => Promise<T>, options?: PageOptions): Promise<T>;
}

/** What a test awaits is given up before the test is, so that the report says what it was. */
const PATIENCE_MS = { page: 10_000, launch: 30_000, test: 40_000 };

/** A group of tests with a browser. Skipped by name where there is none; CHROMIUM names another one, or `none`. */
export function describeInChromium(name: string, define: (browser: TestBrowser) => void): void {
  const executablePath = installedChromium();
  if (executablePath === undefined) {
    // oxlint-disable-next-line jest/no-disabled-tests -- the closing lines of the run name what was skipped
    describe.skip(`${name} (no Chromium here: install it, or let CHROMIUM name it)`, () => {
      define({ withPage: () => Promise.reject(new Error('There is no Chromium here.')) });
    });
    return;
  }
  jest.setTimeout(PATIENCE_MS.test); // for all tests and hooks of the file
  describe(name, () => {
    let context: BrowserContext | undefined;
    beforeAll(async () => {
      context = await launch(executablePath);
    });
    afterAll(() => context?.close());
    define({ withPage: (use, options) => withPage(context!, use, options) });
  });
}

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function installedChromium(): string | undefined {
  const given = process.env['CHROMIUM'];
  if (given === 'none') return undefined;
  return given || CANDIDATES.find((path) => existsSync(path));
}

/** With a profile in a new folder, as users have one. The windows of `launch` would be incognito, with a cache of their own. */
async function launch(executablePath: string): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext('', {
    executablePath,
    args: ['--disable-gpu', '--disable-quic'], // beside what Playwright sets, such as --headless and --no-sandbox
    timeout: PATIENCE_MS.launch,
  });
  context.setDefaultTimeout(PATIENCE_MS.page);
  return context;
}

async function withPage<T>(
  context: BrowserContext,
  use: (page: Page) => Promise<T>,
  { expectedErrors = [] }: PageOptions = {},
): Promise<T> {
  const page = await context.newPage();
  try {
    return await Promise.race([unexpectedError(page, expectedErrors), useToTheEnd(page, use)]);
  } finally {
    await page.close();
  }
}

async function useToTheEnd<T>(page: Page, use: (page: Page) => Promise<T>): Promise<T> {
  const result = await use(page);
  await page.evaluate('undefined'); // when this is answered, all errors so far have been reported
  return result;
}

function unexpectedError(page: Page, expected: readonly RegExp[]): Promise<never> {
  return new Promise((_resolve, reject) => {
    const report = (error: string): void => {
      if (!expected.some((pattern) => pattern.test(error)))
        reject(new Error(`An error in the page: ${error}`));
    };
    page.on('pageerror', (error) => report(error.stack ?? error.message));
    page.on('console', (message) => {
      const { url } = message.location();
      // Chromium asks for the icon by itself, when it likes.
      if (message.type() === 'error' && !url.endsWith('/favicon.ico')) report(`${message.text()} (${url})`);
    });
  });
}

/** The types of Playwright name these of the DOM, which no code of this repository is to see. */
declare global {
  interface HTMLElement {}
  interface HTMLElementTagNameMap {}
  interface Node {}
  interface SVGElement {}
}
