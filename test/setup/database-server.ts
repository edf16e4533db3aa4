import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
// Only for its program: the server is another one.
import './needs/database';

/** A database server of one test file. */
export interface DatabaseServer {
  /** A user who may do everything. */
  adminUrl: string;
  /** Its data directory. */
  dataFolder: string;
  stop(): Promise<void>;
}

/** Starts a server with these options beside those that every server of ours has. */
export async function startDatabaseServer(options: readonly string[]): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'rid-database-'));
  const script = join(__dirname, 'start-database-server.mjs');
  const child = spawn(process.execPath, [script, folder, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const payload = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const gone = ended.then(([code]) => {
    throw new Error(`The database server ended with ${String(code)}.`);
  });
  gone.catch(() => undefined);
  const [line] = await Promise.race([payload, gone]);
  const { adminUrl } = JSON.parse(line) as { adminUrl: string };
  return {
    adminUrl,
    dataFolder: join(folder, 'mysql'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
