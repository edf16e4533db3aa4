import { join } from 'node:path';
import { runStackScript } from '../setup/stack-script';

const script = join(__dirname, 'faults.mjs');
const MINUTES = 60_000;

const faults = (...args: string[]) => runStackScript(script, ...args);

test(
  'a few faults of each kind leave nothing lost and nothing doubled',
  async () => {
    expect(await faults('--short')).toMatch(/\n13 cases, 0 failed/);
  },
  8 * MINUTES,
);

test(
  'the checker sees when an attempt is doubled',
  async () => {
    const output = await faults('--break', 'attempts', '--only', 'lost-reply once × bankcard.check');
    expect(output).toContain('bank card orders: 2 instead of 1');
    expect(output).toMatch(/\n1 cases, 1 failed/);
  },
  8 * MINUTES,
);
