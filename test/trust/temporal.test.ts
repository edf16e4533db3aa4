import { join } from 'node:path';
import { runStackScript } from '../setup/stack-script';

const MINUTES = 60_000;

test(
  'who has Temporal’s port, and nothing else, moves nothing',
  async () => {
    const said = await runStackScript(join(__dirname, 'temporal.mjs'));
    expect(said.split('\n').filter((line) => /^(✗| {4})/.test(line))).toEqual([]);
    const [, attacks] = /\n(\d+) attacks, 0 failed/.exec(said) ?? [];
    expect(Number(attacks)).toBeGreaterThanOrEqual(10);
  },
  5 * MINUTES,
);
