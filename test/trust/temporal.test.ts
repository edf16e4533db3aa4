import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const MINUTES = 60_000;

test(
  'who has Temporal’s port, and nothing else, moves nothing',
  async () => {
    const run = promisify(execFile)(process.execPath, [join(__dirname, 'temporal.mjs')]);
    const payload = await run.then(
      ({ stdout }) => stdout,
      (error: unknown) => {
        const { stdout, stderr } = error as { stdout: string; stderr: string };
        return `${stdout}${stderr}`;
      },
    );
    expect(payload.split('\n').filter((line) => /^(✗| {4})/.test(line))).toEqual([]);
    const [, attacks] = /\n(\d+) attacks, 0 failed/.exec(payload) ?? [];
    expect(Number(attacks)).toBeGreaterThanOrEqual(10);
  },
  5 * MINUTES,
);
