/** What the scripts that call scripts/test.mjs ask of single tests. */
export interface RunOptions {
  /** Where the histories of workflows go (scripts/record-histories.mjs). */
  recordTo?: string;
  /** Where the pictures of the manual go (`npm run manual`), and how wide their screen is. */
  picturesTo?: string;
  picturesWidth?: number;
  /** How many interleavings are tried, and from which seed (`npm run interleavings`). */
  interleavings?: { seeds?: number; seed?: number };
}

export function runOptions(): RunOptions {
  return (globalThis as { testRunOptions?: RunOptions }).testRunOptions ?? {};
}
