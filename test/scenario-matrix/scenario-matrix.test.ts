import { join } from 'node:path';
import { runStackScript } from '../setup/stack-script';

const MINUTES = 60_000;

test(
  'every document goes every way and ends as the table says, and every abuse comes to nothing',
  async () => {
    const output = await runStackScript(join(__dirname, 'scenario-matrix.mjs'));
    expect(output.split('\n').filter((line) => /^(✗| {4})/.test(line))).toEqual([]);
    expect(output).toMatch(/, 0 failed/);
    const [, journeys, abuses] = /\n(\d+) journeys, (\d+) abuses, 0 failed/.exec(output) ?? [];
    expect(Number(journeys)).toBeGreaterThanOrEqual(60);
    expect(Number(abuses)).toBeGreaterThan(10);
  },
  8 * MINUTES,
);
