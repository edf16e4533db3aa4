import { freshStore } from '../../test/setup/api';
import type { FreshStore } from '../../test/setup/api';
import { fillWorklist, rowsReadBy } from '../../test/setup/stuck-journeys';
import { dueStateOf } from '../../domain/worklist';
import { countWorklist, listWorklist, WORKLIST_PAGE } from './worklist';
import type { PlaceInWorklist, WorklistFilter } from './worklist';

const COUNT = 2_000;
const now = new Date('2026-11-28T08:00:00.000Z');
const HOUR = 3_600_000;

let fresh: FreshStore;

beforeAll(async () => {
  fresh = await freshStore();
  await fillWorklist(fresh.store.knex, { count: COUNT, authorities: ['110105', '110101', 'national'] }, now);
  await fresh.owner.raw('ANALYZE TABLE worklist');
});
afterAll(() => fresh.end());

const filters: [string, WorklistFilter][] = [
  ['everything', {}],
  ['a cause', { cause: 'system-fault' }],
  ['what nobody has', { assignee: '' }],
  ['what nobody has, of a cause', { assignee: '', cause: 'name-mismatch-suspected' }],
  ['what was escalated', { assignee: 'reviewers' }],
  ['what is overdue', { due: 'overdue' }],
  ['what is overdue, of a cause', { due: 'overdue', cause: 'vendor-refused' }],
  ['what is not overdue', { due: 'running' }],
  ['what waits for the person', { due: 'paused' }],
  ['what waits for long', { waitingSince: new Date(now.getTime() - 5 * HOUR) }],
  ['what was put off', { snoozed: true }],
];

async function everyPage(scope: string[], filter: WorklistFilter) {
  const pages = [];
  let after: PlaceInWorklist | undefined;
  for (;;) {
    const page = await listWorklist(fresh.store.knex, { scope, filter, after }, now);
    pages.push(page);
    const last = page.at(-1);
    if (!last || page.length < WORKLIST_PAGE) return pages;
    after = { priority: last.priority, since: last.since, journey: last.journey_id };
  }
}

describe.each(filters)('a list of %s', (_, filter) => {
  it.each([[['1101']], [['national', '1101']]])(
    'reads at most three times the rows that it shows, on the first page and on a later one: %j',
    async (scope) => {
      await fresh.store.knex.transaction(async (within) => {
        let after: PlaceInWorklist | undefined;
        for (let page = 0; page < 3; page += 1) {
          let rows: Awaited<ReturnType<typeof listWorklist>> = [];
          const read = await rowsReadBy(within, async () => {
            rows = await listWorklist(within, { scope, filter, after }, now);
          });
          // Where the list ends, one more row in each range says so.
          expect(read).toBeLessThanOrEqual(Math.max(3 * rows.length, 12));
          const last = rows.at(-1);
          if (!last) return;
          after = { priority: last.priority, since: last.since, journey: last.journey_id };
        }
      });
    },
  );

  it('has in its pages each journey that fits once, in order, and no other', async () => {
    const rows = await fresh.store.knex('worklist').whereIn('scope', ['1101', 'national']);
    const fits = rows.filter((row) => {
      const isAsleep = row.snoozed_until !== null && row.snoozed_until > now;
      const { waitingSince } = filter;
      return (
        isAsleep === (filter.snoozed ?? false) &&
        (filter.cause === undefined || row.cause === filter.cause) &&
        (filter.assignee === undefined || row.assignee === filter.assignee) &&
        (filter.due === undefined || dueStateOf({ dueAt: row.due_at }, now) === filter.due) &&
        (waitingSince === undefined || (row.snoozed_until ? row.stuck_at : row.since) <= waitingSince)
      );
    });
    const key = ({ priority, since, journey_id }: (typeof rows)[number]) =>
      `${priority} ${since.toISOString()} ${journey_id}`;
    const listed = (await everyPage(['1101', 'national'], filter)).flat().map(key);
    expect(listed).toEqual(fits.map(key).sort());
    expect(listed.length).toBeGreaterThan(0);
  });
});

it('counts by cause what the lists show', async () => {
  const counts = await countWorklist(fresh.store.knex, ['1101'], now);
  expect(counts.length).toBe(9);
  for (const { cause, count, overdue } of counts) {
    expect((await everyPage(['1101'], { cause })).flat().length).toBe(count);
    expect((await everyPage(['1101'], { cause, due: 'overdue' })).flat().length).toBe(overdue);
  }
  expect(await countWorklist(fresh.store.knex, ['1101', 'national', '110105'], now)).toHaveLength(9);
});

it('shows a clerk without a scope nothing', async () => {
  expect(await listWorklist(fresh.store.knex, { scope: [], filter: {} }, now)).toEqual([]);
  expect(await countWorklist(fresh.store.knex, [], now)).toEqual([]);
});
