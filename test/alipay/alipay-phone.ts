import { once } from 'node:events';
import { readMarkup, textOf } from './axml';
import type { Markup, RenderedElement } from './axml';
import { createMy } from './fake-my';
import type { Owner } from './fake-my';
import { launch } from './runtime';
import type { Running } from './runtime';
import { lookAt } from './screen';
import type { Screen } from './screen';

/** A phone that runs the built mini-program, and what a person can do and see on it. */
export interface Phone {
  sees(text: string): Promise<void>;
  /** A screen reader announces the text with this role. */
  announces(role: string, text: string): Promise<void>;
  seesPicture(): Promise<void>;
  /** Presses the element with exactly this text, as soon as it is enabled. */
  press(text: string): Promise<void>;
  /** Ticks the box beside a text that contains this one. */
  tick(text: string): Promise<void>;
  /** Chooses the answer with this text. */
  choose(text: string): Promise<void>;
  fill(hint: string, value: string): Promise<void>;
  pick(from: string, value: string): Promise<void>;
  sign(): Promise<void>;
  /** Goes to the page before. */
  back(): void;
  /** Kills the mini-program and opens it again. */
  relaunch(): void;
  /** Ends the mini-program. */
  close(): void;
}

const STROKES = [
  [40, 80, 160, 84],
  [100, 40, 100, 200],
  [100, 120, 44, 200],
  [200, 60, 290, 70],
  [240, 60, 236, 220],
] as const;

/** @param timeoutMs how long to wait for what is expected on the screen */
export function openPhone(folder: string, owner: Owner, timeoutMs = 20_000): Phone {
  const markups = new Map<string, Markup>();
  // Canvases that were told that they are ready, and those whose context the mini-program has then taken.
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

  function take(canvas: RenderedElement): void {
    taken.add(canvas.attributes['data-sid']);
    running.events.emit('changed');
  }

  /** Tells each canvas once that it is ready. */
  function tellCanvases(): void {
    const now = screen();
    const canvas = now.find(({ tag, attributes }) => tag === 'canvas' && !ready.has(attributes['data-sid']));
    if (!canvas) return;
    ready.add(canvas.attributes['data-sid']);
    now.send(canvas, 'ready');
  }

  async function until(
    what: string,
    matches: (element: RenderedElement) => boolean,
  ): Promise<RenderedElement> {
    const signal = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const found = screen().find(matches);
      if (found) return found;
      await once(running.events, 'changed', { signal }).catch(() => {
        throw new Error(`${what} does not come; the screen says: ${screen().text()}`);
      });
    }
  }

  const hasText = (text: string) => (element: RenderedElement) => textOf(element).includes(text);

  const around = (at: RenderedElement | undefined, tag: string): RenderedElement | undefined =>
    !at || at.tag === tag ? at : around(at.parent, tag);

  /** What Alipay does by itself when a box, or the label around it, is pressed. */
  function mark(pressed: RenderedElement, tag: 'checkbox' | 'radio'): void {
    const label = around(pressed, 'label');
    const box =
      label &&
      screen().find(
        (element) => element.tag === tag && around(element, 'label')?.attributes.id === label.attributes.id,
      );
    const group = around(box, `${tag}-group`);
    if (!box || !group) return;
    const { value, checked } = box.attributes;
    const marked = tag === 'radio' ? value : checked ? [] : [value];
    screen().send(group, 'change', { detail: { value: marked } });
  }

  return {
    async sees(text) {
      await until(`“${text}”`, hasText(text));
    },
    async announces(role, text) {
      await until(
        `“${text}” as ${role}`,
        (element) => element.attributes.role === role && hasText(text)(element),
      );
    },
    async seesPicture() {
      await until(
        'A picture',
        // Alipay documents no other pictures than these for a data URL.
        ({ tag, attributes }) =>
          tag === 'image' && /^data:image\/(png|jpeg);base64,/.test(String(attributes.src)),
      );
    },
    async press(text) {
      const found = await until(
        `“${text}” to press`,
        (element) => textOf(element).trim() === text && !element.attributes.disabled,
      );
      screen().send(found, 'tap');
    },
    async tick(text) {
      const found = await until(`“${text}” to tick`, hasText(text));
      screen().send(found, 'tap');
      mark(found, 'checkbox');
    },
    async choose(text) {
      const found = await until(`“${text}” to choose`, (element) => textOf(element).trim() === text);
      mark(found, 'radio');
    },
    async fill(hint, value) {
      const found = await until(`A field “${hint}”`, ({ attributes }) => attributes.placeholder === hint);
      screen().send(found, 'input', { detail: { value } });
    },
    async pick(from, value) {
      const found = await until(
        `“${from}” to choose from`,
        (element) => element.tag === 'picker' && hasText(from)(element),
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
    close: () => running.kill(),
  };
}
