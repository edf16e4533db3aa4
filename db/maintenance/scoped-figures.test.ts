import { freshStore } from '../../test/setup/api';
import type { FreshStore } from '../../test/setup/api';
import { LOG_ORIGIN } from '../../test/setup/keys';
import { scopesOver } from '../../domain/clerks';
import { shanghaiDay } from '../../domain/shanghai-time';
import { countChecks, daysUntil, totalChecks } from './check-figures';
import { readFigures } from './figures';
import { countVendorCalls, readVendorCalls } from './vendor-calls';
import { countCallbacks, countDecisions, countStuck } from './work-figures';

const now = new Date('2026-03-10T04:00:00Z');
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
const AUTHORITIES = ['110105', '110101', '310101', 'national'];
const EVERYWHERE = ['11', '31', 'national'];

let fresh: FreshStore;

beforeAll(async () => {
  fresh = await freshStore();
  await seed();
});
afterAll(() => fresh.end());

/** For each authority the same, and more of it the later it stands in the list. */
async function seed() {
  const { knex } = fresh.store;
  let n = 0;
  for (const [at, authority] of AUTHORITIES.entries()) {
    for (let each = 0; each <= at; each += 1) {
      n += 1;
      const id = `journey-${String(n).padStart(32, '0')}`;
      const stuckAt = ago(2 * n);
      await knex('journeys').insert({
        ...{ id, account: `${n}`, person_key: `${n}`, document_type: 'resident-id', session_id: 's' },
        ...{ entered_by: 'e', entered_anew: 1, step: 'stuck', allowed: '[]', codes: '[]', revision: 1 },
        ...{ stuck_cause: n % 2 ? 'in-person' : 'system-fault', stuck_at: stuckAt },
        ...{ started_at: stuckAt, updated_at: stuckAt },
      });
      await knex('worklist').insert(
        scopesOver(authority).map((scope) => ({
          ...{ journey_id: id, scope, authority, cause: n % 2 ? ('in-person' as const) : 'system-fault' },
          ...{ document_type: 'resident-id' as const, priority: 1 as const, since: stuckAt },
          ...{ stuck_at: stuckAt, assignee: '', change_id: 0 },
        })),
      );
      await knex('stuck_periods').insert({
        ...{ journey_id: id, cause: 'in-person', person_key: `${n}`, visit_began_at: ago(50), authority },
        ...{ entered_at: ago(3 + n), left_at: ago(3), left_by: n % 2 ? 'decide' : 'review' },
      });
      await knex('attempts').insert(
        [0, 1].map((back) => ({
          ...{ id: `attempt-${n}-${back}`, command: `command-${n}-${back}`, journey_id: id, account: `${n}` },
          ...{ person_key: `${n}`, debits: 'person' as const, purpose: 'bank-card' as const, authority },
          ...{ document_type: 'resident-id' as const, state: n % 2 ? ('passed' as const) : 'failed' },
          ...{ codes: n % 2 ? null : '["bank_card_mismatch"]', started_at: ago(24 * back) },
          day: shanghaiDay(ago(24 * back)),
        })),
      );
    }
    if (authority === 'national') continue;
    await knex('matter_heads').insert({ registry: 'r', external_id: authority, latest_version: 1 });
    await knex('matters').insert({
      ...{ id: `matter-${at}`, registry: 'r', external_id: authority, version: 1, authority },
      ...{ kind: 'change', state: 'open', content: Buffer.alloc(0), entity: Buffer.alloc(0) },
      ...{ content_hash: '', pushed_at: now, listed_until: now, expires_at: now },
    });
    await knex('deliveries').insert({
      ...{ id: `delivery-${at}`, matter_id: `matter-${at}`, event: 'matter.expired', body: '{}' },
      ...{ state: 'waiting', created_at: ago(at + 1) },
    });
  }
}

const sum = (counts: { count: number }[]) => counts.reduce((total, { count }) => total + count, 0);
const db = () => fresh.store.knex;

