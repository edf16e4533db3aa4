import { createRequire } from 'node:module';
import { join } from 'node:path';
import { newKeyRing } from './key-ring.mjs';
import { quantile, row } from './results.mjs';
import { matterOf, personAt } from '../test/fixtures/persons.mjs';

const require = createRequire(import.meta.url);
const dist = join(import.meta.dirname, '../dist');
/** @type {typeof import('../db/store/migrations.ts')} */
const { migrate } = require(join(dist, 'db/store/migrations.js'));
/** @type {typeof import('../db/matters/pushes.ts')} */
const { pushMatter } = require(join(dist, 'db/matters/pushes.js'));
/** @type {typeof import('../db/store/store.ts')} */
const { openStore } = require(join(dist, 'db/store/store.js'));
/** @type {typeof import('../db/confirmations/views.ts')} */
const { listToDos } = require(join(dist, 'db/confirmations/views.js'));

/** @import { Knex } from 'knex' */
/** @import { Store } from '../db/store/store.ts' */

const WATCHED = 20;
const TO_DOS = 20;
const CHUNK = 50_000;

/**
 * Reads the to-do lists of the same persons, alternately from databases with few and with many matters of other persons.
 * @param {object} bench
 * @param {(name: string) => Promise<{ url: string, keysDatabase: string }>} bench.schemaOf
 * @param {number[]} bench.sizes numbers of other persons' matters, in ascending order
 * @param {number} bench.times
 * @param {(line: string) => void} bench.say
 */
export async function measureLists({ schemaOf, sizes, times, say }) {
  /** @type {Store[]} */
  const stores = [];
  const rows = [];
  for (const size of sizes) {
    const settings = { ...(await schemaOf(`lists_${size}`)), pool: 2 };
    await migrate(settings);
    const store = openStore(settings, newKeyRing());
    const begun = performance.now();
    await seed(store, size);
    const seconds = (performance.now() - begun) / 1000;
    say(`${size} matters seeded in ${seconds.toFixed(1)} s`);
    rows.push(row(`seeding ${size} matters`, seconds, { unit: 's', bar: 120 }));
    await pushWatched(store);
    await store.knex.raw('ANALYZE TABLE matters, confirmations');
    stores.push(store);
  }
  const toDos = await compare(stores, times, async (store, time) => {
    const { length } = await listToDos(store, watchedKey(time % WATCHED), 'open', new Date());
    if (length !== TO_DOS) throw new Error(`The list has ${length} to-dos and not ${TO_DOS}.`);
  });
  const many = /** @type {Store} */ (stores.at(-1));
  const list = () => listToDos(many, watchedKey(0), 'open', new Date());
  const [statements, examined] = await explain(many, list);
  await Promise.all(stores.map((store) => store.close()));
  /** @param {readonly [number, number]} medians */
  const noteOf = ([few, more]) =>
    `${few.toFixed(1)} ms among ${sizes[0]}, ${more.toFixed(1)} ms among ${sizes.at(-1)}`;
  return [
    ...rows,
    row('to-do list, p99 with many matters relative to few', toDos[1] / toDos[0], {
      bar: 1.5,
      note: noteOf(toDos),
    }),
    row('  queries for a list', statements, { note: 'one for to-dos, one for their keys' }),
    row('  rows examined for a list', examined, {
      note: `EXPLAIN ANALYZE, ${TO_DOS} to-dos of two roles among ${sizes.at(-1)} matters`,
    }),
  ];
}

/**
 * @param {Store[]} stores
 * @param {number} times
 * @param {(store: Store, time: number) => Promise<void>} work
 * @returns the 99th percentile of the smallest and the largest store, in milliseconds
 */
async function compare(stores, times, work) {
  const values = stores.map(() => /** @type {number[]} */ ([]));
  for (let time = 0; time < times; time += 1) {
    for (const [at, store] of stores.entries()) {
      const begun = performance.now();
      await work(store, time);
      // The first reads of each list are not counted, because the database has not cached its pages yet.
      if (time >= WATCHED) values[at]?.push(performance.now() - begun);
    }
  }
  /** @param {number} at */
  const highOf = (at) => quantile(values.at(at) ?? [], 0.99);
  return /** @type {const} */ ([highOf(0), highOf(-1)]);
}

const digits = Array.from({ length: 10 }, (_, n) => `SELECT ${n} n`).join(' UNION ALL ');

/**
 * Inserts matters of other persons, with one confirmation each. Their content is meaningless, because nothing here reads it.
 * @param {Store} store
 * @param {number} size
 */
