/**
 * Says one thing that is right, wrong or could not be found out, and where it is not right what to do.
 * @typedef {(isRight: boolean | undefined, what: string, detail: string) => void} Report
 */

/** Writes one line for each check, a second one for each that is not right, and counts. */
export function createReport() {
  const count = { right: 0, wrong: 0, undecided: 0 };
  /** @type {Report} */
  const report = (isRight, what, detail) => {
    const result = isRight === undefined ? 'undecided' : isRight ? 'right' : 'wrong';
    count[result] += 1;
    process.stdout.write(
      isRight ? `✓ ${what}\n` : `${isRight === false ? '✗' : '?'} ${what}\n    ${detail}\n`,
    );
  };
  return { report, count };
}
