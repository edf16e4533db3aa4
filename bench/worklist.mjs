import { createRequire } from 'node:module';
import { join } from 'node:path';
import { newKeyRing } from './key-ring.mjs';
import { quantile, row } from './results.mjs';

const require = createRequire(import.meta.url);
const dist = join(import.meta.dirname, '../dist');
/** @type {typeof import('../db/store/migrations.ts')} */
const { migrate } = require(join(dist, 'db/store/migrations.js'));
/** @type {typeof import('../db/store/store.ts')} */
const { openStore } = require(join(dist, 'db/store/store.js'));
/** @type {typeof import('../db/decisions/worklist.ts')} */
const { countWorklist, listWorklist } = require(join(dist, 'db/decisions/worklist.js'));
/** @type {typeof import('../db/decisions/claims.ts')} */
const { claimNext } = require(join(dist, 'db/decisions/claims.js'));
/** @type {typeof import('../domain/worklist.ts')} */
const { placeOf } = require(join(dist, 'domain/worklist.js'));
/** @type {typeof import('../domain/stuck.ts')} */
const { stuckCauses } = require(join(dist, 'domain/stuck.js'));

/** @import { Knex } from 'knex' */
/** @import { WorklistFilter } from '../db/decisions/worklist.ts' */

const CHUNK = 50_000;
const WARM_UP = 20;
const AUTHORITIES = ['110105', '110101', '310101', 'national'];

/**
 * Reads the lists of clerks from a database with many journeys, of which some are stuck.
 * @param {object} bench
 * @param {(name: string) => Promise<{ url: string, keysDatabase: string }>} bench.schemaOf
 * @param {number} bench.journeys
 * @param {number} bench.stuck
 * @param {number} bench.times
 * @param {(line: string) => void} bench.say
 */
export async function measureWorklist({ schemaOf, journeys, stuck, times, say }) {
  const settings = { ...(await schemaOf('worklist')), pool: 4 };
  await migrate(settings);
  const store = openStore(settings, newKeyRing());
  const { knex } = store;
  const now = new Date();
  await seedJourneys(knex, journeys);
  await seedStuck(knex, stuck, now);
  await knex.raw('ANALYZE TABLE journeys, worklist');
  say(`${journeys} journeys seeded, ${stuck} of them stuck`);
  /** @type {[string, string[], WorklistFilter][]} */
  const lists = [
    ['everything', ['11'], {}],
    ['everything, of two scopes', ['1101', 'national'], {}],
    ['one cause', ['11'], { cause: 'name-mismatch-suspected' }],
    ['assigned to nobody', ['11'], { assignee: '' }],
    ['assigned to one clerk', ['11'], { assignee: 'clerk-8' }],
    ['overdue', ['11'], { due: 'overdue' }],
    ['not overdue', ['11'], { due: 'running' }],
    ['waiting for a day', ['11'], { waitingSince: new Date(now.getTime() - 24 * 3_600_000) }],
  ];
  const rows = [];
  for (const [name, scope, filter] of lists) {
    const list = () => listWorklist(knex, { scope, filter }, now);
    const [read, shown] = await rowsRead(knex, list);
    rows.push(
      await timed(`worklist, ${name}`, times, list),
      row('  rows read for each that is shown', read / shown, { bar: 3, note: `${read} for ${shown}` }),
    );
  }
  const [first] = await listWorklist(knex, { scope: ['11'], filter: {} }, now);
  if (!first) throw new Error('Nothing is stuck.');
  const deep = await knex('worklist')
    .where({ scope: '11', priority: 2 })
    .orderBy('since')
    .offset(3_000)
    .first();
  const after = deep && { priority: deep.priority, since: deep.since, journey: deep.journey_id };
  const late = () => listWorklist(knex, { scope: ['11'], filter: {}, after }, now);
  const [read, shown] = await rowsRead(knex, late);
  rows.push(
    await timed('worklist, a late page', times, late),
    row('  rows read for each that is shown', read / shown, { bar: 3, note: `${read} for ${shown}` }),
    await timed('worklist, counts by cause', times / 4, () => countWorklist(knex, ['11'], now)),
  );
  let clerk = 0;
  const next = async () => {
    clerk += 1;
    const id = `clerk-${clerk}`.padEnd(36, '0');
    const claimed = await claimNext(knex, { id, role: 'clerk', scope: ['11'] }, now);
    if (claimed.journey === undefined) throw new Error('No journey could be claimed.');
  };
  rows.push(await timed('worklist, the next of 200 clerks', 200 - WARM_UP, next));
  await store.close();
  return rows;
}

