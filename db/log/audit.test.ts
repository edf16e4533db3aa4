import { createHash, randomBytes } from 'node:crypto';
import { signCheckpoint } from '../../evidence/log/checkpoint';
import { hashLeaf } from '../../evidence/log/tree';
import { freshStore } from '../../test/setup/api';
import type { FreshStore } from '../../test/setup/api';
import { LOG_ORIGIN, logIdentity, logVerifiers } from '../../test/setup/keys';
import { commitmentOf, recordAction } from '../clerks/actions';
import { sealFor } from '../store/sealed-values';
import { recordViews } from '../evidence/views';
import type { ClerkActionRow, DataKeyRow, EvidenceViewRow } from '../tables';
import { auditLog, findingText } from './audit';
import { findCheckpoint } from './checkpoints';
import { treeIn } from './hashes';
import { addLeaves, publishCheckpoint } from './sequencing';
import { addToLog } from './waiting';

let fresh: FreshStore;

const now = new Date('2026-03-01T00:00:00Z');
const at = (index: number) => new Date(now.getTime() + index);
const numberOf = (index: number) => `20260301-${String(index).padStart(10, '0')}`;
const evidenceId = (index: number) => `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
const person = { documentType: 'foreign-passport', number: 'E1234567', issuingCountry: 'FRA' };
/** What a row of evidence says again. */
const statementOf = (index: number) =>
  JSON.stringify({
    ...{ format: 1, salt: `salt ${index}`, number: numberOf(index), signedAt: at(index).toISOString() },
    ...{ matter: { registry: 'r', externalId: `M-${index}`, version: 1 }, person, reference: 'P-1' },
  });
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Evidence as signing adds it. */
async function addEvidence(index: number): Promise<void> {
  const { store } = fresh;
  await store.knex.transaction(async (db) => {
    const id = evidenceId(index);
    const owner = `evidence:${id}`;
    const key = await store.dataKeys.create(db, owner);
    const sha256 = hashOf(statementOf(index));
    const { pseudonyms } = store;
    await db('evidence').insert({
      ...{ id, number: numberOf(index), sha256, created_at: at(index), to_do_id: `t-${index}` },
      matter_id: pseudonyms.matterId('r', `M-${index}`, 1),
      person_key: pseudonyms.person('foreign-passport', 'FRA E1234567'),
      content: sealFor(store, key, owner, 'content', statementOf(index)),
    });
    await addToLog(db, 'evidence', sha256, now);
  });
}

/** The to-dos of evidence, without their matters. */
async function addToDos(from: number): Promise<void> {
  await fresh.owner.transaction(async (db) => {
    const rows = await db('evidence')
      .where('created_at', '>=', at(from))
      .select('to_do_id', 'matter_id', 'person_key', 'created_at');
    await db.raw('SET foreign_key_checks = 0');
    await db('confirmations').insert(
      rows.map(({ created_at: pushedAt, ...row }) => ({
        ...{ ...row, pushed_at: pushedAt, reference: 'P-1', person: Buffer.alloc(0), text_hash: hashOf('') },
        ...{ role: 'director' as const, state: 'confirmed' as const },
      })),
    );
    await db.raw('SET foreign_key_checks = 1');
  });
}

const addAction = (index: number) =>
  recordAction(
    fresh.store.knex,
    { action: 'see-journey', result: 'done', requestId: '00000000-0000-4000-8000-000000000000' },
    at(index),
  );

async function sequence(): Promise<void> {
  await addLeaves(fresh.store, LOG_ORIGIN);
  await publishCheckpoint(fresh.store, logIdentity, now);
}

const EVIDENCE_DAYS = 1830;
const audit = (kept?: string, today = now) =>
  auditLog(
    fresh.store,
    { origin: LOG_ORIGIN, verifiers: logVerifiers },
    { evidenceDays: EVIDENCE_DAYS, now: today, kept },
  );
/** The findings as they are printed. */
const findings = async (kept?: string, today = now) => (await audit(kept, today)).findings.map(findingText);
const noteOf = async (size: number) => (await findCheckpoint(fresh.store.knex, LOG_ORIGIN, size))!.note;

// 300 leaves, so that there is a full tile: evidence at 0, 2, …, 298, and clerk actions 1, 2, …, 150 at 1, 3, …, 299.
const LEAVES = 300;
const actionOf = (leaf: number) => (leaf + 1) / 2;

beforeEach(async () => {
  fresh = await freshStore();
  for (let leaf = 0; leaf < LEAVES; leaf += 1) await (leaf % 2 === 0 ? addEvidence(leaf) : addAction(leaf));
  await addToDos(0);
  await sequence();
  await sequence();
  const [first] = await fresh.store.knex('clerk_actions').orderBy('id').select('id');
  // Databases of other tests go on counting.
  offset = first!.id - 1;
}, 60_000);
afterEach(() => fresh.end());
let offset = 0;
const action = (leaf: number) => fresh.owner('clerk_actions').where({ id: actionOf(leaf) + offset });
const evidence = (leaf: number) => fresh.owner('evidence').where({ number: numberOf(leaf) });
const leafRow = (leaf: number) => fresh.owner('log_hashes').where({ level: 0, position: leaf });

it('a log that nobody touched agrees with everything', async () => {
  await addEvidence(LEAVES);
  await addToDos(LEAVES);
  expect(await audit()).toEqual({
    ...{ leaves: 300, checkpoints: 2, timeStamps: 0, records: 301, waiting: 1, findings: [] },
  });
  expect(await findings(await noteOf(256))).toEqual([]);
});

it('a column that is added later changes nothing about earlier clerk actions', async () => {
  await fresh.owner.raw(
    "ALTER TABLE clerk_actions ADD COLUMN added_later VARCHAR(8) NOT NULL DEFAULT 'none'",
  );
  try {
    expect(await findings()).toEqual([]);
  } finally {
    await fresh.owner.raw('ALTER TABLE clerk_actions DROP COLUMN added_later');
  }
});

it('what the log commits to of the first clerk actions stays the same', () => {
  const row = {
    ...{
      id: 7,
      clerk_id: 'clerk-1',
      operator: null,
      action: 'see-journey',
      subject_kind: 'journey' as const,
    },
    ...{ subject_id: 'journey-1', result: 'done', request_id: 'r-1', at: now },
    ...{ nonce: Buffer.alloc(32, 1), commitment_version: 1 },
  };
  // Computed without this product: SHA-256 of 32 bytes of 0x01 and of the JSON with its names in order and without spaces.
  expect(commitmentOf(row)).toBe('836ba97ef1cd8b66179ebd610128328c07d1b048c58a3b50494601800cdb3a55');
});

it.each<[string, Partial<EvidenceViewRow>]>([
  ['viewer', { viewer: 'person', registry: null }],
  ['part', { part: 'summary' }],
  ['time', { at: new Date(0) }],
  ['evidence', { evidence_id: evidenceId(2) }],
])('a view of evidence whose %s was changed is named', async (_, change) => {
  const { store, owner } = fresh;
  const view = { viewer: 'registration-system', registry: 'test', part: 'bundle' } as const;
  await recordViews(store.knex, [evidenceId(0), evidenceId(4)], view, now);
  await sequence();
  expect(await audit()).toMatchObject({ leaves: 302, records: 302, findings: [] });
  const [first] = await owner('evidence_views').orderBy('id').select('id');
  await owner('evidence_views').where(first!).update(change);
  expect(await findings()).toEqual([
    `Leaf 300: view of evidence ${first!.id} was changed: it is not what the log commits to.`,
  ]);
  await owner('evidence_views').where(first!).delete();
  expect(await findings()).toEqual([
    'Leaf 300: it commits to a view of evidence that is not there: the row was removed or changed.',
  ]);
});

describe('a key of evidence', () => {
  const keys = () => fresh.owner('data_keys').withSchema(fresh.store.keysDatabaseName);
  const keyOf = (leaf: number) => keys().where({ owner: `evidence:${evidenceId(leaf)}` });
  const later = (days: number, ms: number) => new Date(now.getTime() + days * 24 * 3_600_000 + ms);

  it('that was dropped when it was due is no finding', async () => {
    await keys().delete();
    expect(await findings(undefined, later(EVIDENCE_DAYS, 298))).toEqual([]);
  });

  it('that was dropped before is one', async () => {
    await keys().delete();
    const text = 'has no key, although it must be kept for longer: nobody can compare it with its hash.';
    expect(await findings(undefined, later(EVIDENCE_DAYS, 296))).toEqual([
      `Leaf 298: evidence ${numberOf(298)} ${text}`,
    ]);
  });

  it.each<[string, Partial<DataKeyRow>]>([
    ['was changed', { wrapped: randomBytes(61) }],
    ['was wrapped by a key that is not in the ring', { wrapping_key_id: 'gone' }],
  ])('that %s is one', async (_, change) => {
    await keyOf(4).update(change);
    expect(await findings()).toEqual([
      `Leaf 4: evidence ${numberOf(4)} has a key that was changed, or that is of another key ring (KEYS_FILE).`,
    ]);
  });
});

it('a second record of one leaf is named, and evidence can have none', async () => {
  const { store, owner } = fresh;
  const view = { viewer: 'person', part: 'bundle' } as const;
  await recordViews(store.knex, [evidenceId(0)], view, now);
  await sequence();
  const [first] = await owner('evidence_views').select('*');
  const [id] = await owner('evidence_views').insert({ ...first!, id: undefined });
  expect(await findings()).toEqual([
    `Leaf 300: view of evidence ${id} is the second record of this leaf: a row was inserted.`,
  ]);
  const row = (await evidence(0).first())!;
  const again = owner('evidence').insert({ ...row, id: 'again', number: 'E-again' });
  await expect(again).rejects.toMatchObject({ errno: 1062 });
});

describe.each([17, 270])('around leaf %i', (near) => {
  const ofAction = near % 2 === 1 ? near : near + 1;
  const ofEvidence = near % 2 === 0 ? near : near + 1;

  it.each<[string, Partial<ClerkActionRow>]>([
    ['result', { result: 'not_your_right' }],
    ['clerk', { operator: 'someone-else' }],
    ['time', { at: new Date(0) }],
    ['nonce', { nonce: randomBytes(32) }],
    ['version', { commitment_version: 9 }],
  ])('a clerk action whose %s was changed is named', async (_, change) => {
    await action(ofAction).update(change);
    expect(await findings()).toEqual([
      `Leaf ${ofAction}: clerk action ${actionOf(ofAction) + offset} was changed: it is not what the log commits to.`,
    ]);
  });

  it('evidence whose hash was changed is named', async () => {
    await evidence(ofEvidence).update({ sha256: hashOf('another') });
    expect(await findings()).toEqual([
      `Leaf ${ofEvidence}: evidence ${numberOf(ofEvidence)} was changed: it is not what the log commits to.`,
      `evidence ${numberOf(ofEvidence)} is not what its hash was made of: its content was changed.`,
    ]);
  });

  it.each([
    ['number', { number: 'another' }],
    ['matter', { matter_id: 'matter-another' }],
    ['to-do', { to_do_id: 't-2' }],
    ['person', { person_key: 'p' }],
    ['time', { created_at: new Date(0) }],
  ])('evidence with another %s than its statement is named', async (_, change) => {
    await evidence(ofEvidence).update(change);
    const number = 'number' in change ? 'another' : numberOf(ofEvidence);
    expect(await findings()).toEqual([
      `Leaf ${ofEvidence}: evidence ${number} has another number, matter, to-do, person or time than it was made with: its row was changed.`,
    ]);
  });

  it('evidence whose content is no statement is named, even if its hash agrees', async () => {
    const { store, owner } = fresh;
    const { id } = (await evidence(ofEvidence).first('id'))!;
    const key = (await store.dataKeys.find(store.knex, `evidence:${id}`))!;
    for (const text of ['{}', 'null', 'no JSON']) {
      const content = sealFor(store, key, `evidence:${id}`, 'content', text);
      await owner('evidence')
        .where({ id })
        .update({ content, sha256: hashOf(text) });
      expect((await findings())[1]).toMatch(/ has another number, matter, to-do, person or time than /);
    }
  });

  it('evidence whose content was changed is named', async () => {
    const { content } = (await evidence(ofEvidence - 2).first('content'))!;
    await evidence(ofEvidence).update({ content });
    expect(await findings()).toEqual([
      `Leaf ${ofEvidence}: evidence ${numberOf(ofEvidence)} is not what its hash was made of: its content was changed.`,
    ]);
  });

  it('a record that was removed is named by its leaf', async () => {
    await action(ofAction).delete();
    await evidence(ofEvidence).delete();
    const gone = [
      [ofAction, 'a clerk action'],
      [ofEvidence, 'evidence'],
    ] as const;
    expect(await findings()).toEqual(
      [...gone]
        .sort(([one], [other]) => one - other)
        .map(
          ([leaf, name]) =>
            `Leaf ${leaf}: it commits to ${name} that is not there: the row was removed or changed.`,
        ),
    );
  });

  it('a leaf whose row was changed is the first that is named', async () => {
    await leafRow(near).update({ entry: `evidence ${hashOf('another')}` });
    expect((await findings())[0]).toBe(`Leaf ${near}: its row was changed.`);
  });

  it('a leaf whose hash was changed with it is between two checkpoints', async () => {
    const entry = `evidence ${hashOf('another')}`;
    await leafRow(near).update({ entry, hash: hashLeaf(Buffer.from(entry)) });
    const [range, size] = near < 256 ? ['0 to 255', 256] : ['256 to 299', 300];
    const found = await findings();
    expect(found[0]).toBe(
      `Leaves ${range}: The checkpoint of ${size} leaves has another root: leaves were changed, removed or inserted.`,
    );
    // Its record names it, or lacks a leaf.
    expect(found.join('\n')).toMatch(new RegExp(`Leaf ${near}: |No leaf commits to .*${near}`));
    expect(found.join('\n')).not.toContain('the root that is stored');
  });

  it('a leaf whose row was removed is named', async () => {
    await leafRow(near).delete();
    expect((await findings())[0]).toBe(`Leaf ${near}: its row was removed.`);
  });
});

it('records that were inserted are named', async () => {
  const row = (await evidence(0).first())!;
  await fresh
    .owner('evidence')
    .insert({ ...row, id: 'inserted', number: 'E-inserted', sha256: hashOf('inserted') });
  const [id] = await fresh.owner('clerk_actions').insert({ ...(await action(1).first())!, id: undefined });
  expect(await findings()).toEqual([
    'evidence E-inserted has no key, although it must be kept for longer: nobody can compare it with its hash.',
    'No leaf commits to evidence E-inserted: the row was inserted or changed.',
    `No leaf commits to clerk action ${id}: the row was inserted or changed.`,
  ]);
});

it('a leaf that is of no known kind is named', async () => {
  await fresh.owner('log_hashes').insert({
    ...{ level: 0, position: LEAVES, entry: 'anything else' },
    hash: hashLeaf(Buffer.from('anything else')),
  });
  expect(await findings()).toEqual([`Leaf ${LEAVES}: it commits to nothing that this system keeps.`]);
});

it('the leaves are read in pages, not one by one', async () => {
  const queries: string[] = [];
  fresh.store.knex.on('query', ({ sql }: { sql: string }) => queries.push(sql));
  await audit();
  expect(queries.filter((sql) => sql.includes('log_hashes')).length).toBeLessThan(12);
});

describe('the stored root of a full tile', () => {
  const tile = () => fresh.owner('log_hashes').where({ level: 1, position: 0 });

  it('that was changed is named', async () => {
    await tile().update({ hash: Buffer.alloc(32) });
    expect(await findings()).toEqual([
      'Leaves 0 to 255: the root that is stored for them (log_hashes, level 1, position 0) was changed: these leaves have the root that was published.',
    ]);
  });

  it('may be what was changed, if no checkpoint tells', async () => {
    await tile().update({ hash: Buffer.alloc(32) });
    await fresh.owner('log_checkpoints').delete();
    await fresh.owner('log_heads').withSchema(fresh.store.keysDatabaseName).update({ note: null });
    expect(await findings()).toEqual([
      'Leaves 0 to 255: the root that is stored for them (log_hashes, level 1, position 0) is not theirs: one of them was changed, or it was.',
    ]);
  });
});

it('a log and its records that were rewritten together do not have the roots that were signed', async () => {
  const entry = `evidence ${hashOf('{}')}`;
  const id = (await evidence(298).first('id'))!.id;
  await evidence(298).update({ sha256: hashOf('{}') });
  await fresh
    .owner('data_keys')
    .withSchema(fresh.store.keysDatabaseName)
    .where({ owner: `evidence:${id}` })
    .delete();
  await leafRow(298).update({ entry, hash: hashLeaf(Buffer.from(entry)) });
  expect(await findings()).toEqual([
    'Leaves 256 to 299: The checkpoint of 300 leaves has another root: leaves were changed, removed or inserted.',
    `Leaf 298: evidence ${numberOf(298)} has no key, although it must be kept for longer: nobody can compare it with its hash.`,
  ]);
});

it('a published checkpoint that was changed is named', async () => {
  await fresh
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
        { origin: 'other.example/log', size: 256, root: await treeIn(fresh.store.knex, 256).root(256) },
        logIdentity.signers,
      ),
  ],
])('a newest checkpoint that %s is named', async (_, note) => {
  await fresh
    .owner('log_heads')
    .withSchema(fresh.store.keysDatabaseName)
    .update({ note: await note() });
  expect(await findings()).toEqual([
    `The checkpoint that was published last, in log_heads, was changed: the log ${LOG_ORIGIN} has not signed it.`,
  ]);
});

describe('a checkpoint that was kept elsewhere', () => {
  it('shows that the log was rolled back, even with both schemas', async () => {
    const kept = await noteOf(300);
    await fresh.owner('log_checkpoints').where({ tree_size: 300 }).delete();
    await leafRow(0).where('position', '>=', 256).delete();
    await fresh.owner('log_hashes').where({ level: 0 }).where('position', '>=', 256).delete();
    await fresh
      .owner('log_heads')
      .withSchema(fresh.store.keysDatabaseName)
      .update({ note: await noteOf(256) });
    await evidence(0).where('created_at', '>=', at(256)).delete();
    await fresh.owner('evidence').where('created_at', '>=', at(256)).delete();
    await fresh.owner('clerk_actions').where('at', '>=', at(256)).delete();
    expect(await findings()).toEqual([]);
    expect(await findings(kept)).toEqual([
      'Leaf 256: it is missing. The checkpoint of 300 leaves that was kept elsewhere shows that the log had it: the log was rolled back, or rows were removed.',
    ]);
  });

  it('shows that the log was rewritten', async () => {
    const root = await treeIn(fresh.store.knex, 299).root(299);
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
          { origin: 'other.example/log', size: 300, root: await treeIn(fresh.store.knex, 300).root(300) },
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
