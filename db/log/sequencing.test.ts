import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCheckpoint } from '../../evidence/log/checkpoint';
import { EMPTY_ROOT, hashLeaf } from '../../evidence/log/tree';
import { freshStore } from '../../test/setup/api';
import type { FreshStore } from '../../test/setup/api';
import { LOG_ORIGIN, logIdentity, logVerifiers } from '../../test/setup/keys';
import { findCheckpoint } from './checkpoints';
import { readEntries, sizeOfLog, treeIn } from './hashes';
import { addLeaves, isLogBehind, LOG_BATCH, publishCheckpoint } from './sequencing';
import { addToLog } from './waiting';

let fresh: FreshStore;

beforeEach(async () => {
  fresh = await freshStore();
});
afterEach(() => fresh.end());

const now = new Date('2026-03-01T00:00:00Z');
const commitment = (at: number) => at.toString(16).padStart(64, '0');
const entry = (at: number) => `evidence ${commitment(at)}`;
const addAll = async (from: number, count: number) => {
  for (let at = from; at < from + count; at += 1)
    await addToLog(fresh.store.knex, 'evidence', commitment(at), now);
};
const publish = () => publishCheckpoint(fresh.store, logIdentity, now);
const sequenceAll = async () => {
  while ((await addLeaves(fresh.store, LOG_ORIGIN)) > 0);
  return await publish();
};
const entries = async () => {
  const { knex } = fresh.store;
  return (await readEntries(knex, 0, await sizeOfLog(knex))).map((bytes) => bytes.toString('ascii'));
};
const newest = async () => {
  const found = await findCheckpoint(fresh.store.knex, LOG_ORIGIN);
  return found && openCheckpoint(found.note, logVerifiers);
};
const heads = () => fresh.owner('log_heads').withSchema(fresh.store.keysDatabaseName);
const codeOf = async (work: Promise<unknown>) =>
  await work.then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  );

it('an empty log is published as what it is', async () => {
  expect(await isLogBehind(fresh.store.knex, LOG_ORIGIN)).toBe(true);
  expect(await publish()).toBe(0);
  expect(await newest()).toEqual({ origin: LOG_ORIGIN, size: 0, root: EMPTY_ROOT });
  expect(await isLogBehind(fresh.store.knex, LOG_ORIGIN)).toBe(false);
  expect(await publish()).toBeUndefined();
});

it('entries become leaves in their order, a batch at a time, and each checkpoint has the root of its leaves', async () => {
  await addAll(0, LOG_BATCH + 3);
  expect(await isLogBehind(fresh.store.knex, LOG_ORIGIN)).toBe(true);
  expect(await addLeaves(fresh.store, LOG_ORIGIN)).toBe(LOG_BATCH);
  expect(await publish()).toBe(LOG_BATCH);
  expect(await addLeaves(fresh.store, LOG_ORIGIN)).toBe(3);
  expect(await publish()).toBe(LOG_BATCH + 3);
  expect(await addLeaves(fresh.store, LOG_ORIGIN)).toBe(0);
  expect(await entries()).toEqual(Array.from({ length: LOG_BATCH + 3 }, (_, at) => entry(at)));
  const { root } = (await newest())!;
  expect(root).toEqual(await treeIn(fresh.store.knex, LOG_BATCH + 3).root(LOG_BATCH + 3));
  const first = await fresh.store.knex('log_hashes').where({ level: 0, position: 0 }).first('hash');
  expect(first?.hash).toEqual(hashLeaf(Buffer.from(entry(0))));
  // The root of the one full tile.
  expect(await fresh.store.knex('log_hashes').where({ level: 1 }).select('position', 'entry')).toEqual([
    { position: 0, entry: null },
  ]);
});

it('an entry that is added again gets no second leaf', async () => {
  await addAll(0, 3);
  await addAll(1, 1);
  await sequenceAll();
  await addAll(0, 4);
  expect(await sequenceAll()).toBe(4);
  expect(await entries()).toEqual([0, 1, 2, 3].map(entry));
});

describe('a text that is no commitment', () => {
  const CONSTRAINT = '20261128_90_check_entries_of_log_waiting.sql';
  const texts = [
    ...['11010119900101001X', `evidence 11010119900101001X`, `journey ${commitment(1)}`, ''],
    ...[`evidence ${commitment(1)} 11010119900101001X`, `evidence ${commitment(10).toUpperCase()}`],
    ...[`evidence ${commitment(1)}\n`, ` evidence ${commitment(1)}`, `Evidence ${commitment(1)}`],
  ];

  it.each(texts)('does not get in: %j', async (text) => {
    const { knex } = fresh.store;
    const inserted = knex('log_waiting').insert({ entry: text, added_at: now });
    const errno = await inserted.then(
      () => 0,
      (error: unknown) => (error as { errno: number }).errno,
    );
    // ER_CHECK_CONSTRAINT_VIOLATED of MySQL, ER_CONSTRAINT_FAILED of MariaDB.
    expect([3819, 4025]).toContain(errno);
  });

  it('becomes no leaf, even where the table let it in', async () => {
    await addAll(0, 2);
    await fresh.owner.raw('ALTER TABLE log_waiting DROP CONSTRAINT log_waiting_entry');
    try {
      await fresh.owner('log_waiting').insert({ entry: '11010119900101001X', added_at: now });
      expect(await codeOf(addLeaves(fresh.store, LOG_ORIGIN))).toBe('log_entry_malformed');
      expect(await entries()).toEqual([]);
    } finally {
      await fresh.owner('log_waiting').where({ entry: '11010119900101001X' }).delete();
      await fresh.owner.raw(readFileSync(join(__dirname, '../migrations/data', CONSTRAINT), 'utf8'));
    }
  });
});

