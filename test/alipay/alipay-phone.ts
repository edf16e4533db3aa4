import { once } from 'node:events';
import { readMarkup, textOf } from './axml';
import type { Markup, Shown } from './axml';
import { createMy } from './my';
import type { Owner } from './my';
import { launch } from './runtime';
import type { Running } from './runtime';
import { lookAt } from './screen';
import type { Screen } from './screen';

/** A phone with the built mini-program in it, and the hands and eyes of the person who holds it. */
export interface Phone {
  sees(text: string): Promise<void>;
  /** A screen reader says it, and what it is. */
  hears(role: string, text: string): Promise<void>;
  seesNot(text: string): void;
  seesPicture(): Promise<void>;
  /** What says exactly this, once it can be tapped. */
  tap(text: string): Promise<void>;
  /** The box beside a text that has this in it. */
  tick(text: string): Promise<void>;
  fill(hint: string, value: string): Promise<void>;
  pick(from: string, value: string): Promise<void>;
  sign(): Promise<void>;
  /** To the page before. */
  back(): void;
  /** The mini-program is ended, and opened anew. */
  relaunch(): void;
  /** The mini-program is ended. */
  putAway(): void;
}

const STROKES = [
  [40, 80, 160, 84],
  [100, 40, 100, 200],
  [100, 120, 44, 200],
  [200, 60, 290, 70],
  [240, 60, 236, 220],
] as const;

/** @param patience milliseconds to wait for what should come */
export function openPhone(folder: string, owner: Owner, patience = 20_000): Phone {
  const markups = new Map<string, Markup>();
  // Canvases that were told they are there, and those that the mini-program has then taken to draw on.
  let ready = new Set<unknown>();
  let taken = new Set<unknown>();
  let running = start();

  function start(): Running {
    ready = new Set();
    taken = new Set();
    const started = launch(folder, (app) => createMy(owner, { ...app, screen, take }));
    started.events.on('changed', tellCanvases);
    return started;
  }

  function screen(): Screen {
    const page = running.pages.at(-1);
    if (!page) throw new Error('No page is open.');
    const markup = markups.get(page.route) ?? readMarkup(folder, `${page.route}.axml`);
    markups.set(page.route, markup);
    return lookAt(page, markup);
  }

  function take(canvas: Shown): void {
    taken.add(canvas.attributes['data-sid']);
    running.events.emit('changed');
  }

  /** Each canvas is told once that it is there to be drawn on. */
  function tellCanvases(): void {
    const now = screen();
    const canvas = now.find(({ tag, attributes }) => tag === 'canvas' && !ready.has(attributes['data-sid']));
    if (!canvas) return;
    ready.add(canvas.attributes['data-sid']);
    now.send(canvas, 'ready');
  }

  async function until(what: string, fits: (shown: Shown) => boolean): Promise<Shown> {
    const signal = AbortSignal.timeout(patience);
    for (;;) {
      const found = screen().find(fits);
      if (found) return found;
      await once(running.events, 'changed', { signal }).catch(() => {
        throw new Error(`${what} does not come; the screen says: ${screen().text()}`);
      });
    }
  }

  const says = (text: string) => (shown: Shown) => textOf(shown).includes(text);

  /** What Alipay does by itself when a box or the label around it is tapped. */
  function toggle(tapped: Shown): void {
    const around = (at: Shown | undefined, tag: string): Shown | undefined =>
      !at || at.tag === tag ? at : around(at.parent, tag);
    const label = around(tapped, 'label');
    const box =
      label &&
      screen().find(
        (shown) => shown.tag === 'checkbox' && around(shown, 'label')?.attributes.id === label.attributes.id,
      );
    const group = around(box, 'checkbox-group');
    if (!box || !group) return;
    const { value, checked } = box.attributes;
    screen().send(group, 'change', { detail: { value: checked ? [] : [value] } });
  }

  return {
    async sees(text) {
      await until(`“${text}”`, says(text));
    },
    async hears(role, text) {
      await until(`“${text}” as ${role}`, (shown) => shown.attributes.role === role && says(text)(shown));
    },
    seesNot(text) {
      if (screen().text().includes(text)) throw new Error(`The screen says: ${screen().text()}`);
    },
    async seesPicture() {
      await until(
        'A picture',
        ({ tag, attributes }) => tag === 'image' && String(attributes.src).startsWith('data:image/'),
      );
    },
    async tap(text) {
      const found = await until(
        `“${text}” to tap`,
        (shown) => textOf(shown).trim() === text && !shown.attributes.disabled,
      );
      screen().send(found, 'tap');
    },
    async tick(text) {
      const found = await until(`“${text}” to tick`, says(text));
      screen().send(found, 'tap');
      toggle(found);
    },
    async fill(hint, value) {
      const found = await until(`A field “${hint}”`, ({ attributes }) => attributes.placeholder === hint);
      screen().send(found, 'input', { detail: { value } });
    },
    async pick(from, value) {
      const found = await until(
        `“${from}” to choose from`,
        (shown) => shown.tag === 'picker' && says(from)(shown),
      );
      screen().send(found, 'change', { detail: { value } });
    },
    async sign() {
      const pad = await until(
        'A pad',
        ({ tag, attributes }) => tag === 'canvas' && taken.has(attributes['data-sid']),
      );
      for (const [fromX, fromY, toX, toY] of STROKES) {
        const touches = (part: number) => ({
          touches: [{ x: fromX + (toX - fromX) * part, y: fromY + (toY - fromY) * part }],
        });
        screen().send(pad, 'touchStart', touches(0));
        for (let step = 1; step <= 10; step += 1) screen().send(pad, 'touchMove', touches(step / 10));
        screen().send(pad, 'touchEnd', { touches: [] });
      }
    },
    back: () => running.back(),
    relaunch() {
      running.kill();
      running = start();
    },
    putAway: () => running.kill(),
  };
}
