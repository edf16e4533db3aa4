import { randomBytes } from 'node:crypto';
import { hashLeaf } from '../../evidence/log/tree';
import {
  auditedLog,
  now,
  numberOf,
  evidenceId,
  hashOf,
  LEAVES,
  EVIDENCE_DAYS,
} from '../../test/setup/audited-log';
import { commitmentOf } from '../clerks/actions';
import { recordViews } from '../evidence/views';
import { sealFor } from '../store/sealed-values';
import type { ClerkActionRow, DataKeyRow, EvidenceViewRow } from '../tables';

const {
  fresh,
  addEvidence,
  addToDos,
  sequence,
  audit,
  findings,
  noteOf,
  actionId,
  action,
  evidence,
  leafRow,
} = auditedLog();

it('a log that nobody touched agrees with everything', async () => {
  await addEvidence(LEAVES);
  await addToDos(LEAVES);
  expect(await audit()).toEqual({
    ...{ leaves: 300, checkpoints: 2, timeStamps: 0, records: 301, waiting: 1, findings: [] },
  });
  expect(await findings(await noteOf(256))).toEqual([]);
});

it('a column that is added later changes nothing about earlier clerk actions', async () => {
  await fresh().owner.raw(
    "ALTER TABLE clerk_actions ADD COLUMN added_later VARCHAR(8) NOT NULL DEFAULT 'none'",
  );
  try {
    expect(await findings()).toEqual([]);
  } finally {
    await fresh().owner.raw('ALTER TABLE clerk_actions DROP COLUMN added_later');
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
    ...{ nonce: Buffer.alloc(32, 1), commitment_version: 1, reason: null },
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
  const { store, owner } = fresh();
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
  const keys = () => fresh().owner('data_keys').withSchema(fresh().store.keysDatabaseName);
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
  const { store, owner } = fresh();
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
    ['reason', { reason: 'complaint' }],
    ['nonce', { nonce: randomBytes(32) }],
    ['version', { commitment_version: 9 }],
  ])('a clerk action whose %s was changed is named', async (_, change) => {
    await action(ofAction).update(change);
    expect(await findings()).toEqual([
      `Leaf ${ofAction}: clerk action ${actionId(ofAction)} was changed: it is not what the log commits to.`,
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
    const { store, owner } = fresh();
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
  await fresh()
    .owner('evidence')
    .insert({ ...row, id: 'inserted', number: 'E-inserted', sha256: hashOf('inserted') });
  const [id] = await fresh()
    .owner('clerk_actions')
    .insert({ ...(await action(1).first())!, id: undefined });
  expect(await findings()).toEqual([
    'evidence E-inserted has no key, although it must be kept for longer: nobody can compare it with its hash.',
    'No leaf commits to evidence E-inserted: the row was inserted or changed.',
    `No leaf commits to clerk action ${id}: the row was inserted or changed.`,
  ]);
});

it('a leaf that is of no known kind is named', async () => {
  await fresh()
    .owner('log_hashes')
    .insert({
      ...{ level: 0, position: LEAVES, entry: 'anything else' },
      hash: hashLeaf(Buffer.from('anything else')),
    });
  expect(await findings()).toEqual([`Leaf ${LEAVES}: it commits to nothing that this system keeps.`]);
});

it('the leaves are read in pages, not one by one', async () => {
  const queries: string[] = [];
  fresh().store.knex.on('query', ({ sql }: { sql: string }) => queries.push(sql));
  await audit();
  expect(queries.filter((sql) => sql.includes('log_hashes')).length).toBeLessThan(12);
});
