import { createRequire } from 'node:module';
import { join } from 'node:path';
import { newKeyRing } from './key-ring.mjs';
import { quantile, row } from './results.mjs';
import { seedJourneys, seedStuck } from './worklist.mjs';

const require = createRequire(import.meta.url);
const dist = join(import.meta.dirname, '../dist');
/** @type {typeof import('../db/store/migrations.ts')} */
const { migrate } = require(join(dist, 'db/store/migrations.js'));
/** @type {typeof import('../db/store/store.ts')} */
const { openStore } = require(join(dist, 'db/store/store.js'));
/** @type {typeof import('../db/maintenance/check-figures.ts')} */
const { countChecks, daysUntil, totalChecks } = require(join(dist, 'db/maintenance/check-figures.js'));
/** @type {typeof import('../db/maintenance/work-figures.ts')} */
const { countCallbacks, countDecisions, countStuck } = require(join(dist, 'db/maintenance/work-figures.js'));
/** @type {typeof import('../db/maintenance/vendor-calls.ts')} */
const { readVendorCalls } = require(join(dist, 'db/maintenance/vendor-calls.js'));
/** @type {typeof import('../db/clerks/action-search.ts')} */
const { searchActions } = require(join(dist, 'db/clerks/action-search.js'));

/** @import { Knex } from 'knex' */

const DAYS = 30;
const TIMES = 20;

// As many authorities as there are: 31 provinces with 10 cities of 9 counties each.
const PROVINCES = Array.from({ length: 31 }, (_, at) => String(11 + at));
const authorityOf = (/** @type {string} */ number) =>
  `CONCAT(11 + ${number} % 31, LPAD(1 + ${number} DIV 31 % 10, 2, '0'), LPAD(1 + ${number} DIV 310 % 9, 2, '0'))`;

const numbered = `(SELECT j.*, CONV(RIGHT(j.id, 8), 16, 10) AS n FROM journeys j) j`;

/**
 * Reads the figures of the console from a database with many journeys, each of which had two checks in the last thirty days and a
 * callback. As many callbacks wait as journeys are stuck.
 * @param {object} bench
 * @param {(name: string) => Promise<{ url: string, keysDatabase: string }>} bench.schemaOf
 * @param {number} bench.journeys
 * @param {number} bench.stuck
 * @param {(line: string) => void} bench.say
 */
export async function measureFigures({ schemaOf, journeys, stuck, say }) {
  const settings = { ...(await schemaOf('figures')), pool: 4 };
  await migrate(settings);
  const store = openStore(settings, newKeyRing());
  const { knex } = store;
  const now = new Date();
  await seedJourneys(knex, journeys);
  await seedStuck(knex, stuck, now);
  const [today = ''] = daysUntil(now, 1);
  await seedChecks(knex, today);
  await seedPeriods(knex);
  await seedCallbacks(knex, stuck);
  await seedVendorCalls(knex, daysUntil(now, DAYS));
  await seedActions(knex);
  await totalChecks(knex, now);
  await knex.raw(
    'ANALYZE TABLE journeys, worklist, attempts, daily_checks, stuck_periods, deliveries, matters, clerk_actions',
  );
  say(`${journeys} journeys with checks, ${stuck} of them stuck`);
  const scopes = {
    'of a county': ['110101'],
    'of a province': ['11'],
    'of everything': [...PROVINCES, 'national'],
  };
  const rows = [];
  for (const [name, scope] of Object.entries(scopes)) {
    rows.push(
      await timed(`figures ${name}: checks of a day`, () => countChecks(knex, daysUntil(now, 1), scope)),
      await timed(`figures ${name}: checks of 30 days`, () => countChecks(knex, daysUntil(now, DAYS), scope)),
      await timed(`figures ${name}: stuck`, () => countStuck(knex, now, scope)),
      await timed(`figures ${name}: callbacks`, () => countCallbacks(knex, scope)),
      await timed(`figures ${name}: decisions of 30 days`, () =>
        countDecisions(knex, new Date(now.getTime() - DAYS * 24 * 3_600_000), scope),
      ),
    );
  }
  rows.push(await timed('figures: vendors of 30 days', () => readVendorCalls(knex, daysUntil(now, DAYS))));
  const filters = {
    everything: {},
    'one action': { action: 'decide' },
    'one result': { result: 'stale' },
    'one subject': { subject: 'journey-7' },
    'one time': { from: new Date(now.getTime() - 2 * 3_600_000), until: new Date(now.getTime() - 3_600_000) },
  };
  for (const [name, filter] of Object.entries(filters))
    rows.push(await timed(`actions, ${name}`, () => searchActions(knex, { filter }, 100)));
  await store.close();
  return rows;
}

