import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcesses } from './processes.mjs';
import { userMessageOf } from './user-error.mjs';

/**
 * A run with a data folder and processes of its own. All of them are gone when it ends.
 * @param {string} name
 * @returns `run`, which does the work and ends this process with the exit code that the work returns
 */
export function openIsolatedRun(name) {
  const dataDir = mkdtempSync(join(tmpdir(), `rid-${name}-`));
  const processes = createProcesses(dataDir);
  /** @type {Promise<number>} */
  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(130));
  });
  return {
    dataDir,
    processes,
    /** @param {() => Promise<number>} work */
    async run(work) {
      let exitCode = 1;
      try {
        exitCode = await Promise.race([work(), processes.crashed, interrupted]);
      } catch (error) {
        process.stderr.write(`\n${userMessageOf(error)}\n`);
      }
      await processes.stop();
      rmSync(dataDir, { recursive: true, force: true });
      process.exit(exitCode);
    },
  };
}
