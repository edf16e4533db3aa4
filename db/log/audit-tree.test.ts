import { signCheckpoint } from '../../evidence/log/checkpoint';
import { hashLeaf } from '../../evidence/log/tree';
import { auditedLog, at, numberOf, hashOf } from '../../test/setup/audited-log';
import { LOG_ORIGIN, logIdentity } from '../../test/setup/keys';
import { treeIn } from './hashes';

const { fresh, findings, noteOf, evidence, leafRow } = auditedLog();

describe('the stored root of a full tile', () => {
  const tile = () => fresh().owner('log_hashes').where({ level: 1, position: 0 });

  it('that was changed is named', async () => {
    await tile().update({ hash: Buffer.alloc(32) });
    expect(await findings()).toEqual([
      'Leaves 0 to 255: the root that is stored for them (log_hashes, level 1, position 0) was changed: these leaves have the root that was published.',
    ]);
  });

  it('may be what was changed, if no checkpoint tells', async () => {
    await tile().update({ hash: Buffer.alloc(32) });
    await fresh().owner('log_checkpoints').delete();
    await fresh().owner('log_heads').withSchema(fresh().store.keysDatabaseName).update({ note: null });
    expect(await findings()).toEqual([
      'Leaves 0 to 255: the root that is stored for them (log_hashes, level 1, position 0) is not theirs: one of them was changed, or it was.',
    ]);
  });
});

it('a log and its records that were rewritten together do not have the roots that were signed', async () => {
  const entry = `evidence ${hashOf('{}')}`;
  const id = (await evidence(298).first('id'))!.id;
  await evidence(298).update({ sha256: hashOf('{}') });
  await fresh()
    .owner('data_keys')
    .withSchema(fresh().store.keysDatabaseName)
    .where({ owner: `evidence:${id}` })
    .delete();
  await leafRow(298).update({ entry, hash: hashLeaf(Buffer.from(entry)) });
  expect(await findings()).toEqual([
    'Leaves 256 to 299: The checkpoint of 300 leaves has another root: leaves were changed, removed or inserted.',
    `Leaf 298: evidence ${numberOf(298)} has no key, although it must be kept for longer: nobody can compare it with its hash.`,
  ]);
});

it('a published checkpoint that was changed is named', async () => {
  await fresh()
    .owner('log_checkpoints')
    .where({ tree_size: 256 })
    .update({ note: await noteOf(300) });
  expect(await findings()).toEqual([
    'The published checkpoint of 256 leaves was changed: no key of the log has signed it.',
  ]);
});

it.each([
  ['cannot be read', async () => 'nothing'],
  ['is signed by another key', async () => (await noteOf(300)).replace(/ \S{8}(\S+)\n$/, ' AAAAAAAA$1\n')],
  [
    'is of another log',
    async () =>
      signCheckpoint(
        { origin: 'other.example/log', size: 256, root: await treeIn(fresh().store.knex, 256).root(256) },
        logIdentity.signers,
      ),
  ],
])('a newest checkpoint that %s is named', async (_, note) => {
  await fresh()
    .owner('log_heads')
    .withSchema(fresh().store.keysDatabaseName)
    .update({ note: await note() });
  expect(await findings()).toEqual([
    `The checkpoint that was published last, in log_heads, was changed: the log ${LOG_ORIGIN} has not signed it.`,
  ]);
});

describe('a checkpoint that was kept elsewhere', () => {
  it('shows that the log was rolled back, even with both schemas', async () => {
    const kept = await noteOf(300);
    await fresh().owner('log_checkpoints').where({ tree_size: 300 }).delete();
    await leafRow(0).where('position', '>=', 256).delete();
    await fresh().owner('log_hashes').where({ level: 0 }).where('position', '>=', 256).delete();
    await fresh()
      .owner('log_heads')
      .withSchema(fresh().store.keysDatabaseName)
      .update({ note: await noteOf(256) });
    await evidence(0).where('created_at', '>=', at(256)).delete();
    await fresh().owner('evidence').where('created_at', '>=', at(256)).delete();
    await fresh().owner('clerk_actions').where('at', '>=', at(256)).delete();
    expect(await findings()).toEqual([]);
    expect(await findings(kept)).toEqual([
      'Leaf 256: it is missing. The checkpoint of 300 leaves that was kept elsewhere shows that the log had it: the log was rolled back, or rows were removed.',
    ]);
  });

  it('shows that the log was rewritten', async () => {
    const root = await treeIn(fresh().store.knex, 299).root(299);
    const kept = signCheckpoint({ origin: LOG_ORIGIN, size: 280, root }, logIdentity.signers);
    expect(await findings(kept)).toEqual([
      // The published ones may have been signed anew.
      'Leaves 0 to 279: The checkpoint of 280 leaves that was kept elsewhere has another root: leaves were changed, removed or inserted.',
    ]);
  });

  it.each([
    ['another key signed it', async () => (await noteOf(300)).replace(/ \S{8}(\S+)\n$/, ' AAAAAAAA$1\n')],
    [
      'it is of another log',
      async () =>
        signCheckpoint(
          { origin: 'other.example/log', size: 300, root: await treeIn(fresh().store.knex, 300).root(300) },
          logIdentity.signers,
        ),
    ],
  ])('says nothing if %s', async (_, note) => {
    const kept = await note();
    expect(await findings(kept)).toEqual([
      `The checkpoint that was kept elsewhere is not signed by the log ${LOG_ORIGIN}.`,
    ]);
  });
});
