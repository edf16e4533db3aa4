// Shows people what happens while they wait. Plain lines, so that it reads the same in a terminal and in a log.

/** @typedef {ReturnType<typeof createProgress>} Progress */
/** Shows how far a piece of work is. @typedef {(text: string) => void} Report */

const FIRST_LINE_AFTER_MS = 1_500;
const LINE_INTERVAL_MS = 10_000;

/**
 * Where progress is written: `say` for a sentence, `during` around everything that may take long.
 * @param {NodeJS.WritableStream} [out]
 */
export function createProgress(out = process.stdout) {
  // The reader may be gone (`npm start | head`); what was started still has to be stopped in order.
  out.on('error', () => undefined);
  /** @param {string} line */
  const say = (line) => out.write(`${line}\n`);

  /**
   * Runs `work`, which gets a function to report how far it is. Quick work leaves one line, long work a line now and
   * then.
   * @template T
   * @param {string} title
   * @param {(report: Report) => T | Promise<T>} work
   * @param {(value: T) => string} [summaryOf] what the last line says of the result; a result that is text is shown itself
   */
  async function during(title, work, summaryOf = (value) => (typeof value === 'string' ? value : '')) {
    const began = Date.now();
    let note = '';
    const report = () => say(`  … ${title}: ${note || 'working'} (${elapsed(began)})`);
    const first = setTimeout(() => say(`  … ${title}`), FIRST_LINE_AFTER_MS);
    const later = setInterval(report, LINE_INTERVAL_MS);
    try {
      const value = await work((text) => (note = text));
      const summary = summaryOf(value);
      say(`  ✓ ${title}${summary ? `: ${summary}` : ''} (${elapsed(began)})`);
      return value;
    } finally {
      clearTimeout(first);
      clearInterval(later);
    }
  }

  return { say, during };
}

/** @param {number} since */
function elapsed(since) {
  const seconds = (Date.now() - since) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
