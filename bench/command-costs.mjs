import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createPhone } from '../test/drivers/phone.mjs';
import { newKeyRing } from './key-ring.mjs';
import { quantile, row } from './results.mjs';

/** @import { Store } from '../db/store/store.ts' */
/** @import { Person } from '../test/fixtures/persons.mjs' */
/** @import { BenchStack } from './bench.mjs' */

const require = createRequire(import.meta.url);
const dist = join(import.meta.dirname, '../dist');
/** @type {typeof import('../platform/encryption.ts')} */
const { createEncryption } = require(join(dist, 'platform/encryption.js'));
/** @type {typeof import('../platform/pseudonyms.ts')} */
const { createPseudonyms } = require(join(dist, 'platform/pseudonyms.js'));
/** @type {typeof import('../db/journeys/journeys.ts')} */
const { saveJourney } = require(join(dist, 'db/journeys/journeys.js'));

/**
 * Measures each part of a command separately, to find the slowest part.
 * @param {Pick<BenchStack, 'urls' | 'takePersons'> & { store: Store, times: number }} bench
 */
export async function measureCommandCosts({ urls, store, takePersons, times }) {
  const [person] = /** @type {[Person]} */ (takePersons(1));
  const phone = createPhone({ urls, person });
  await phone.signIn();
  await phone.enter();
  await phone.startFace('face');
  const journey = phone.view.id;
  const before = await store.knex('journeys').where({ id: journey }).first();

  const api = await timed(times, () =>
    fetch(`${urls.api}/api/support`).then((response) => response.arrayBuffer()),
  );
  const look = await timed(times, () => phone.look('face'));
  let revision = before?.revision ?? 0;
  // Only the projection advances, and the workflow does not. No later command reaches this journey.
  const database = await timed(times, () => {
    revision += 1;
    const projection = { journey, step: /** @type {const} */ ('face'), allowed: [], codes: [], revision };
    return saveJourney(store, projection, new Date());
  });
  const crypto = await timed(times, async () => sealAndOpen());
  const vendor = await timed(Math.ceil(times / 4), () => signIn(person));
  return [
    row('  part: api alone (a text without a session)', api, { unit: 'ms' }),
    row('  part: api with session and view (GET of a journey)', look, { unit: 'ms' }),
    row('  part: database (one write of the projection)', database, { unit: 'ms' }),
    row('  part: cryptography (Update id, sealing, opening)', crypto, { unit: 'ms' }),
    row('  part: vendor (sign-in with one call to the sandbox)', vendor, { unit: 'ms' }),
  ];

  /** @param {Person} one */
  async function signIn(one) {
    await createPhone({ urls, person: one }).signIn();
  }
}

const ring = newKeyRing();
const encryption = createEncryption(ring);
const pseudonyms = createPseudonyms(ring);

function sealAndOpen() {
  pseudonyms.updateId('account', randomUUID(), 'enter', 'x'.repeat(300));
  const { key: dataKey, wrapped, wrappingKeyId } = encryption.createDataKey('input:1');
  const sealed = encryption.seal(dataKey, 'input:1', { name: 'x'.repeat(300) });
  encryption.open(encryption.openDataKey(wrapped, wrappingKeyId, 'input:1'), 'input:1', sealed);
}

/**
 * @param {number} times
 * @param {() => Promise<unknown>} work
 * @returns the median in milliseconds
 */
async function timed(times, work) {
  /** @type {number[]} */
  const values = [];
  for (let time = 0; time < times; time += 1) {
    const begun = performance.now();
    await work();
    values.push(performance.now() - begun);
  }
  return quantile(values);
}