it('the figures of all scopes together are those of /metrics', async () => {
  const figures = await readFigures(db(), { origin: LOG_ORIGIN, stamps: true }, now);
  const by = async (causes: { cause: string; count: number }[]) => {
    const sums: Record<string, number> = {};
    for (const { cause, count } of causes) sums[cause] = (sums[cause] ?? 0) + count;
    return sums;
  };
  expect(await by(await countStuck(db(), now, EVERYWHERE))).toEqual(await by(figures.stuck));
  const checks = await countChecks(db(), daysUntil(now, 1), EVERYWHERE);
  for (const { purpose, state, count } of figures.attempts)
    expect(sum(checks.filter((one) => one.purpose === purpose && one.state === state))).toBe(count);
  expect(sum(checks)).toBe(10);
  const { count, oldest } = await countCallbacks(db(), EVERYWHERE);
  expect([count, (now.getTime() - oldest!.getTime()) / 1000]).toEqual([
    figures.callbacksWaiting,
    figures.oldestCallbackSeconds,
  ]);
});

const seenByScope: [string[], number, number][] = [
  [['110105'], 1, 1],
  [['110101'], 2, 1],
  [['11'], 3, 2],
  [['11', '110105'], 3, 2],
  [['national'], 4, 0],
  [['31', '110105'], 4, 2],
  [['44'], 0, 0],
  [[], 0, 0],
];

it.each(seenByScope)('clerks of %j see their own figures only', async (scope, journeys, callbacks) => {
  expect(sum(await countStuck(db(), now, scope))).toBe(journeys);
  expect(sum(await countChecks(db(), daysUntil(now, 1), scope))).toBe(journeys);
  expect(sum(await countChecks(db(), daysUntil(now, 7), scope))).toBe(2 * journeys);
  expect(sum(await countDecisions(db(), ago(24), scope))).toBe(journeys);
  expect((await countCallbacks(db(), scope)).count).toBe(callbacks);
});

it('tells how old and how long', async () => {
  const ages = await countStuck(db(), now, ['national']);
  // Stuck for 14, 16, 18 and 20 hours.
  expect(new Set(ages.map(({ age }) => age))).toEqual(new Set([2]));
  expect(await countDecisions(db(), ago(24), ['11'])).toEqual([
    { authority: '110101', took: 1, count: 2, seconds: 5 * 3600 },
    { authority: '110105', took: 1, count: 1, seconds: 3600 },
  ]);
  expect(await countDecisions(db(), ago(2), ['11'])).toEqual([]);
});

it('the totals of past days say the same as the attempts, which may change later', async () => {
  const days = daysUntil(now, 7);
  const key = (one: object) => JSON.stringify(one);
  const before = (await countChecks(db(), days)).map(key).sort();
  await totalChecks(db(), now);
  await totalChecks(db(), now);
  expect(await db()('daily_checks').distinct(db().raw('CAST(day AS CHAR) AS day'))).toEqual([
    { day: '2026-03-09' },
  ]);
  expect((await countChecks(db(), days)).map(key).sort()).toEqual(before);
  for (const [scope, journeys] of seenByScope)
    expect([scope, sum(await countChecks(db(), days, scope))]).toEqual([scope, 2 * journeys]);
  await db()('attempts').where('id', 'like', '%-1').update({ state: 'refunded' });
  expect((await countChecks(db(), days)).map(key).sort()).toEqual(before);
});

it('no day is totalled within an hour of its end', async () => {
  await fresh.owner('daily_checks').delete();
  // Half past midnight of the 11th in China.
  await totalChecks(db(), new Date('2026-03-10T16:30:00Z'));
  expect(await db()('daily_checks').where({ day: '2026-03-10' })).toEqual([]);
  await totalChecks(db(), new Date('2026-03-10T17:00:00Z'));
  expect(await db()('daily_checks').where({ day: '2026-03-10' })).not.toEqual([]);
});

it('calls of vendors are counted by how they ended and how long they took', async () => {
  const failures: unknown[] = [];
  const calls = countVendorCalls(db(), { now: () => now, failed: (error) => failures.push(error) });
  const call = { interface: 'x.y', outcome: 'done' };
  calls.count({ ...call, milliseconds: 99 });
  calls.count({ ...call, milliseconds: 5 });
  await calls.flush();
  calls.count({ ...call, milliseconds: 5 });
  calls.count({ ...call, outcome: 'alipay_timeout', milliseconds: 10_000 });
  await calls.stop();
  expect(failures).toEqual([]);
  expect(await readVendorCalls(db(), daysUntil(now, 1))).toEqual([
    { day: '2026-03-10', interface: 'x.y', outcome: 'alipay_timeout', took: 7, count: 1 },
    { day: '2026-03-10', interface: 'x.y', outcome: 'done', took: 0, count: 3 },
  ]);
});
