import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { runOptions } from '../setup/run-options';
import type { BrowserPhone } from './browser-phone';

const { picturesTo, picturesWidth = 390 } = runOptions();

export { picturesTo };

/** The phone that takes the pictures. */
export const screen = { width: picturesWidth, height: 844, pixelRatio: 1 };

/** The screens that were looked at. */
export const inspected: string[] = [];

/**
 * Checks one screen for barriers and for width, on narrow screens and with large text, and takes its picture.
 * @param options `near`: what a picture must show that is not of the whole page
 */
export async function inspect(
  phone: BrowserPhone,
  name: string,
  { whole = true, near }: { whole?: boolean; near?: Locator } = {},
): Promise<void> {
  const { page } = phone;
  expect([name, await phone.barriers()]).toEqual([name, []]);
  const fits: Record<string, boolean> = {};
  for (const width of [320, 768]) {
    await page.setViewportSize({ width, height: 844 });
    fits[width] = await phone.fits();
  }
  await page.setViewportSize({ width: picturesWidth, height: 844 });
  await phone.zoomText(2);
  fits.zoomed = await phone.fits();
  await phone.zoomText(1);
  expect([name, fits]).toEqual([name, { 320: true, 768: true, zoomed: true }]);
  inspected.push(name);
  if (picturesTo === undefined) return;
  await near?.scrollIntoViewIfNeeded();
  mkdirSync(picturesTo, { recursive: true });
  writeFileSync(join(picturesTo, `${name}.webp`), await phone.picture({ whole }));
}
