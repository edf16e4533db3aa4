import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOptions } from '../../setup/run-options';
import type { Stage } from '../../setup/stage';
import { clerksAt } from '../browser-clerk';
import type { BrowserClerk } from '../browser-clerk';
import { phonesOf } from '../phones';

// The clerks' manual (docs/console.zh-CN.md): each chapter is walked through, and `npm run manual:console` takes the pictures on the way.

const docs = join(__dirname, '../../../docs');
const pictures = join(docs, 'console');
const { picturesTo } = runOptions();

/** What a walk through a chapter has shown. */
interface Seen {
  pictures: string[];
  /** Everything that stood on the screens: also what only screen readers say. */
  words: string;
}

export type Manual = ReturnType<typeof openManual>;

export function openManual(stage: Stage) {
  const withClerk = clerksAt(stage);
  const { strand, run } = phonesOf(stage);
  const walked = new Map<string, Seen>();
  const sections = new Map(
    readFileSync(join(docs, 'console.zh-CN.md'), 'utf8')
      .split(/^## \d+ /m)
      .slice(1)
      .map((text) => [text.slice(0, text.indexOf('\n')), text]),
  );

  /**
   * Walks through one chapter. The test fails if the chapter names something in 【】 that was on none of its screens, or shows other
   * pictures than the walk takes.
   * @param title of the section in the manual, without its number
   */
  function chapter(title: string, walk: (seeing: Seeing) => Promise<void>, timeout = 120_000): void {
    test(
      title,
      async () => {
        const seen: Seen = { pictures: [], words: '' };
        walked.set(title, seen);
        await walk(seeingFor(seen));
        const text = sections.get(title) ?? '';
        const named = [...text.matchAll(/【(.+?)】/g)].map(([, name]) => name ?? '');
        expect(named.filter((name) => !seen.words.includes(name))).toEqual([]);
        const pictured = [...text.matchAll(/\]\(console\/([\w-]+)\.webp\)/g)].map(([, name]) => name);
        expect(pictured).toEqual(seen.pictures);
      },
      timeout,
    );
  }

  /** After the chapters: the manual has each of them, no other, and no other pictures. */
  function checkWhole(): void {
    test('the manual has the chapters that were walked through, in their order, and no other', () => {
      expect([...walked.keys()]).toEqual([...sections.keys()]);
      const kept = readdirSync(pictures).map((file) => file.replace('.webp', ''));
      expect(kept.sort()).toEqual([...walked.values()].flatMap((seen) => seen.pictures).sort());
    });
  }

  return { stage, withClerk, strand, runPhone: run, chapter, checkWhole };
}

export type Seeing = ReturnType<typeof seeingFor>;

function seeingFor(seen: Seen) {
  /** Notes what is on the screen now. */
  async function look({ page }: BrowserClerk): Promise<void> {
    seen.words +=
      await page.evaluate<string>(`[document.body.innerText, ...[...document.querySelectorAll('[aria-label]')]
      .map((one) => one.getAttribute('aria-label'))].join('\\n')`);
  }

  /**
   * Notes what is on the screen now, and takes its picture.
   * @param top what stands at the upper edge of the picture; without, the page is not scrolled
   */
  async function inspect(clerk: BrowserClerk, name: string, top?: string): Promise<void> {
    if (top !== undefined) await clerk.page.locator(top).evaluate((one) => one.scrollIntoView());
    await look(clerk);
    seen.pictures.push(name);
    if (picturesTo === undefined) return;
    const eye = await clerk.context.newCDPSession(clerk.page);
    const { data } = await eye.send('Page.captureScreenshot', { format: 'webp', quality: 70 });
    mkdirSync(picturesTo, { recursive: true });
    writeFileSync(join(picturesTo, `${name}.webp`), Buffer.from(data, 'base64'));
  }

  return { look, inspect };
}
