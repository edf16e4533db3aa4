import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FreshDatabase } from './database';
import './needs/console';
import './needs/h5';
import './needs/services';
import { temporalServer } from './needs/temporal';

const root = join(__dirname, '../..');

/** The product as `npm start` starts it, with a database of its own and Temporal's test server. */
export interface Product {
  /** What `urls.json` holds. */
  urls: Record<string, string>;
  /** What it wrote on the screen. */
  printed: string;
  stop(): Promise<void>;
}

/**
 * @param apart a port, and a task queue where another product runs at the same time; `personsFile` has the account holders of Alipay's
 * sandbox, the samples unless given
 * @param waits whether a sample person waits for clerks, as after `npm start`
 */
export async function startProduct(
  database: FreshDatabase,
  dataDir: string,
  apart: { port: number; taskQueue?: string; personsFile?: string },
  waits = false,
): Promise<Product> {
  const settings = [
    `DATABASE_URL=${database.url}`,
    `DATABASE_API_URL=${database.urlOf('api')}`,
    `DATABASE_WORKER_URL=${database.urlOf('worker')}`,
    `KEYS_DATABASE=${database.keysDatabase}`,
    `TEMPORAL_ADDRESS=${temporalServer().address}`,
    ...(apart.taskQueue ? [`TEMPORAL_TASK_QUEUE=${apart.taskQueue}`] : []),
    `PORT=${apart.port}`,
    // All clerks and phones of a test have one address, and no cache that outlives them.
    'REQUESTS_PER_MINUTE_PER_ADDRESS=100000',
  ];
  const script = join(root, 'scripts/start.mjs');
  const flags = [
    ...(waits ? [] : ['--nobody-waits']),
    ...(apart.personsFile === undefined ? [] : ['--persons', apart.personsFile]),
  ];
  const stack = spawn('env', [...settings, process.execPath, script, '--data', dataDir, ...flags], {
    cwd: root,
  });
  let payload = '';
  await new Promise<void>((resolve) => {
    stack.once('exit', () => resolve());
    stack.stdout.on('data', (chunk) => {
      payload += String(chunk);
      if (payload.includes('Ctrl-C stops it.')) resolve();
    });
    stack.stderr.on('data', (chunk) => {
      payload += String(chunk);
    });
  });
  const file = join(dataDir, 'urls.json');
  if (!existsSync(file)) throw new Error(`The stack did not start:\n${payload}`);
  return {
    printed: payload,
    urls: JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>,
    async stop() {
      const ended = once(stack, 'exit');
      stack.kill('SIGTERM');
      await ended;
    },
  };
}
