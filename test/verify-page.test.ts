import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './setup/needs/chromium';
import { runOptions } from './setup/run-options';
import { sealEvidenceOf } from './setup/sealed-evidence';
import type { SealedEvidence } from './setup/sealed-evidence';

// The page on which anybody verifies evidence, in a browser.

let sealed: SealedEvidence;
let browser: Browser;

beforeAll(async () => {
  sealed = await sealEvidenceOf('P-1');
  browser = await launchChromium();
}, 180_000);
afterAll(async () => {
  await browser.close();
  await sealed.end();
});

/** Opens the page, and fails if an error occurs in it or its policy is broken. */
async function withPage(
  { width = 375, hash = '' }: { width?: number; hash?: string },
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // An answer that refuses is one of the page's answers.
    if (message.type() === 'error' && !message.text().includes('404')) errors.push(message.text());
  });
  await page.goto(`${sealed.api.url}/verify${hash}`);
  try {
    await work(page);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
  }
}

const conclusion = (page: Page) => page.locator('#conclusion');

it.each([320, 1280])('is accessible and fits at %i px, in both languages', async (width) => {
  await withPage({ width, hash: `#${sealed.bundle.number}.${sealed.code}` }, async (page) => {
    await conclusion(page).getByText('核验通过').waitFor();
    for (const language of ['zh-CN', 'en']) {
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      const { picturesTo } = runOptions();
      if (picturesTo !== undefined)
        await page.screenshot({ path: join(picturesTo, `verify-${width}-${language}.png`), fullPage: true });
      await page.locator('#language').click();
    }
  });
});

it('a scanned code shows what was confirmed, and leaves the address bar', async () => {
  await withPage({ hash: `#${sealed.bundle.number}.${sealed.code}` }, async (page) => {
    await conclusion(page).getByText('核验通过').waitFor();
    expect(page.url()).toBe(`${sealed.api.url}/verify`);
    expect(await page.locator('#confirmation').innerText()).toContain('确认有效');
    expect(await page.locator('#findings li').allInnerTexts()).toHaveLength(5);
  });
});

it('by keys alone a number and a code are typed and verified', async () => {
  await withPage({}, async (page) => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.className')).toBe('skip');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type(sealed.bundle.number);
    await page.keyboard.press('Tab');
    await page.keyboard.type('AAAA-AAAA-AAAA-AAAA');
    await page.keyboard.press('Enter');
    await page.locator('#message').getByText('存证编号或者核验码有误').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(sealed.code);
    await page.keyboard.press('Enter');
    await conclusion(page).getByText('核验通过').waitFor();
    expect(await page.evaluate('document.activeElement?.id')).toBe('result');
  });
});

it('a file is sent when the button is pressed, and not before', async () => {
  const { letter, authorities } = sealed;
  const changed = Buffer.from(letter);
  changed[3000] = changed[3000]! ^ 1;
  const file = (name: string, content: Buffer) => {
    writeFileSync(join(authorities.folder, name), content);
    return join(authorities.folder, name);
  };
  await withPage({}, async (page) => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url()));
    await page.locator('#file').setInputFiles(file('letter.pdf', letter));
    expect(sent).toEqual([]);
    await page.locator('#by-file button').click();
    await conclusion(page).getByText('核验通过').waitFor();
    expect(sent).toEqual([`${sealed.api.url}/api/evidence-verifications`]);
    await page.locator('#file').setInputFiles(file('changed.pdf', changed));
    await page.locator('#by-file button').click();
    await conclusion(page).getByText('核验未通过').waitFor();
    expect(await page.locator('#findings').innerText()).toContain('已被改动');
    await page.locator('#file').setInputFiles(file('large.pdf', Buffer.alloc(3 * 1024 * 1024 + 1)));
    await page.locator('#by-file button').click();
    await page.locator('#message').getByText('文件超过 3 MB').waitFor();
  });
});
