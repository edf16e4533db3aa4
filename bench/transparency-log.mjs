import { generateKeyPairSync } from 'node:crypto';
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
/** @type {typeof import('../db/log/waiting.ts')} */
const { addToLog } = require(join(dist, 'db/log/waiting.js'));
/** @type {typeof import('../db/log/sequencing.ts')} */
const { addLeaves, publishCheckpoint } = require(join(dist, 'db/log/sequencing.js'));
/** @type {typeof import('../db/log/hashes.ts')} */
const { hashesIn, treeIn } = require(join(dist, 'db/log/hashes.js'));
/** @type {typeof import('../evidence/log/note.ts')} */
const { noteSigners } = require(join(dist, 'evidence/log/note.js'));
/** @type {typeof import('../evidence/log/tree.ts')} */
const { fold } = require(join(dist, 'evidence/log/tree.js'));

/** @import { Store } from '../db/store/store.ts' */

const ORIGIN = 'bench.example/log';
const TILE = 256;
const CHUNK = 50_000;

/**
 * Adds entries to the transparency log, makes leaves of them, and proves entries of a log with many leaves.
 * @param {object} bench
 * @param {(name: string) => Promise<{ url: string, keysDatabase: string }>} bench.schemaOf
 * @param {number} bench.entries that become leaves
 * @param {number} bench.leaves of the large log
 * @param {number} bench.times
 * @param {(line: string) => void} bench.say
 */
export async function measureTransparencyLog({ schemaOf, entries, leaves, times, say }) {
  const settings = { ...(await schemaOf('log')), pool: 2 };
  await migrate(settings);
  const store = openStore(settings, newKeyRing());
  const append = await measureAppends(store, entries);
  const identity = { origin: ORIGIN, signers: newSigners() };
  const sequencing = await timed(async () => {
    while ((await addLeaves(store, ORIGIN)) > 0) await publishCheckpoint(store, identity, new Date());
  });
  await seed(store, entries, leaves);
  say(`${leaves} leaves seeded`);
  await publishCheckpoint(store, identity, new Date());
  let queries = 0;
  store.knex.on('query', () => (queries += 1));
  const at = () => Math.floor(Math.random() * leaves);
  const inclusion = await measure(times, () => treeIn(store.knex, leaves).inclusion(at(), leaves));
  const queriesOfProof = queries / times;
  const consistency = await measure(times, () => treeIn(store.knex, leaves).consistency(1 + at(), leaves));
  await store.close();
  return [
    row("an append in a confirmation's transaction", append, { unit: 'ms', bar: 2 }),
    row(`sequencing ${entries} entries`, sequencing / 1000, {
      unit: 's',
      bar: entries / 500,
      note: `${Math.round((entries / sequencing) * 1000)} a second, a signed checkpoint for each ${TILE}`,
    }),
    row(`inclusion proof among ${leaves} leaves`, inclusion, {
      unit: 'ms',
      bar: 50,
      note: `${queriesOfProof.toFixed(1)} queries`,
    }),
    row(`consistency proof among ${leaves} leaves`, consistency, { unit: 'ms', bar: 50 }),
  ];
}

function newSigners() {
  const { privateKey } = generateKeyPairSync('ed25519');
  return noteSigners(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), ORIGIN);
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The median. @param {number} times @param {() => Promise<unknown>} work */
async function measure(times, work) {
  const values = [];
  for (let time = 0; time < times; time += 1) values.push(await timed(work));
  return quantile(values);
}

/** As signing does it, without the rest of its transaction. @param {Store} store @param {number} entries */
async function measureAppends({ knex }, entries) {
  /** @type {number[]} */
  const values = [];
  await knex.transaction(async (db) => {
    for (let at = 0; at < entries; at += 1) {
      const commitment = `f${at.toString(16).padStart(63, '0')}`;
      values.push(await timed(() => addToLog(db, 'evidence', commitment, new Date())));
    }
  });
  return quantile(values);
}

/**
 * Adds leaves in SQL, and computes the roots of full tiles from them.
 * @param {Store} store
 * @param {number} from
 * @param {number} to
 */
async function seed({ knex }, from, to) {
  await knex.raw('DELETE FROM log_hashes WHERE level > 0');
  const digits = Array.from({ length: 10 }, (_, n) => `SELECT ${n} n`).join(' UNION ALL ');
  const numbers = ['a', 'b', 'c', 'd', 'e'].map((name) => `(${digits}) ${name}`).join(', ');
  const number = '(a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n)';
  for (let first = from; first < to; first += CHUNK) {
    await knex.raw(`
      INSERT INTO log_hashes (level, position, hash, entry)
        SELECT 0, n, UNHEX(SHA2(CONCAT(X'00', entry), 256)), entry
        FROM (SELECT n, CONCAT('evidence ', SHA2(n, 256)) AS entry
          FROM (SELECT ${number} + ${first} AS n FROM ${numbers} WHERE ${number} < ${Math.min(CHUNK, to - first)}) s) e`);
  }
  for (let level = 0, width = to; width >= TILE; level += 1, width = Math.floor(width / TILE)) {
    const roots = [];
    for (let position = 0; (position + 1) * TILE <= width; position += 1) {
      const hash = fold(await hashesIn(knex)(level, position * TILE, TILE));
      roots.push({ level: level + 1, position, hash, entry: null });
    }
    await knex.batchInsert('log_hashes', roots, 1000);
  }
}
