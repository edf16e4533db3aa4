import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';
import { quantile, row } from './figures.mjs';
import { matterOf, personAt } from '../test/people.mjs';

const require = createRequire(import.meta.url);
const { migrate } = require('../dist/db/migrations.js');
const { pushMatter } = require('../dist/db/pushes.js');
const { openStore } = require('../dist/db/store.js');
const { listToDos } = require('../dist/db/views.js');
const { createEncryption } = require('../dist/platform/encryption.js');

const WATCHED = 20;
const TO_DOS = 20;
const CHUNK = 50_000;

const key = (id) => ({ id, bytes: randomBytes(32) });

/**
 * The to-do list of the same persons among few and among many matters of others, in turns.
 * @param sizes how many matters of others there are, few first
 */
export async function measureLists({ schemaOf, sizes, times, say }) {
  const stores = [];
  const rows = [];
  for (const size of sizes) {
    const settings = { ...(await schemaOf(`lists_${size}`)), pool: 2 };
    await migrate(settings);
    const ring = {
      wrapping: [key('wrapping')],
      person: key('person'),
      account: key('account'),
      identifier: key('identifier'),
    };
    const store = openStore(settings, createEncryption(ring));
    const begun = performance.now();
    await seed(store, size);
    const seconds = (performance.now() - begun) / 1000;
    say(`${size} matters seeded in ${seconds.toFixed(1)} s`);
    rows.push(row(`seeding ${size} matters`, seconds, { unit: 's', bar: 120 }));
    await pushWatched(store);
    await store.knex.raw('ANALYZE TABLE matters, confirmations');
    stores.push(store);
  }
  const values = stores.map(() => []);
  for (let time = 0; time < times; time += 1) {
    for (const [at, store] of stores.entries()) {
      const begun = performance.now();
      const toDos = await listToDos(store, watchedKey(time % WATCHED), 'open', new Date());
      // The first of each are not counted: pages that nobody has read yet.
      if (time >= WATCHED) values[at].push(performance.now() - begun);
      if (toDos.length !== TO_DOS) throw new Error(`The list has ${toDos.length} to-dos and not ${TO_DOS}.`);
    }
  }
  const [few, many] = values.map((list) => quantile(list, 0.99));
  const [statements, examined] = await explain(stores.at(-1));
  await Promise.all(stores.map((store) => store.close()));
  const note = `${few.toFixed(1)} ms among ${sizes[0]}, ${many.toFixed(1)} ms among ${sizes.at(-1)}`;
  return [
    ...rows,
    row('to-do list, p99, many matters against few', many / few, { bar: 1.5, note }),
    row('  queries of a list', statements, { note: 'one of to-dos, one of their keys' }),
    row('  rows examined for a list', examined, {
      note: `EXPLAIN ANALYZE, ${TO_DOS} to-dos of two roles among ${sizes.at(-1)} matters`,
    }),
  ];
}

/** Matters of others, with one confirmation each, in plain SQL. What they hold is noise: nobody reads it here. */
async function seed({ knex }, size) {
  const digit = Array.from({ length: 10 }, (_, n) => `SELECT ${n} n`).join(' UNION ALL ');
  const from = ['a', 'b', 'c', 'd', 'e'].map((name) => `(${digit}) ${name}`).join(', ');
  const number = '(a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n)';
  for (let first = 0; first < size; first += CHUNK) {
    const count = Math.min(CHUNK, size - first);
    const rows = `(SELECT ${number} + ${first} AS n FROM ${from} WHERE ${number} < ${count}) s`;
    await knex.raw(`INSERT INTO matter_heads SELECT 'bench', CONCAT('B-', n), 1 FROM ${rows}`);
    await knex.raw(`
      INSERT INTO matters SELECT CONCAT('matter-', LPAD(HEX(n), 32, '0')), 'bench', CONCAT('B-', n), 1, '110105', 'change',
        'open', REPEAT(CHAR(n % 256), 400), REPEAT('e', 60), SHA2(n, 256), UTC_TIMESTAMP(3) - INTERVAL n % 518400 SECOND,
        UTC_TIMESTAMP(3) + INTERVAL 1 DAY, UTC_TIMESTAMP(3) + INTERVAL 24 DAY, NULL, NULL FROM ${rows}`);
    await knex.raw(`
      INSERT INTO confirmations SELECT CONCAT(LPAD(HEX(n), 8, '0'), '-0000-4000-8000-000000000000'), 'shareholder',
        CONCAT('matter-', LPAD(HEX(n), 32, '0')), SHA2(n % 300000, 256), 'P-1', REPEAT('p', 120), SHA2(n, 256), 'pending',
        NULL, NULL, NULL, NULL, UTC_TIMESTAMP(3) - INTERVAL n % 518400 SECOND, NULL FROM ${rows}`);
  }
}

const watchedKey = (at) => String(at).padStart(64, 'f');

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
          persons: [
            {
              ...{ name, matchKey: name, documentType: document.type, number: document.number },
              ...{ reference: 'P-1', roles: content.persons[0].roles, personKey: watchedKey(at) },
            },
          ],
        },
        new Date(),
      );
    }
  }
}

/** @returns how many queries a list takes, and how many rows the database read for them */
async function explain(store) {
  const queries = [];
  const listen = ({ sql, bindings }) => queries.push({ sql, bindings });
  store.knex.on('query', listen);
  await listToDos(store, watchedKey(0), 'open', new Date());
  store.knex.off('query', listen);
  let examined = 0;
  for (const { sql, bindings } of queries) examined += await rowsRead(store.knex, sql, bindings);
  return [queries.length, examined];
}

async function rowsRead(knex, sql, bindings) {
  const [[{ version }]] = await knex.raw('SELECT VERSION() AS version');
  if (!version.includes('MariaDB')) {
    const [[plan]] = await knex.raw(`EXPLAIN ANALYZE ${sql}`, bindings);
    return sumOf(Object.values(plan)[0], /actual time=[\d.]+ rows=([\d.]+) loops=(\d+)/g);
  }
  const [[plan]] = await knex.raw(`ANALYZE FORMAT=JSON ${sql}`, bindings);
  return sumOf(Object.values(plan)[0], /"r_loops": (\d+)[^{}]*?"r_rows": ([\d.]+)/g);
}

function sumOf(text, form) {
  return Array.from(text.matchAll(form), ([, one, other]) => Number(one) * Number(other)).reduce(
    (sum, rows) => sum + rows,
    0,
  );
}
