import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcesses } from './processes.mjs';
import { userMessageOf } from './user-error.mjs';

/**
 * A run that is separate from all others: it has its own data folder, and its processes end with it.
 * @returns `run`, which does the work and then ends this process with the exit code of the work
 */
export function openIsolatedRun(name) {
  const dataDir = mkdtempSync(join(tmpdir(), `rid-${name}-`));
  const processes = createProcesses(dataDir);
  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(130));
  });
  return {
    dataDir,
    processes,
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