/**
 * @param {string} name
 * @param {() => Promise<unknown>} work
 */
async function timed(name, work) {
  const values = [];
  for (let time = 0; time < TIMES; time += 1) {
    const begun = performance.now();
    await work();
    values.push(performance.now() - begun);
  }
  const note = `median ${quantile(values).toFixed(1)} ms`;
  return row(name, quantile(values, 0.95), { unit: 'ms', bar: 300, note });
}

/** Two checks of each journey, spread over the days and authorities. @param {Knex} knex @param {string} today */
async function seedChecks(knex, today) {
  for (const purpose of ['certificate', 'identity-face'])
    await knex.raw(
      `INSERT INTO attempts (id, purpose, journey_id, account, person_key, debits, day, state, codes, command, started_at, authority,
          document_type, is_signed)
        SELECT SUBSTRING(SHA2(CONCAT(id, ?), 256), 1, 32), ?, id, account, person_key, 'person', ? - INTERVAL (n % ${DAYS}) DAY,
          IF(n % 7 = 0, 'failed', 'passed'), IF(n % 7 = 0, '["face_portrait_mismatch"]', NULL), SHA2(CONCAT(id, ?, 'c'), 256),
          started_at, ${authorityOf(`(n DIV ${DAYS})`)}, IF(n % 9 = 0, 'passport', 'resident-id'), n % 2
        FROM ${numbered}`,
      [purpose, purpose, today, purpose],
    );
}

/** One decision of each fiftieth journey. @param {Knex} knex */
async function seedPeriods(knex) {
  await knex.raw(
    `INSERT INTO stuck_periods (journey_id, cause, entered_at, left_at, left_by, person_key, visit_began_at, authority)
      SELECT id, 'in-person', started_at - INTERVAL n % 700 + n % 20 HOUR, started_at - INTERVAL n % 700 HOUR, 'decide', person_key,
        started_at, ${authorityOf('(n DIV 50)')}
      FROM ${numbered} WHERE n % 50 = 0`,
  );
}

/** As many actions as journeys. @param {Knex} knex */
async function seedActions(knex) {
  await knex.raw(
    `INSERT INTO clerk_actions (action, subject_kind, subject_id, result, request_id, at, nonce)
      SELECT IF(n % 500 = 0, 'decide', 'show-journey'), 'journey', CONCAT('journey-', n), IF(n % 9999 = 0, 'stale', 'done'), '',
        started_at - INTERVAL n SECOND, REPEAT('x', 32)
      FROM ${numbered}`,
  );
}

/** A matter of each journey with a callback. @param {Knex} knex @param {number} waiting how many were not acknowledged */
async function seedCallbacks(knex, waiting) {
  await knex.raw(
    `INSERT INTO matter_heads (registry, external_id, latest_version) SELECT 'bench', CONCAT('B-', n), 1 FROM ${numbered}`,
  );
  await knex.raw(
    `INSERT INTO matters (id, registry, external_id, version, authority, kind, state, content, entity, content_hash, pushed_at,
        listed_until, expires_at)
      SELECT CONCAT('matter-', RIGHT(id, 32)), 'bench', CONCAT('B-', n), 1, ${authorityOf('n')}, 'change', 'open', '', '',
        SHA2(n, 256), started_at, started_at + INTERVAL 1 DAY, started_at + INTERVAL 24 DAY FROM ${numbered}`,
  );
  await knex.raw(
    `INSERT INTO deliveries (id, registry, matter_id, event, body, state, created_at)
      SELECT UUID(), 'bench', CONCAT('matter-', RIGHT(id, 32)), 'person-confirmed', '{}', IF(n < ?, 'waiting', 'acknowledged'),
        started_at - INTERVAL n SECOND FROM ${numbered}`,
    [waiting],
  );
}

/** @param {Knex} knex @param {string[]} days */
async function seedVendorCalls(knex, days) {
  const rows = days.flatMap((day) =>
    Array.from({ length: 15 * 4 * 8 }, (_, n) => ({
      ...{ day, interface: `interface-${n % 15}`, outcome: `outcome-${Math.floor(n / 15) % 4}` },
      ...{ took: Math.floor(n / 60), count: 1 + n },
    })),
  );
  await knex.batchInsert('vendor_calls', rows, 1_000);
}
