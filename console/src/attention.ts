const ATTENDED_MS = 10_000;

// The page was opened by somebody.
let lastTouch = Date.now();

for (const event of ['keydown', 'pointerdown'])
  window.addEventListener(event, () => (lastTouch = Date.now()), { capture: true, passive: true });

/** Whether the clerk has just done something on this page. */
export function isAttended(): boolean {
  return Date.now() - lastTouch < ATTENDED_MS;
}
