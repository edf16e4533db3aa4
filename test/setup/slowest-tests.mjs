/** @import { AggregatedResult } from '@jest/test-result' */

const COUNT = 10;

/** A reporter for jest: lists the tests that took longest, the time of `beforeEach` and `afterEach` included. */
export default class SlowestTests {
  /**
   * @param {unknown} _
   * @param {AggregatedResult} results
   */
  onRunComplete(_, { testResults }) {
    const tests = testResults.flatMap(({ testFilePath, testResults: results }) =>
      results.map(({ fullName, duration }) => ({ testFilePath, fullName, seconds: (duration ?? 0) / 1000 })),
    );
    const slowest = tests.sort((one, other) => other.seconds - one.seconds).slice(0, COUNT);
    const lines = slowest.map(({ testFilePath, fullName, seconds }) => {
      const file = testFilePath.slice(process.cwd().length + 1);
      return `${seconds.toFixed(1).padStart(7)} s  ${file}: ${fullName}\n`;
    });
    process.stderr.write(`\nSlowest tests:\n${lines.join('')}`);
  }
}
