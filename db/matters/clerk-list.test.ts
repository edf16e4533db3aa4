import { freshStore } from '../../test/setup/api';
import type { FreshStore } from '../../test/setup/api';
import { rowsReadBy } from '../../test/setup/stuck-journeys';
import { listMattersForClerks, MATTERS_PAGE, pageOf } from './clerk-list';
import type { MattersWanted } from './clerk-list';

const COUNT = 2_000;
const now = new Date('2026-11-29T02:00:00.000Z');
const HOUR = 3_600_000;
const authorities = ['110105', '110101', '310115', '110105001'];
const states = ['open', 'confirmed', 'refused'] as const;

let fresh: FreshStore;

beforeAll(async () => {
  fresh = await freshStore();
  const rows = Array.from({ length: COUNT }, (_, n) => ({
    ...{ id: `matter-${String(n).padStart(32, '0')}`, registry: n % 11 === 0 ? 'rare' : 'usual' },
    ...{ external_id: `M-${n}`, version: 1, authority: authorities[n % authorities.length]! },
    ...{ kind: 'change' as const, state: states[n % states.length]! },
    ...{ content: Buffer.alloc(0), entity: Buffer.alloc(0), content_hash: '' },
    // Several in the same moment.
    pushed_at: new Date(now.getTime() - Math.floor(n / 3) * HOUR),
    ...{ listed_until: now, expires_at: now },
  }));
  const heads = rows.map(({ registry, external_id }) => ({ registry, external_id, latest_version: 1 }));
  await fresh.store.knex.batchInsert('matter_heads', heads, 500);
  await fresh.store.knex.batchInsert('matters', rows, 500);
  await fresh.owner.raw('ANALYZE TABLE matters');
}, 60_000);
afterAll(() => fresh.end());

const lists: [string, Omit<MattersWanted, 'scope'>][] = [
  ['open ones', { state: 'open' }],
  ['those of one registration system', { state: 'confirmed', registry: 'rare' }],
  [
    'those pushed ten days ago or earlier',
    { state: 'open', pushedUntil: new Date(now.getTime() - 240 * HOUR) },
  ],
];
const scopes = [['11'], ['110105001'], ['1101'], ['110105'], ['11', '31', '110105', 'national']];

describe.each(lists)('a list of %s', (_, wanted) => {
  it.each(scopes.map((scope) => [scope]))(
    'reads at most three times the rows that it shows, and has each matter that fits once: %j',
    async (scope) => {
      const listed: string[] = [];
      await fresh.store.knex.transaction(async (within) => {
        let after: MattersWanted['after'];
        for (;;) {
          let rows: Awaited<ReturnType<typeof pageOf>> = [];
          const read = await rowsReadBy(within, async () => {
            rows = await pageOf(within, { ...wanted, scope, after });
          });
          // Where the list ends, one more row in each part says so.
          expect(read).toBeLessThanOrEqual(Math.max(3 * rows.length, 12));
          listed.push(...rows.map(({ id }) => id));
          const last = rows.at(-1);
          if (!last || rows.length < MATTERS_PAGE) return;
          after = { at: last.pushed_at, id: last.id };
        }
      });
      const all = await fresh.store.knex('matters').orderByRaw('pushed_at DESC, id DESC');
      const fits = all.filter(
        ({ authority, state, registry, pushed_at }) =>
          scope.some((entry) => (entry.length > 6 ? authority === entry : authority.startsWith(entry))) &&
          state === wanted.state &&
          (wanted.registry === undefined || registry === wanted.registry) &&
          (wanted.pushedUntil === undefined || pushed_at <= wanted.pushedUntil),
      );
      expect(listed).toEqual(fits.map(({ id }) => id));
      expect(listed.length).toBeGreaterThan(0);
    },
  );
});

it('does not take seven digits and more for a prefix', async () => {
  for (const entry of ['1101050', '11010500', '110105000000'])
    expect([entry, await pageOf(fresh.store.knex, { scope: [entry], state: 'open' })]).toEqual([entry, []]);
});

it('shows a clerk without a scope, and the national desk, nothing', async () => {
  expect(await listMattersForClerks(fresh.store, { scope: [], state: 'open' })).toEqual([]);
  expect(await listMattersForClerks(fresh.store, { scope: ['national'], state: 'open' })).toEqual([]);
});
