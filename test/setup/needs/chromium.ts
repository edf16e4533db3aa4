import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { prepared } from '../prepared';

/** Starts the browser, without a window. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: prepared('chromium'),
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}
