import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { provideGo } from '../go.mjs';
import { toolsDir } from '../machine.mjs';

/** @import { Tools } from '../processes.mjs' */

/** The version of docker-compose.yml. */
const SERVER_VERSION = 'v1.31.0';

/**
 * Temporal's server and the tool for its schemas, compiled once.
 * @param {Tools} tools
 * @returns the folder with `temporal-server` and `temporal-sql-tool`
 */
export async function provideTemporalPrograms({ processes, report }) {
  const folder = join(toolsDir, `temporal-server-${SERVER_VERSION}`);
  if (existsSync(folder)) return folder;
  const go = await provideGo({ processes, report });
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  let packages = 0;
  try {
    await processes.run({
      name: 'go',
      command: go,
      args: [
        ...['install', '-v'],
        ...['server', 'tools/sql'].map((name) => `go.temporal.io/server/cmd/${name}@${SERVER_VERSION}`),
      ],
      env: { ...process.env, GOBIN: draft, GOTOOLCHAIN: 'auto' },
      onLine: (line) => {
        if (!line.startsWith('go: downloading')) packages += 1;
        const doing = packages > 0 ? `compiling, ${packages} of some 1,300 packages` : 'fetching sources';
        report(`${doing}; this takes some minutes, once`);
      },
    });
    // The names that Temporal's images have, and deploy/temporal/.
    renameSync(join(draft, 'server'), join(draft, 'temporal-server'));
    renameSync(join(draft, 'sql'), join(draft, 'temporal-sql-tool'));
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}
