import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import '../setup/needs/console';
import '../setup/needs/services';

const folder = join(__dirname, '../../console');
const run = promisify(execFile);

test('its own tests pass', async () => {
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  await run(process.execPath, [vitest, 'run'], { cwd: folder });
}, 60_000);

test('its types of the API are up to date', async () => {
  const checked = await run(process.execPath, [join(folder, 'scripts/types.mjs'), '--check']);
  expect(checked.stderr).toBe('');
}, 60_000);

test('its colours in light are those of the mini-program', () => {
  const scss = readFileSync(join(folder, '../miniapp/src/design.scss'), 'utf8');
  const theirs = new Set([...scss.matchAll(/^\$[\w-]+: (#[0-9a-f]{6});/gm)].map(([, colour]) => colour));
  const [, light = ''] = /light = \{([^}]*)\}/.exec(readFileSync(join(folder, 'src/theme.ts'), 'utf8')) ?? [];
  const ours = [...light.matchAll(/#[0-9a-f]{6}/g)].map(([colour]) => colour);
  expect(ours.length).toBeGreaterThan(8);
  expect(ours.filter((colour) => !theirs.has(colour))).toEqual([]);
});
