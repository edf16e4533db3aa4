import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createProcesses } from './processes.mjs';
import { provideTemporalCli } from './temporal.mjs';

/** Decides about a stuck journey as an operator does it today: an Update by Temporal's own command. */
export async function decide({ urls, dataDir, journey, decision, say }) {
  const processes = createProcesses(join(dataDir, 'demo'));
  const cli = await provideTemporalCli({ processes, report: () => undefined });
  const begun = performance.now();
  await promisify(execFile)(cli, [
    ...['workflow', 'update', 'execute', '--address', urls.temporalAddress],
    ...['--workflow-id', journey, '--name', 'decide', '--input', JSON.stringify({ decision })],
  ]);
  say(`a clerk decides: ${decision}`, performance.now() - begun);
}
