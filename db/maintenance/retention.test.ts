import { signature } from '../../test/setup/confirming';
import { createPseudonyms } from '../../platform/pseudonyms';
import { startHarness } from '../../test/setup/activity-harness';
import type { ActivityHarness } from '../../test/setup/activity-harness';
import { ring } from '../../test/setup/keys';
import { signIn } from '../clerks/sessions';
import { addClerk } from '../clerks/clerks';
import { countTry } from '../clerks/sign-in-tries';
import { recordNonce } from '../matters/nonces';
import { sealInput } from '../store/sealed-inputs';

let harness: ActivityHarness;

beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.end());

const MINUTE = 60_000;
const nothing = {
  sealedInputs: 0,
  sessions: 0,
  portraits: 0,
  windowCodes: 0,
  nonces: 0,
  rateLimits: 0,
  matters: 0,
  documents: 0,
  complaints: 0,
  evidence: 0,
};
const pass = (ms: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + ms);
};
const keyOwners = async () => {
  const rows = await harness.store
    .knex('data_keys')
    .withSchema(`${harness.store.databaseName}_keys`)
    .orderBy('owner')
    .select('owner');
  return rows.map(({ owner }) => owner.split(':')[0]);
};

it('keeps what may be kept', async () => {
  await harness.enter(harness.vendors.holders[0]!);
  await harness.seal('sign-1', signature);
  expect(await harness.activities.deleteExpired()).toEqual(nothing);
  expect(await keyOwners()).toEqual(['input', 'journey', 'session']);
});

it('deletes with the key what nobody took, and sessions that are over', async () => {
  await harness.enter(harness.vendors.holders[0]!);
  for (let at = 0; at < 3; at += 1) await harness.seal(`sign-${at}`, signature);
  pass(11 * MINUTE);
  expect(await harness.activities.deleteExpired()).toEqual({ ...nothing, sealedInputs: 3 });
  expect(await keyOwners()).toEqual(['journey', 'session']);
  pass(12 * 60 * MINUTE);
  expect(await harness.activities.deleteExpired()).toEqual({ ...nothing, sessions: 1 });
  expect(await keyOwners()).toEqual(['journey']);
});

it('deletes sessions of clerks that are over, and keeps their accounts', async () => {
  const { knex } = harness.store;
  const { now } = harness.clock;
  const clerk = { login: 'zhang.san', password: 'correct horse battery staple' };
  await addClerk(knex, { ...clerk, name: '张三', role: 'clerk', scope: ['11'] }, now);
  await signIn(
    knex,
    { ...clerk, counted: [{ place: 'c'.repeat(64) }] },
    { slidingMinutes: 30, limitHours: 12 },
    now,
  );
  expect(await harness.activities.deleteExpired()).toEqual(nothing);
  pass(12 * 60 * MINUTE);
  expect(await harness.activities.deleteExpired()).toEqual({ ...nothing, sessions: 1 });
  expect(await knex('clerks').select('login')).toEqual([{ login: 'zhang.san' }]);
});

it('deletes face pictures after three days and keeps their hash', async () => {
  const { journey } = await harness.enter(harness.vendors.holders[0]!);
  const started = await harness.activities.startFace({ journey, command: 'command' });
  const attempt = 'attempt' in started ? started.attempt : '';
  const row = await harness.store.knex('attempts').where({ id: attempt }).first('certify_id');
  await harness.vendors.pass(String(row?.certify_id));
  await harness.activities.queryFace({ attempt });
  pass(72 * 60 * MINUTE);
  expect(await harness.activities.deleteExpired()).toMatchObject({ portraits: 1 });
  expect(await harness.activities.deleteExpired()).toMatchObject({ portraits: 0 });
  const left = await harness.store.knex('portraits').first('image', 'sha256');
  expect([left?.image.length, left?.sha256]).toEqual([0, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(await keyOwners()).toEqual(['journey']);
});

it('forgets nonces and counters of requests', async () => {
  const { knex } = harness.store;
  const { now } = harness.clock;
  await recordNonce(knex, { keyId: 'k', nonce: 'n', expires: now }, now);
  const key = createPseudonyms(ring).rate('127.0.0.1');
  await knex('rate_limits').insert({ key, points: 1, expire: now.getTime() + MINUTE });
  await countTry(knex, { place: 'a'.repeat(64) }, new Date(now.getTime() - (24 * 60 - 5) * MINUTE));
  await countTry(knex, { place: 'b'.repeat(64) }, now);
  expect(await harness.activities.deleteExpired()).toEqual(nothing);
  pass(11 * MINUTE);
  expect(await harness.activities.deleteExpired()).toEqual({ ...nothing, nonces: 1, rateLimits: 2 });
});

it('the same command, many times at once, is sealed once', async () => {
  const { store, clock } = harness;
  await Promise.all(Array.from({ length: 20 }, () => sealInput(store, 'one', signature, clock.now)));
  expect(await store.knex('sealed_inputs').select('id')).toEqual([{ id: 'one' }]);
});
