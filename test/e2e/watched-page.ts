import { test as base, expect } from '@playwright/test';

/** What a page did that it must never do. */
export interface Misdeeds {
  /** Requests to any other origin. */
  readonly foreign: string[];
  /** What its Content-Security-Policy stopped. */
  readonly blocked: string[];
  /** Uncaught errors, console errors, and requests that failed. */
  readonly errors: string[];
}

/** A test whose page may not leave its origin, break its policy or report an error: checked when the test ends. */
export const test = base.extend<{ misdeeds: Misdeeds }>({
  misdeeds: [
    async ({ page, baseURL }, use) => {
      const misdeeds: Misdeeds = { foreign: [], blocked: [], errors: [] };
      const { origin } = new URL(baseURL ?? '');
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.origin !== origin) misdeeds.foreign.push(request.url());
      });
      page.on('response', (response) => {
        if (response.status() >= 400 && !response.url().endsWith('/404.html'))
          misdeeds.errors.push(`${response.status()} ${response.url()}`);
      });
      page.on('pageerror', (error) => misdeeds.errors.push(String(error)));
      page.on('console', (message) => {
        const text = message.text();
        if (text.includes('Content Security Policy')) misdeeds.blocked.push(text);
        else if (message.type() === 'error' && !text.startsWith('Failed to load resource')) misdeeds.errors.push(text);
      });
      await use(misdeeds);
      expect.soft(misdeeds.foreign, 'requests to other origins').toEqual([]);
      expect.soft(misdeeds.blocked, 'broken Content-Security-Policy').toEqual([]);
      expect.soft(misdeeds.errors, 'errors').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
