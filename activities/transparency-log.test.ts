import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { findCheckpoint } from '../db/log/checkpoints';
import { addToLog } from '../db/log/waiting';
import { createLogger } from '../platform/logger';
import { freshStore } from '../test/setup/api';
import type { FreshStore } from '../test/setup/api';
import { LOG_ORIGIN, logIdentity } from '../test/setup/keys';
import { continueLog, createStamping, keepLog } from './transparency-log';
import type { LogKeeping } from './transparency-log';

let fresh: FreshStore;
let keeping: LogKeeping;
let clock: Date;
let refusals: string[];
let log: { event: string; code?: string; level: string }[];
let stamps: Buffer[];
let isAuthorityAway: boolean;

beforeEach(async () => {
  fresh = await freshStore();
  [clock, refusals, log, stamps, isAuthorityAway] = [new Date('2026-03-01T00:00:00Z'), [], [], [], false];
  keeping = {
    store: fresh.store,
    identity: logIdentity,
    timeStamper: {
      async stamp(hash) {
        stamps.push(hash);
        if (isAuthorityAway) throw new Error('away');
        return Buffer.concat([Buffer.from('token of '), hash]);
      },
    },
    timeStampSeconds: 60,
    countRefusal: (code) => refusals.push(code),
    logger: createLogger(
      { level: 'debug', name: 'worker' },
      new Writable({
        write(chunk: Buffer, _, done) {
          log.push(JSON.parse(chunk.toString()) as (typeof log)[number]);
          done();
        },
      }),
    ),
    now: () => clock,
  };
});
afterEach(() => fresh.end());

let commitments = 0;
async function add(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await addToLog(fresh.store.knex, 'evidence', (commitments += 1).toString(16).padStart(64, '0'), clock);
}
const size = async () => (await findCheckpoint(fresh.store.knex, LOG_ORIGIN))?.size;
const later = (seconds: number) => (clock = new Date(clock.getTime() + seconds * 1000));

describe('a round', () => {
  it('publishes the empty log first, then all that waits, a checkpoint for each batch', async () => {
    expect(await continueLog(keeping)).toBe(true);
    expect(await size()).toBe(0);
    await add(300);
    expect(await continueLog(keeping)).toBe(true);
    const sizes = await fresh.store.knex('log_checkpoints').orderBy('id').select('tree_size');
    expect(sizes.map(({ tree_size }) => tree_size)).toEqual([0, 256, 300]);
    expect(await fresh.store.knex('log_waiting').select('id')).toEqual([]);
  });

  it('writes nothing where there is nothing new', async () => {
    await continueLog(keeping);
    const queries: string[] = [];
    fresh.store.knex.on('query', ({ sql }: { sql: string }) => queries.push(sql));
    expect(await continueLog(keeping)).toBe(true);
    expect(queries.length).toBeGreaterThan(0);
    expect(queries.filter((sql) => !/^select (?!.*for update)/.test(sql))).toEqual([]);
  });

  it('refuses a checkpoint of a restored backup, and says so in the log and in the figures', async () => {
    await add(10);
    await continueLog(keeping);
    await fresh.owner('log_hashes').where('position', '>=', 8).delete();
    await fresh.owner('log_checkpoints').where({ tree_size: 10 }).delete();
    await add(1);
    expect(await continueLog(keeping)).toBe(false);
    expect(refusals).toEqual(['log_shrunk']);
    expect(log).toMatchObject([{ level: 'error', event: 'log_checkpoint_refused', code: 'log_shrunk' }]);
    expect(await size()).toBeUndefined();
  });

  it('that the database does not let through is reported, and the next makes up for it', async () => {
    await add(1);
    await fresh.owner.schema.renameTable('log_checkpoints', 'log_checkpoints_away');
    expect(await continueLog(keeping)).toBe(false);
    await fresh.owner.schema.renameTable('log_checkpoints_away', 'log_checkpoints');
    expect(log).toMatchObject([{ level: 'error', event: 'log_not_continued' }]);
    expect([await continueLog(keeping), await size(), refusals]).toEqual([true, 1, []]);
  });
});

