import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s to `npm test` ends the tests and what they have started',
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'rid-interrupted-'));
    const log = join(folder, 'log');
    const args = ['scripts/test.mjs', '--testMatch', '**/test/fixtures/endless.ts'];
    const run = spawn('env', [`ENDLESS_LOG=${log}`, process.execPath, ...args], { cwd: root });
    let said = '';
    for (const stream of [run.stdout, run.stderr]) stream.on('data', (text) => (said += String(text)));
    const ended = once(run, 'exit');
    await new Promise<void>((resolve, reject) => {
      const watcher = watch(folder, () => {
        if (!existsSync(log)) return;
        watcher.close();
        resolve();
      });
      void ended.then(() => reject(new Error(`It has ended:\n${said}`)));
    });
    run.kill(signal);
    expect(await ended).toEqual([130, null]);
    expect(readFileSync(log, 'utf8')).toBe('running ended');
  },
  60_000,
);
