import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowBundlePath } from '@temporalio/worker';
import { temporalDataConverter } from '../platform/temporal';
import { bundle } from '../test/setup/workflow-bundle';

const root = join(__dirname, '..');
const folder = join(root, 'test/histories');
const histories = readdirSync(folder).sort();

/** What went wrong with each. */
const errors = new Map<string, Error | undefined>();

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  for await (const { workflowId, error } of replay(histories, await bundle())) errors.set(workflowId, error);
}, 180_000);

function replay(files: string[], workflowBundle: WorkflowBundlePath) {
  return Worker.runReplayHistories(
    { workflowBundle, dataConverter: temporalDataConverter },
    files.map((file) => ({
      workflowId: file,
      history: JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown,
    })),
  );
}

test.each(histories)('%s replays', (file) => {
  expect(errors.has(file)).toBe(true);
  expect(errors.get(file)).toBeUndefined();
});

test('a change of the workflow that would break open journeys fails the replay', async () => {
  const theirs = await bundle({
    'workflows/journey.ts': [
      ['  const attempt = await passFace(inbox);\n', ''],
      ['{ attempt, codes:', "{ attempt: '', codes:"],
      ["'portrait', { attempt, codes }", "'portrait', { codes }"],
    ],
  });
  const broken = 'journey-goes-through-the-steps-of-the-manual-and-ends.json';
  for await (const { error } of replay([broken], theirs))
    expect(error).toBeInstanceOf(DeterminismViolationError);
  expect.assertions(1);
}, 180_000);