it('an entry of a transaction that is rolled back is never there', async () => {
  const { knex } = fresh.store;
  const rolledBack = knex.transaction(async (db) => {
    await addToLog(db, 'evidence', commitment(1), now);
    throw new Error('what it commits to could not be written');
  });
  await expect(rolledBack).rejects.toThrow();
  expect(await sequenceAll()).toBe(0);
});

it('several workers at once make one log, in which each entry is once', async () => {
  const rounds = Array.from({ length: 6 }, async (_, worker) => {
    for (let round = 0; round < 8; round += 1) {
      await addAll(worker * 100 + round * 5, 5);
      await addLeaves(fresh.store, LOG_ORIGIN);
      await publish();
    }
  });
  await Promise.all(rounds);
  await sequenceAll();
  const all = await entries();
  expect(all).toHaveLength(240);
  expect(new Set(all).size).toBe(240);
  const published = await fresh.store.knex('log_checkpoints').orderBy('id').select('tree_size', 'note');
  const sizes = published.map(({ tree_size }) => tree_size);
  expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
  const tree = treeIn(fresh.store.knex, 240);
  for (const { note } of published) {
    const head = openCheckpoint(note, logVerifiers)!;
    expect(head.root).toEqual(await tree.root(head.size));
  }
}, 60_000);

describe('a crash', () => {
  it('between the leaves and their checkpoint is made up for by the next round', async () => {
    await addAll(0, 5);
    await addLeaves(fresh.store, LOG_ORIGIN);
    expect(await isLogBehind(fresh.store.knex, LOG_ORIGIN)).toBe(true);
    expect(await publish()).toBe(5);
  });

  it.each(['INSERT', 'DELETE'])('at the %s leaves what was there before', async (statement) => {
    await addAll(0, 5);
    const { knex } = fresh.store;
    const failing = (query: { sql: string }) => {
      if (query.sql.toUpperCase().startsWith(statement) && query.sql.includes('log_'))
        throw new Error('killed');
    };
    knex.client.on('query', failing);
    await expect(addLeaves(fresh.store, LOG_ORIGIN)).rejects.toThrow('killed');
    knex.client.removeListener('query', failing);
    expect(await sizeOfLog(knex)).toBe(0);
    expect(await sequenceAll()).toBe(5);
    expect(await entries()).toEqual([0, 1, 2, 3, 4].map(entry));
  });
});

describe('no checkpoint is signed', () => {
  beforeEach(async () => {
    await addAll(0, 300);
    await sequenceAll();
  });

  async function refused(code: string, work: () => Promise<unknown>): Promise<void> {
    await work();
    const before = await fresh.store.knex('log_checkpoints').select('id');
    await addAll(1000, 1);
    expect(await codeOf(addLeaves(fresh.store, LOG_ORIGIN))).toBe(code);
    expect(await codeOf(publish())).toBe(code);
    expect(await fresh.store.knex('log_checkpoints').select('id')).toEqual(before);
  }

  it('after a backup of the data was restored that lacks leaves', () =>
    refused('log_shrunk', async () => {
      await fresh.owner('log_checkpoints').where('tree_size', '>', 256).delete();
      await fresh.owner('log_hashes').where({ level: 0 }).where('position', '>=', 256).delete();
    }));

  it('after that, once the log has grown again to the size that was published', () =>
    refused('log_rewritten', async () => {
      const published = await heads().first('note');
      await fresh.owner('log_checkpoints').where('tree_size', '>', 256).delete();
      await fresh.owner('log_hashes').where({ level: 0 }).where('position', '>=', 256).delete();
      await heads().update({ note: null });
      await addAll(2000, 50);
      await sequenceAll();
      await heads().update({ note: published!.note });
    }));

  it('after a backup of the keys was restored whose checkpoint is of another log', () =>
    refused('log_rewritten', () =>
      heads().update({ note: `${LOG_ORIGIN}\n300\n${Buffer.alloc(32).toString('base64')}\n\n` }),
    ));

  it('when a leaf was changed that is in no full tile yet', () =>
    refused('log_rewritten', () =>
      fresh
        .owner('log_hashes')
        .where({ level: 0, position: 299 })
        .update({ hash: Buffer.alloc(32) }),
    ));

  it('when a leaf was removed', () =>
    refused('log_incomplete', () => fresh.owner('log_hashes').where({ level: 0, position: 298 }).delete()));

  it('when the last checkpoint cannot be read', () =>
    refused('log_head_unreadable', () => heads().update({ note: 'nothing' })));
});

it('after the schema of the keys was restored, the log continues from its own newest checkpoint', async () => {
  await addAll(0, 2);
  await sequenceAll();
  await heads().delete();
  await addAll(2, 2);
  expect(await sequenceAll()).toBe(4);
});

it('under another name the log begins with the leaves that are there', async () => {
  await addAll(0, 2);
  await sequenceAll();
  await fresh.owner('log_hashes').where({ level: 0, position: 1 }).delete();
  const renamed = { ...logIdentity, origin: 'identity.example/log-2' };
  expect(await publishCheckpoint(fresh.store, renamed, now)).toBe(1);
});
