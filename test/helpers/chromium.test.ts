import type { RequestListener } from 'node:http';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInChromium, type PageOptions } from './chromium.js';
import { withServer } from './server.js';

/** `/` is a page with this script; everything else is 404, the icon included. */
function pageWith(script: string): RequestListener {
  return (req, res) => {
    res.statusCode = req.url === '/' ? 200 : 404;
    res.setHeader('Content-Type', 'text/html');
    res.end(`<!doctype html><title>Loaded</title><script>${script}</script>`);
  };
}

describeInChromium('A page in Chromium', (browser) => {
  function load<T>(script: string, use: (page: Page) => Promise<T>, options?: PageOptions): Promise<T> {
    return withServer(pageWith(script), (port) =>
      browser.withPage(async (page) => {
        await page.goto(`http://127.0.0.1:${port}/`);
        return use(page);
      }, options),
    );
  }

  test('is lent with what the server has sent, and closed afterwards', async () => {
    const page = await load('document.title += " and run"', async (lent) => {
      expect(await lent.title()).toBe('Loaded and run');
      return lent;
    });
    expect(page.isClosed()).toBe(true);
  });

  test('may write anything but errors to its console, and may have no icon', async () => {
    const script = 'console.log("log"); console.warn("warning"); new Image().src = "/favicon.ico"';
    expect(await load(script, (page) => page.title())).toBe('Loaded');
  });

  // Each happens before the page counts as loaded.
  const ERRORS = [
    { script: 'console.error("This is wrong.")', error: /This is wrong\. \(http:.*\)/ },
    { script: 'throw new TypeError("not caught")', error: /not caught/ },
    { script: 'Promise.reject(new Error("not handled"))', error: /not handled/ },
    { script: 'new Image().src = "/missing"', error: /404.*\/missing/ },
  ];
  test.each(ERRORS)('fails the test at once by $script', async ({ script, error }) => {
    await expect(load(script, (page) => page.waitForSelector('#never'))).rejects.toThrow(error);
  });

  test.each(ERRORS)('fails no test that expects $error', async ({ script, error }) => {
    const title = await load(script, (page) => page.title(), { expectedErrors: [/something else/, error] });
    expect(title).toBe('Loaded');
  });

  test('fails the test by an error that comes after its last step', async () => {
    const lastStep = (page: Page): Promise<void> => page.evaluate('void Promise.reject(new Error("late"))');
    await expect(load('', lastStep)).rejects.toThrow(/late/);
  });

  test('fails no test twice: what the test throws is thrown', async () => {
    const failing = (): Promise<never> => Promise.reject(new Error('Expected 1, received 2'));
    await expect(load('', failing)).rejects.toThrow('Expected 1, received 2');
  });
});
