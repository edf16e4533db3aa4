import { join } from 'node:path';
import { runStackScript } from '../setup/stack-script';

const MINUTES = 60_000;

test(
  'an attacker with access to Temporal’s port changes nothing',
  async () => {
    const output = await runStackScript(join(__dirname, 'temporal.mjs'));
    expect(output.split('\n').filter((line) => /^(✗| {4})/.test(line))).toEqual([]);
    const [, attacks] = /\n(\d+) attacks, 0 failed/.exec(output) ?? [];
    expect(Number(attacks)).toBeGreaterThanOrEqual(10);
  },
  5 * MINUTES,
);
