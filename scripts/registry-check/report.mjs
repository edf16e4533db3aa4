/**
 * Says one thing that is right or wrong, and where it is wrong what to do.
 * @typedef {(isRight: boolean, what: string, detail: string) => void} Report
 */

/** Writes one line for each check, a second one for each mistake, and counts. */
export function createReport() {
  const count = { right: 0, wrong: 0 };
  /** @type {Report} */
  const report = (isRight, what, detail) => {
    count[isRight ? 'right' : 'wrong'] += 1;
    process.stdout.write(isRight ? `✓ ${what}\n` : `✗ ${what}\n    ${detail}\n`);
  };
  return { report, count };
}
