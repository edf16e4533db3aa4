import { randomBytes } from 'node:crypto';
import { findCheckpoint } from '../../db/log/checkpoints';
import { addLeaves, publishCheckpoint } from '../../db/log/sequencing';
import { addToLog } from '../../db/log/waiting';
import { signCheckpoint } from '../../evidence/log/checkpoint';
import { createWitness } from '../../sandbox/registry/witness';
import { startApi } from '../../test/setup/api';
import type { TestApi } from '../../test/setup/api';
import { LOG_ORIGIN, logIdentity } from '../../test/setup/keys';

// The sandbox of a registration system compares checkpoints by code of its own.

let api: TestApi;
let notes: string[];

beforeAll(async () => {
  api = await startApi();
  notes = [];
  const { store } = api;
  for (let size = 1; size <= 17; size += 1) {
    await addToLog(store.knex, 'clerk-action', randomBytes(32).toString('hex'), new Date());
    await addLeaves(store, LOG_ORIGIN);
    await publishCheckpoint(store, logIdentity, new Date());
    notes.push((await findCheckpoint(store.knex, LOG_ORIGIN))!.note);
  }
});
afterAll(() => api.end());

it('is satisfied by every checkpoint, in any order', async () => {
  for (const [at, note] of notes.entries())
    for (const other of notes.slice(at)) {
      const witness = createWitness(api.url);
      for (const one of [note, other, note]) witness.see(one);
      expect(await witness.view()).toEqual({
        ...{ checkpoint: other, size: notes.indexOf(other) + 1, defects: [] },
      });
    }
});

it.each([
  ['has other leaves', 12, 'log-rewritten'],
  ['has other leaves and is as long', 9, 'log-rewritten'],
  ['has other leaves and is shorter', 5, 'log-rewritten'],
])('sees a checkpoint that %s', async (_, size, defect) => {
  const witness = createWitness(api.url);
  witness.see(notes[8]!);
  witness.see(signCheckpoint({ origin: LOG_ORIGIN, size, root: randomBytes(32) }, logIdentity.signers));
  expect(await witness.view()).toEqual({ checkpoint: notes[8], size: 9, defects: [defect] });
});

it('sees a checkpoint that the log has not signed', async () => {
  const witness = createWitness(api.url);
  witness.see(notes[8]!.replace(/^9$/m, '10'));
  expect(await witness.view()).toEqual({ defects: ['checkpoint-not-signed'] });
});