/**
 * @param {string} name
 * @param {number} times
 * @param {() => Promise<unknown>} work
 */
async function timed(name, times, work) {
  const values = [];
  for (let time = 0; time < times + WARM_UP; time += 1) {
    const begun = performance.now();
    await work();
    if (time >= WARM_UP) values.push(performance.now() - begun);
  }
  const note = `median ${quantile(values).toFixed(1)} ms`;
  return row(`${name}: p99`, quantile(values, 0.99), { unit: 'ms', bar: 50, note });
}

/**
 * By the database's own count.
 * @param {Knex} knex
 * @param {() => Promise<unknown[]>} list
 * @returns {Promise<[read: number, shown: number]>}
 */
async function rowsRead(knex, list) {
  const count = async () => {
    const [status] = await knex.raw("SHOW GLOBAL STATUS LIKE 'Handler_read%'");
    return /** @type {{ Value: string }[]} */ (status).reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  const before = await count();
  const { length } = await list();
  return [(await count()) - before, length];
}

const digits = Array.from({ length: 10 }, (_, n) => `SELECT ${n} n`).join(' UNION ALL ');

/** @param {Knex} knex @param {number} size */
export async function seedJourneys(knex, size) {
  const from = ['a', 'b', 'c', 'd', 'e'].map((name) => `(${digits}) ${name}`).join(', ');
  const number = '(a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n)';
  for (let first = 0; first < size; first += CHUNK) {
    const count = Math.min(CHUNK, size - first);
    await knex.raw(`
      INSERT INTO journeys (id, account, person_key, document_type, session_id, entered_by, entered_anew, step, allowed, codes,
          revision, started_at, updated_at)
        SELECT CONCAT('journey-', LPAD(HEX(n), 32, '0')), SHA2(n, 256), SHA2(n, 256), 'resident-id', 'session', SHA2(n, 256), 1,
          'to-dos', '[]', '[]', 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
        FROM (SELECT ${number} + ${first} AS n FROM ${from} WHERE ${number} < ${count}) s`);
  }
}

/** Rows as the product writes them for stuck journeys. @param {Knex} knex @param {number} size @param {Date} now */
export async function seedStuck(knex, size, now) {
  const rows = Array.from({ length: size }, (_, n) => {
    const cause = stuckCauses[n % stuckCauses.length] ?? 'in-person';
    const stuckAt = new Date(now.getTime() - n * 20_000);
    const calledAt = n % 2 ? stuckAt : null;
    const facts = { cause, stuckAt, calledAt, proposedAt: null, snoozedUntil: null };
    const { priority, since, dueAt } = placeOf(facts);
    const authority = AUTHORITIES[Math.floor(n / 9) % AUTHORITIES.length] ?? 'national';
    const scopes = authority === 'national' ? [authority] : [2, 4, 6].map((end) => authority.slice(0, end));
    return scopes.map((scope) => ({
      ...{
        journey_id: `journey-${n.toString(16).padStart(32, '0')}`,
        scope,
        authority,
        cause,
        priority,
        since,
      },
      ...{
        document_type: 'resident-id',
        due_at: dueAt,
        stuck_at: stuckAt,
        called_at: calledAt,
        change_id: 0,
      },
      assignee: n % 4 ? '' : `clerk-${n % 40}`,
    }));
  });
  await knex.batchInsert('worklist', rows.flat(), 1_000);
}
