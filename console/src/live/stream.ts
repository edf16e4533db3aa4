/** A change of the worklist, as the api tells it (api/clerk/worklist-events.ts). */
export interface WorklistChange {
  journey: string;
  change: number;
  isWaiting: boolean;
}

/** What is used of the browser's EventSource. */
export interface Source {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void;
  close(): void;
}

const CLOSED = 2;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;

/** How long to wait before the n-th try in a row; by chance, so that not all pages come at once when the api is back. */
export function delayOf(tries: number, random: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** tries) * (0.5 + random / 2);
}

/**
 * Follows the changes of the worklist. The browser itself takes up a connection that was lost, and the api then tells what was
 * missed. A stream that was refused is opened anew here, later and later.
 * @returns the function that ends it
 */
export function followWorklist({
  open,
  changed,
  readAgain,
  became,
  later = (then, ms) => setTimeout(then, ms),
}: {
  open: () => Source;
  changed: (change: WorklistChange) => void;
  /** Something may have been missed. */
  readAgain: () => void;
  /** `refused`: also, because the session is over. */
  became: (state: 'live' | 'lost' | 'refused') => void;
  later?: (then: () => void, ms: number) => unknown;
}): () => void {
  let source: Source | undefined;
  let isOver = false;
  let tries = 0;

  function begin(): void {
    if (isOver) return;
    const opened = (source = open());
    let isFirst = true;
    const ready = () => {
      tries = 0;
      if (isFirst) readAgain();
      isFirst = false;
      became('live');
    };
    opened.addEventListener('ready', ready);
    opened.addEventListener('reset', () => {
      isFirst = true;
      ready();
    });
    opened.addEventListener('change', ({ data }) => changed(JSON.parse(String(data)) as WorklistChange));
    opened.addEventListener('error', () => {
      if (isOver) return;
      if (opened.readyState !== CLOSED) {
        became('lost');
        return;
      }
      became('refused');
      later(begin, delayOf(tries, Math.random()));
      tries += 1;
    });
  }

  begin();
  return () => {
    isOver = true;
    source?.close();
  };
}
