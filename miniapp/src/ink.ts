import type { Journey } from './api-contract';
import { platform } from './platform';
import type { Ink } from './signature';

// What was written and not yet sent. It survives a reload of this tab; no other tab sees it.

const INK = 'ink';

/** What a signature is for: this journey, this to-do, and the face check that proves it, which no other ends at the same time. */
function purposeOf({ id, toDoId, signing }: Journey): string {
  return [id, toDoId, signing?.until].join(' ');
}

export function keptInk(view: Journey): Ink | undefined {
  const kept = platform.tabStorage.read(INK);
  if (kept === undefined) return undefined;
  const { purpose, ink } = JSON.parse(kept) as { purpose: string; ink: Ink };
  return purpose === purposeOf(view) ? ink : undefined;
}

export function keepInk(view: Journey, ink: Ink): void {
  platform.tabStorage.write(INK, JSON.stringify({ purpose: purposeOf(view), ink }));
}

export function forgetInk(): void {
  platform.tabStorage.remove(INK);
}
