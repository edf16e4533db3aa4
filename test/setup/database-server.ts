import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
// Only for its program: the server is another one.
import './needs/database';

/** A database server for one test file. */
export interface DatabaseServer {
  /** The server, as a user with all rights. */
  adminUrl: string;
  /** Its data directory. */
  dataFolder: string;
  stop(): Promise<void>;
}

/** Starts a server with these options, in addition to those that every test server has. */
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
