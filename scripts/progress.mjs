// Shows progress to waiting users, in plain lines that look the same in a terminal and in a log.

const FIRST_LINE_AFTER_MS = 1_500;
const LINE_INTERVAL_MS = 10_000;

/** Writes progress: `say` writes a line, and `during` reports on work that may take long. */
export function createProgress(out = process.stdout) {
  // The reader may have ended (`npm start | head`). The started processes must still be stopped in order.
  out.on('error', () => undefined);
  const say = (line) => out.write(`${line}\n`);

  /**
   * Runs `work`, which gets a function to report its progress. Quick work writes one line, and long work writes more lines at intervals.
   * `summaryOf` makes the end of the last line from the result; by default a text result is used itself.
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

function elapsed(since) {
  const seconds = (Date.now() - since) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
