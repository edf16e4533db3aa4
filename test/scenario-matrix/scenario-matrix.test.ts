import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const MINUTES = 60_000;

test(
  'every document goes every way and ends as the table says, and every abuse comes to nothing',
  async () => {
    const run = promisify(execFile)(process.execPath, [join(__dirname, 'scenario-matrix.mjs')]);
    const said = await run.then(
      ({ stdout }) => stdout,
      (error: unknown) => {
        const { stdout, stderr } = error as { stdout: string; stderr: string };
        return `${stdout}${stderr}`;
      },
    );
    expect(said.split('\n').filter((line) => /^(✗| {4})/.test(line))).toEqual([]);
    expect(said).toMatch(/, 0 failed/);
    const [, journeys, abuses] = /\n(\d+) journeys, (\d+) abuses, 0 failed/.exec(said) ?? [];
    expect(Number(journeys)).toBeGreaterThanOrEqual(60);
    expect(Number(abuses)).toBeGreaterThan(10);
  },
  8 * MINUTES,
);
