import { freshStore } from '../../test/setup/api';
import { LOG_ORIGIN } from '../../test/setup/keys';
import { readFigures } from './figures';
import type { Store } from '../store/store';

let store: Store;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ store, end } = await freshStore());
});
afterAll(() => end());

// Half past midnight of the 2nd in China.
const now = new Date('2026-03-01T16:30:00Z');
const settings = { origin: LOG_ORIGIN, stamps: true };
const nothing = {
  stuck: [],
  attempts: [],
  held: [],
  callbacksWaiting: 0,
  oldestCallbackSeconds: 0,
  storedFaces: 0,
  sealing: [],
  log: { size: 0, checkpointAgeSeconds: 0, unstampedSeconds: 0, entriesWaiting: 0 },
};

it('is nothing where nothing is', async () => {
  expect(await readFigures(store.knex, settings, now)).toEqual(nothing);
});

describe('with something of everything', () => {
  beforeAll(async () => {
    const { knex } = store;
    const pseudonyms = { account: 'a', person_key: 'p' };
    const [earlier, later] = [new Date('2026-03-01T16:20:00Z'), new Date('2026-03-01T16:29:00Z')];
    const causes = ['vendor-unavailable', 'system-fault', 'vendor-unavailable', null] as const;
    const journey = {
      ...{
        document_type: 'resident-id' as const,
        session_id: 's',
        entered_by: 'e',
        entered_anew: 1 as const,
        step: 'stuck' as const,
      },
      ...{ allowed: '[]', codes: '[]', revision: 1, started_at: earlier, updated_at: earlier },
    };
    await knex('journeys').insert(
      causes.map((stuck_cause, at) => ({ ...pseudonyms, ...journey, id: `journey-${at}`, stuck_cause })),
    );
    const attempts = [
      ['matter-face', 'passed', '2026-03-02'],
      ['matter-face', 'passed', '2026-03-02'],
      ['matter-face', 'failed', '2026-03-02'],
      ['bank-card', 'passed', '2026-03-02'],
      ['bank-card', 'passed', '2026-03-01'],
    ] as const;
    await knex('attempts').insert(
      attempts.map(([purpose, state, day], at) => ({
        ...{ ...pseudonyms, id: `attempt-${at}`, command: `command-${at}`, journey_id: 'journey-0' },
        ...{ debits: 'person', purpose, state, day, started_at: earlier },
      })),
    );
    await knex('matter_heads').insert({ registry: 'r', external_id: 'M-1', latest_version: 1 });
    await knex('matters').insert({
      ...{ id: 'matter-1', registry: 'r', external_id: 'M-1', version: 1, authority: '110105' },
      ...{
        kind: 'change',
        state: 'open',
        content: Buffer.alloc(0),
        entity: Buffer.alloc(0),
        content_hash: 'a',
      },
      ...{ pushed_at: earlier, listed_until: later, expires_at: later, hold_reason: 'evidence-doubtful' },
    });
    const deliveries = [
      ['waiting', later],
      ['waiting', earlier],
      ['acknowledged', new Date('2026-03-01T00:00:00Z')],
    ] as const;
    await knex('deliveries').insert(
      deliveries.map(([state, created_at], at) => ({
        ...{ id: `delivery-${at}`, matter_id: 'matter-1', event: 'matter.expired', body: '{}' },
        ...{ state, created_at },
      })),
    );
  });

  beforeAll(async () => {
    const { knex } = store;
    const checkpoints = [
      [300, '2026-03-01T16:29:00Z'],
      [40, '2026-03-01T16:00:00Z'],
    ] as const;
    await knex('log_checkpoints').insert(
      checkpoints.map(([tree_size, at]) => ({
        origin: LOG_ORIGIN,
        tree_size,
        note: '',
        published_at: new Date(at),
      })),
    );
    const evidence = [
      ['unsealed', 'confirmed', '2026-03-01T16:29:00Z'],
      ['unsealed', 'carried', '2026-03-01T16:10:00Z'],
      ['unsealed', 'refused', '2026-03-01T16:00:00Z'],
      ['unstamped', 'confirmed', '2026-03-01T16:25:00Z'],
      ['complete', 'confirmed', '2026-03-01T16:00:00Z'],
    ] as const;
    for (const [at, [seal, state, created_at]] of evidence.entries()) {
      const id = `evidence-${at}`;
      const confirmation = { to_do_id: `to-do-${at}`, person_key: `person-${at}`, matter_id: 'matter-1' };
      await knex('evidence').insert({
        ...{ ...confirmation, id, number: id, content: Buffer.alloc(0), sha256: `${at}` },
        created_at: new Date(created_at),
      });
      await knex('evidence_seals').insert({ evidence_id: id, state: seal });
      await knex('confirmations').insert({
        ...{ ...confirmation, role: 'shareholder', reference: id, person: Buffer.alloc(0), text_hash: '' },
        ...{ state, evidence_id: id, pushed_at: now },
      });
    }
    const entries = ['1', '2'].map((digit) => `evidence ${digit.repeat(64)}`);
    await knex('log_waiting').insert(entries.map((entry) => ({ entry, added_at: now })));
  });

  it('counts journeys by cause, attempts of the day in China, callbacks that wait, and evidence that is not sealed', async () => {
    const { stuck, attempts, ...callbacks } = await readFigures(store.knex, settings, now);
    expect(new Set(stuck)).toEqual(
      new Set([
        { cause: 'vendor-unavailable', count: 2 },
        { cause: 'system-fault', count: 1 },
      ]),
    );
    expect(new Set(attempts)).toEqual(
      new Set([
        { purpose: 'matter-face', state: 'passed', count: 2 },
        { purpose: 'matter-face', state: 'failed', count: 1 },
        { purpose: 'bank-card', state: 'passed', count: 1 },
      ]),
    );
    expect(callbacks).toEqual({
      held: [{ reason: 'evidence-doubtful', count: 1 }],
      callbacksWaiting: 2,
      oldestCallbackSeconds: 600,
      storedFaces: 0,
      sealing: [
        { state: 'unsealed', count: 2, oldestSeconds: 1200 },
        { state: 'unstamped', count: 1, oldestSeconds: 300 },
      ],
      log: { size: 300, checkpointAgeSeconds: 60, unstampedSeconds: 1800, entriesWaiting: 2 },
    });
  });

  it('counts no missing time stamps where there is no authority that gives them', async () => {
    const { sealing, log } = await readFigures(store.knex, { ...settings, stamps: false }, now);
    expect(sealing.map(({ state }) => state)).toEqual(['unsealed']);
    expect(log.unstampedSeconds).toBe(0);
  });

  it('a time stamp covers the leaves of its checkpoint and of those before it', async () => {
    const { knex } = store;
    const stamp = async (tree_size: number, at: string) => {
      const { id } = (await knex('log_checkpoints').where({ tree_size }).first('id'))!;
      await knex('log_time_stamps').insert({
        ...{ checkpoint_id: id, token: Buffer.alloc(1), stamped_at: new Date(at) },
      });
      return (await readFigures(knex, settings, now)).log.unstampedSeconds;
    };
    expect(await stamp(40, '2026-03-01T16:01:00Z')).toBe(60);
    expect(await stamp(300, '2026-03-01T16:30:00Z')).toBe(0);
  });

  it('asks one query each, which an index alone answers', async () => {
    const { knex } = store;
    const queries: { sql: string; bindings: string[] }[] = [];
    const note = (query: { sql: string; bindings: string[] }) => queries.push(query);
    knex.on('query', note);
    await readFigures(knex, settings, now);
    knex.removeListener('query', note);
    const plans = await Promise.all(
      queries.map(async ({ sql, bindings }) => {
        const [steps]: { table: string; key: string; Extra: string }[][] = await knex.raw(
          `EXPLAIN FORMAT=TRADITIONAL ${sql}`,
          bindings,
        );
        // What is counted again is in memory.
        const [plan] = steps!.filter(({ table }) => !table.startsWith('<derived'));
        return [plan!.key, plan!.Extra.includes('Using index')];
      }),
    );
    expect(new Set(plans)).toEqual(
      new Set([
        ['journeys_stuck', true],
        ['attempts_day', true],
        ['matters_held', true],
        ['deliveries_state', true],
        ['portraits_expiry', true],
        // Of what is not complete, the rest is found by its key.
        ['evidence_seals_state', true],
        // One row of it is read.
        ['log_checkpoints_size', false],
        // Of what is after the newest time stamp.
        ['log_time_stamps_time', true],
        ['log_checkpoints_size', true],
        // Which days have totals, and how many entries wait.
        ['PRIMARY', true],
        ['PRIMARY', true],
      ]),
    );
    expect(plans.length).toBe(11);
  });
});