describe('a time stamp', () => {
  const rows = async () => await fresh.store.knex('log_time_stamps').orderBy('stamped_at').select('*');

  it('is of the newest checkpoint as it was signed, once a minute at most', async () => {
    const stamp = createStamping(keeping);
    await add(1);
    await continueLog(keeping);
    await stamp();
    const first = (await findCheckpoint(fresh.store.knex, LOG_ORIGIN))!;
    const hash = createHash('sha256').update(first.note).digest();
    expect(await rows()).toEqual([
      { checkpoint_id: first.id, token: Buffer.concat([Buffer.from('token of '), hash]), stamped_at: clock },
    ]);
    await add(1);
    await continueLog(keeping);
    later(59);
    await stamp();
    // Another worker, which has not stamped anything yet.
    await createStamping(keeping)();
    expect(stamps).toHaveLength(1);
    later(1);
    await stamp();
    expect((await rows()).length).toBe(2);
    // There is no newer one.
    later(100);
    await stamp();
    expect(stamps).toHaveLength(2);
  });

  it('that could not be had is tried again with the checkpoint that is the newest by then', async () => {
    const stamp = createStamping(keeping);
    await add(1);
    await continueLog(keeping);
    isAuthorityAway = true;
    await stamp();
    await stamp();
    expect([stamps.length, await rows()]).toEqual([1, []]);
    expect(log).toMatchObject([{ level: 'warn', event: 'log_not_time_stamped' }]);
    await add(1);
    await continueLog(keeping);
    isAuthorityAway = false;
    later(60);
    await stamp();
    const newest = (await findCheckpoint(fresh.store.knex, LOG_ORIGIN))!;
    expect((await rows()).map(({ checkpoint_id }) => checkpoint_id)).toEqual([newest.id]);
  });

  it('is asked for once at a time, and not at all without an authority', async () => {
    await continueLog(keeping);
    const waiting: ((token: Buffer) => void)[] = [];
    const slow = { stamp: () => new Promise<Buffer>((resolve) => waiting.push(resolve)) };
    const stamp = createStamping({ ...keeping, timeStamper: slow, timeStampSeconds: 0 });
    const calls = [stamp(), stamp()];
    while (waiting.length === 0) await fresh.store.knex.raw('SELECT 1');
    calls.push(stamp());
    waiting[0]?.(Buffer.from('token'));
    await Promise.all(calls);
    expect(waiting).toHaveLength(1);
    await createStamping({ ...keeping, timeStamper: undefined })();
    expect((await rows()).length).toBe(1);
  });
});

it('the log is kept until it is stopped', async () => {
  await add(3);
  const kept = keepLog(keeping);
  while ((await size()) !== 3) await fresh.store.knex.raw('SELECT 1');
  while (stamps.length === 0) await fresh.store.knex.raw('SELECT 1');
  await kept.stop();
  await add(1);
  expect(await size()).toBe(3);
});

it('whoever stops it waits for the time stamp that is being made', async () => {
  const asked: ((token: Buffer) => void)[] = [];
  const slow = { stamp: () => new Promise<Buffer>((resolve) => asked.push(resolve)) };
  const kept = keepLog({ ...keeping, timeStamper: slow });
  while (asked.length === 0) await fresh.store.knex.raw('SELECT 1');
  let isStopped = false;
  const stopped = kept.stop().then(() => (isStopped = true));
  for (let round = 0; round < 20; round += 1) await fresh.store.knex.raw('SELECT 1');
  expect(isStopped).toBe(false);
  asked[0]?.(Buffer.from('token'));
  await stopped;
  expect(await fresh.store.knex('log_time_stamps').select('token')).toEqual([
    { token: Buffer.from('token') },
  ]);
});
