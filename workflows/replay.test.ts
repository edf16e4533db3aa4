import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { temporalDataConverter } from '../platform/temporal';
import { bundle, changedBundle } from '../test/setup/time-skipping';

const root = join(__dirname, '..');
const folder = join(root, 'test/histories');
const histories = readdirSync(folder).sort();

let ours: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  ours = await bundle();
}, 60_000);

async function replay(file: string, workflowBundle: WorkflowBundleWithSourceMap): Promise<void> {
  const history: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  await Worker.runReplayHistory({ workflowBundle, dataConverter: temporalDataConverter }, history);
}

test.each(histories)('%s replays', async (file) => {
  await expect(replay(file, ours)).resolves.toBeUndefined();
});

test('a change of the workflow that would break open journeys fails the replay', async () => {
  const changed = await changedBundle({
    'workflows/journey.ts': [
      ['  const attempt = await passFace(inbox);\n', ''],
      ['{ attempt, codes:', "{ attempt: '', codes:"],
      ["'portrait', { attempt, codes }", "'portrait', { codes }"],
    ],
  });
  await expect(
    replay('journey-goes-through-the-steps-of-the-manual-and-ends.json', changed),
  ).rejects.toBeInstanceOf(DeterminismViolationError);
}, 60_000);
