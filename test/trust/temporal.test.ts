import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const MINUTES = 60_000;

test(
  'an attacker with access to Temporal’s port changes nothing',
  async () => {
    const run = promisify(execFile)(process.execPath, [join(__dirname, 'temporal.mjs')]);
    const output = await run.then(
      ({ stdout }) => stdout,
      (error: unknown) => {
        const { stdout, stderr } = error as { stdout: string; stderr: string };
        return `${stdout}${stderr}`;
      },
    );
    expect(output.split('\n').filter((line) => /^(✗| {4})/.test(line))).toEqual([]);
    const [, attacks] = /\n(\d+) attacks, 0 failed/.exec(output) ?? [];
    expect(Number(attacks)).toBeGreaterThanOrEqual(10);
  },
  5 * MINUTES,
);