async function seed({ knex }, size) {
  const from = ['a', 'b', 'c', 'd', 'e'].map((name) => `(${digits}) ${name}`).join(', ');
  const number = '(a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n)';
  for (let first = 0; first < size; first += CHUNK) {
    const count = Math.min(CHUNK, size - first);
    const rows = `(SELECT ${number} + ${first} AS n FROM ${from} WHERE ${number} < ${count}) s`;
    await knex.raw(
      `INSERT INTO matter_heads (registry, external_id, latest_version) SELECT 'bench', CONCAT('B-', n), 1 FROM ${rows}`,
    );
    await knex.raw(`
      INSERT INTO matters (id, registry, external_id, version, authority, kind, state, content, entity, content_hash, pushed_at,
          listed_until, expires_at)
        SELECT CONCAT('matter-', LPAD(HEX(n), 32, '0')), 'bench', CONCAT('B-', n), 1, '110105', 'change',
        'open', REPEAT(CHAR(n % 256), 400), REPEAT('e', 60), SHA2(n, 256), UTC_TIMESTAMP(3) - INTERVAL n % 518400 SECOND,
        UTC_TIMESTAMP(3) + INTERVAL 1 DAY, UTC_TIMESTAMP(3) + INTERVAL 24 DAY FROM ${rows}`);
    await knex.raw(`
      INSERT INTO confirmations (to_do_id, role, matter_id, person_key, reference, person, text_hash, state, pushed_at)
        SELECT CONCAT(LPAD(HEX(n), 8, '0'), '-0000-4000-8000-000000000000'), 'shareholder',
        CONCAT('matter-', LPAD(HEX(n), 32, '0')), SHA2(n % 300000, 256), 'P-1', REPEAT('p', 120), SHA2(n, 256), 'pending',
        UTC_TIMESTAMP(3) - INTERVAL n % 518400 SECOND FROM ${rows}`);
  }
}

/** @param {number} at */
const watchedKey = (at) => String(at).padStart(64, 'f');

/** @param {Store} store */
async function pushWatched(store) {
  for (let at = 0; at < WATCHED; at += 1) {
    const person = personAt(at);
    const { name, document } = person;
    const content = matterOf(person);
    for (let matter = 0; matter < TO_DOS; matter += 1) {
      await pushMatter(
        store,
        {
          registry: 'bench',
          externalId: `W-${at}-${matter}`,
          id: `matter-${String(at * TO_DOS + matter).padStart(32, 'f')}`,
          content,
          signaturePerRole: false,
          carryOverDays: 30,
          tellsPersons: false,
          persons: [
            {
              ...{ name, matchKey: name, documentType: document.type, number: document.number },
              ...{ reference: 'P-1', roles: content.persons[0]?.roles ?? [], personKey: watchedKey(at) },
            },
          ],
        },
        new Date(),
      );
    }
  }
}

/**
 * @param {Store} store
 * @param {() => Promise<unknown>} list
 * @returns {Promise<[queries: number, examined: number]>} the queries for a list, and the rows that the database reads for them
 */
async function explain(store, list) {
  /** @typedef {{ sql: string, bindings: string[] }} Query */
  /** @type {Query[]} */
  const queries = [];
  /** @param {Query} query */
  const listen = ({ sql, bindings }) => queries.push({ sql, bindings });
  store.knex.on('query', listen);
  await list();
  store.knex.off('query', listen);
  let examined = 0;
  for (const { sql, bindings } of queries) examined += await rowsRead(store.knex, sql, bindings);
  return [queries.length, examined];
}

/**
 * @param {Knex} knex
 * @param {string} sql
 * @param {string[]} bindings
 */
async function rowsRead(knex, sql, bindings) {
  const [[{ version }]] = await knex.raw('SELECT VERSION() AS version');
  if (!version.includes('MariaDB')) {
    const [[plan]] = await knex.raw(`EXPLAIN ANALYZE ${sql}`, bindings);
    // Only accesses to tables: sorts and joins pass the same rows on.
    const accesses = /** @type {string} */ (Object.values(plan)[0])
      .split('\n')
      .filter((line) => /(scan|lookup) on (?!<)/.test(line));
    return sumOf(accesses.join('\n'), /actual time=\S+ rows=([\d.e+]+) loops=([\d.e+]+)/g);
  }
  const [[plan]] = await knex.raw(`ANALYZE FORMAT=JSON ${sql}`, bindings);
  return sumOf(Object.values(plan)[0], /"r_loops": (\d+)[^{}]*?"r_rows": ([\d.]+)/g);
}

/**
 * @param {string} text
 * @param {RegExp} form
 */
function sumOf(text, form) {
  return Array.from(text.matchAll(form), ([, one, other]) => Number(one) * Number(other)).reduce(
    (sum, rows) => sum + rows,
    0,
  );
}
