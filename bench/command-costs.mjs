import { createRequire } from 'node:module';
import { randomBytes, randomUUID } from 'node:crypto';
import { createPhone } from '../test/drivers/phone.mjs';
import { quantile, row } from './results.mjs';

const require = createRequire(import.meta.url);
const { createEncryption } = require('../dist/platform/encryption.js');
const { createPseudonyms } = require('../dist/platform/pseudonyms.js');
const { saveJourney } = require('../dist/db/journeys/journeys.js');

/** Measures each part of a command separately, to find the slowest part. */
export async function measureCommandCosts({ urls, store, takePersons, times }) {
  const [person] = takePersons(1);
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
  let { revision } = before;
  // Only the projection advances, and the workflow does not. No later command reaches this journey.
  const database = await timed(times, () => {
    revision += 1;
    const projection = { journey, step: 'face', allowed: [], codes: [], revision };
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

  async function signIn(one) {
    await createPhone({ urls, person: one }).signIn();
  }
}

const key = (id) => ({ id, bytes: randomBytes(32) });
const ring = {
  wrapping: [key('wrapping')],
  commands: [key('commands')],
  person: key('person'),
  account: key('account'),
  identifier: key('identifier'),
};
const encryption = createEncryption(ring);
const pseudonyms = createPseudonyms(ring);

function sealAndOpen() {
  pseudonyms.updateId('account', randomUUID(), 'enter', 'x'.repeat(300));
  const { key: dataKey, wrapped, wrappingKeyId } = encryption.createDataKey('input:1');
  const sealed = encryption.seal(dataKey, 'input:1', { name: 'x'.repeat(300) });
  encryption.open(encryption.openDataKey(wrapped, wrappingKeyId, 'input:1'), 'input:1', sealed);
}

async function timed(times, work) {
  const values = [];
  for (let time = 0; time < times; time += 1) {
    const begun = performance.now();
    await work();
    values.push(performance.now() - begun);
  }
  return quantile(values);
}
