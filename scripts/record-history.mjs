// `node scripts/record-history.mjs <name> <workflow-id> [run-id]`: keeps the history of a workflow of the running stack as
// test/histories/<name>.json, for the replay test. See docs/architecture.md for when to record anew.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createProcesses } from './processes.mjs';
import { provideTemporalCli } from './temporal.mjs';

const root = join(import.meta.dirname, '..');
const [name, workflowId, runId] = process.argv.slice(2);
const { temporalAddress } = JSON.parse(readFileSync(join(root, '.data/urls.json'), 'utf8'));
const processes = createProcesses(join(root, '.data/demo'));
const cli = await provideTemporalCli({ processes, report: () => undefined });
const { stdout } = await promisify(execFile)(
  cli,
  [
    ...['workflow', 'show', '--address', temporalAddress, '--output', 'json'],
    ...['--workflow-id', workflowId, ...(runId ? ['--run-id', runId] : [])],
  ],
  { maxBuffer: 64 * 1024 * 1024 },
);
// Who ran it says which machine it was, and nothing about the workflow.
const history = JSON.parse(stdout, (key, value) => (key === 'identity' ? undefined : value));
const file = join(root, 'test/histories', `${name}.json`);
writeFileSync(file, `${JSON.stringify(history, null, 1)}\n`);
process.stdout.write(`${file}: ${history.events.length} events\n`);
