import type { BrowserContext, Page } from 'playwright-core';

/** Lines from one point to another, with coordinates as parts of the pad. */
type Strokes = readonly (readonly [fromX: number, fromY: number, toX: number, toY: number])[];

export const twoCharacters = [
  [0.1, 0.25, 0.45, 0.26],
  [0.28, 0.12, 0.28, 0.62],
  [0.28, 0.38, 0.12, 0.62],
  [0.56, 0.19, 0.82, 0.22],
  [0.68, 0.19, 0.67, 0.7],
] as const satisfies Strokes;

/** What a person does on the signature pad. */
export function padOf(page: Page, context: BrowserContext) {
  const pad = (state = '') => page.locator(`#signature-pad${state}`).filter({ visible: true });
  const frames = async (count: number) => {
    for (let left = count; left > 0; left -= 1) await page.evaluate('new Promise(requestAnimationFrame)');
  };
  const boxOfPad = async () => {
    await pad().scrollIntoViewIfNeeded();
    const box = await pad().boundingBox();
    if (!box) throw new Error('There is no pad.');
    return box;
  };

  const onPad = {
    padIsReady: (strokes: number) => pad(`[data-strokes="${strokes}"]`).waitFor(),

    /** Writes strokes by finger, with coordinates as parts of the pad, one move per frame. */
    async write(strokes: Strokes, before = 0, { palm = false } = {}) {
      const box = await boxOfPad();
      const finger = await context.newCDPSession(page);
      const touch = (
        type: 'touchStart' | 'touchMove' | 'touchEnd',
        ...touchPoints: { x: number; y: number }[]
      ) => finger.send('Input.dispatchTouchEvent', { type, touchPoints });
      for (const [at, [fromX, fromY, toX, toY]] of strokes.entries()) {
        const place = (part: number) => ({
          x: box.x + box.width * (fromX + (toX - fromX) * part),
          y: box.y + box.height * (fromY + (toY - fromY) * part),
        });
        const hand = palm ? [{ x: box.x + box.width * 0.9, y: box.y + box.height * 0.9 }] : [];
        await touch('touchStart', place(0));
        if (palm) await touch('touchStart', place(0), ...hand);
        for (let step = 1; step <= 10; step += 1) {
          await frames(1);
          await touch('touchMove', place(step / 10), ...hand);
        }
        // Chromium takes a finger that is lifted while it moves for a fling, and the next tap for the end of the fling.
        await frames(10);
        if (palm) await touch('touchEnd', place(1));
        await touch('touchEnd');
        await onPad.padIsReady(before + at + 1);
      }
    },

    /** Writes two characters. */
    async sign() {
      await onPad.write(twoCharacters);
    },

    /** Writes strokes by mouse, or by a pen with the given pressure. */
    async writeWith(
      tool: 'mouse' | 'pen',
      strokes: Strokes,
      {
        before = 0,
        button = 'left',
        force,
      }: { before?: number; button?: 'left' | 'right'; force?: (part: number) => number } = {},
    ) {
      const box = await boxOfPad();
      const hand = await context.newCDPSession(page);
      for (const [at, [fromX, fromY, toX, toY]] of strokes.entries()) {
        const dispatch = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', part: number) =>
          hand.send('Input.dispatchMouseEvent', {
            type,
            x: box.x + box.width * (fromX + (toX - fromX) * part),
            y: box.y + box.height * (fromY + (toY - fromY) * part),
            button,
            buttons: type === 'mouseReleased' ? 0 : button === 'left' ? 1 : 2,
            clickCount: 1,
            pointerType: tool,
            force: force?.(part),
          });
        await dispatch('mousePressed', 0);
        for (let step = 1; step <= 10; step += 1) {
          await frames(1);
          await dispatch('mouseMoved', step / 10);
        }
        await dispatch('mouseReleased', 1);
        if (button === 'left') await onPad.padIsReady(before + at + 1);
      }
    },

    /** The number of dark pixels of the pad. */
    ink: () =>
      page.evaluate<number>(`(() => {
        const canvas = document.querySelector('canvas#signature-pad, #signature-pad canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, at) => at % 4 === 3 && value > 0).length;
      })()`),
  };
  return onPad;
}
