import { readFileSync, readdirSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { temporalDataConverter } from '../platform/temporal';
import { bundle } from '../test/setup/time-skipping';

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

test('a change of the workflow that would break open journeys is noticed', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'rid-changed-'));
  try {
    for (const part of ['workflows', 'domain', 'platform'])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const file = join(copy, 'workflows/journey.ts');
    const changed = readFileSync(file, 'utf8').replace('  const attempt = await passFace(desk);\n', '');
    writeFileSync(
      file,
      changed
        .replace('{ attempt, codes:', "{ attempt: '', codes:")
        .replace("'portrait', { attempt }", "'portrait'"),
    );
    const theirs = await bundle(copy);
    await expect(replay('journey-completed.json', theirs)).rejects.toBeInstanceOf(DeterminismViolationError);
  } finally {
    rmSync(copy, { recursive: true });
  }
}, 60_000);
