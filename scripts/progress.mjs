// Tells people what is going on while they wait. Plain lines, so that it reads the same in a terminal and in a log.

const FIRST_WORD_MS = 1_500;
const EVERY_MS = 10_000;

/** Where progress is written: `say` for a sentence, `during` around everything that may take long. */
export function createProgress(out = process.stdout) {
  // Whoever read this may be gone (`npm start | head`); what was started still has to be stopped in order.
  out.on('error', () => undefined);
  const say = (line) => out.write(`${line}\n`);

  /**
   * Runs `work`, which gets a function to report how far it is. Quick work leaves one line, long work a line now and
   * then. `wordsOf` may turn the result into the last words; a result that is text says itself.
   */
  async function during(title, work, wordsOf = (value) => (typeof value === 'string' ? value : '')) {
    const began = Date.now();
    let note = '';
    const report = () => say(`  … ${title}: ${note || 'working'} (${elapsed(began)})`);
    const first = setTimeout(() => say(`  … ${title}`), FIRST_WORD_MS);
    const later = setInterval(report, EVERY_MS);
    try {
      const value = await work((text) => (note = text));
      const words = wordsOf(value);
      say(`  ✓ ${title}${words ? `: ${words}` : ''} (${elapsed(began)})`);
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
