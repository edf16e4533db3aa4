import { createPseudonyms } from '../platform/pseudonyms';
import { openOffice } from '../test/setup/office';
import type { Office } from '../test/setup/office';
import { ring } from '../test/setup/keys';
import { signIn } from './clerk-sessions';
import { addClerk } from './clerks';
import { countTry } from './sign-in-tries';
import { rememberNonce } from './nonces';
import { sealInput } from './sealed-inputs';

let office: Office;

beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.end());

const MINUTE = 60_000;
const nothing = {
  sealedInputs: 0,
  sessions: 0,
  portraits: 0,
  windowCodes: 0,
  nonces: 0,
  rateLimits: 0,
  matters: 0,
  evidence: 0,
};
const pass = (ms: number) => {
  office.clock.now = new Date(office.clock.now.getTime() + ms);
};
const keyOwners = async () => {
  const rows = await office.store
    .knex('data_keys')
    .withSchema(`${office.store.databaseName}_keys`)
    .orderBy('owner')
    .select<{ owner: string }[]>('owner');
  return rows.map(({ owner }) => owner.split(':')[0]);
};

it('keeps what may be kept', async () => {
  await office.enter(office.vendors.holders[0]!);
  await office.seal('sign-1', { kind: 'signature' });
  expect(await office.activities.sweep()).toEqual(nothing);
  expect(await keyOwners()).toEqual(['input', 'journey', 'session']);
});

it('deletes with the key what nobody took, and sessions that are over', async () => {
  await office.enter(office.vendors.holders[0]!);
  for (let at = 0; at < 3; at += 1) await office.seal(`sign-${at}`, { kind: 'signature' });
  pass(11 * MINUTE);
  expect(await office.activities.sweep()).toEqual({ ...nothing, sealedInputs: 3 });
  expect(await keyOwners()).toEqual(['journey', 'session']);
  pass(12 * 60 * MINUTE);
  expect(await office.activities.sweep()).toEqual({ ...nothing, sessions: 1 });
  expect(await keyOwners()).toEqual(['journey']);
});

it('deletes sessions of clerks that are over, and keeps their accounts', async () => {
  const { knex } = office.store;
  const { now } = office.clock;
  const clerk = { login: 'zhang.san', password: 'correct horse battery staple' };
  await addClerk(knex, { ...clerk, name: '张三', role: 'clerk', scope: ['11'] }, now);
  await signIn(
    knex,
    { ...clerk, counted: [{ place: 'c'.repeat(64) }] },
    { slidingMinutes: 30, limitHours: 12 },
    now,
  );
  expect(await office.activities.sweep()).toEqual(nothing);
  pass(12 * 60 * MINUTE);
  expect(await office.activities.sweep()).toEqual({ ...nothing, sessions: 1 });
  expect(await knex('clerks').select('login')).toEqual([{ login: 'zhang.san' }]);
});

it('deletes face pictures after three days and keeps their hash', async () => {
  const { journey } = await office.enter(office.vendors.holders[0]!);
  const started = await office.activities.startFace({ journey, command: 'tap' });
  const attempt = 'attempt' in started ? started.attempt : '';
  const row = await office.store.knex('attempts').where({ id: attempt }).first('certify_id');
  await office.vendors.pass(String(row?.certify_id));
  await office.activities.queryFace({ attempt });
  pass(72 * 60 * MINUTE);
  expect(await office.activities.sweep()).toMatchObject({ portraits: 1 });
  expect(await office.activities.sweep()).toMatchObject({ portraits: 0 });
  const left = await office.store.knex('portraits').first('image', 'sha256');
  expect([left?.image.length, left?.sha256]).toEqual([0, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(await keyOwners()).toEqual(['journey']);
});

it('forgets nonces and counters of requests', async () => {
  const { knex } = office.store;
  const { now } = office.clock;
  await rememberNonce(knex, { keyId: 'k', nonce: 'n', expires: now }, now);
  const key = createPseudonyms(ring).rate('127.0.0.1');
  await knex('rate_limits').insert({ key, points: 1, expire: now.getTime() + MINUTE });
  await countTry(knex, { place: 'a'.repeat(64) }, new Date(now.getTime() - (24 * 60 - 5) * MINUTE));
  await countTry(knex, { place: 'b'.repeat(64) }, now);
  expect(await office.activities.sweep()).toEqual(nothing);
  pass(11 * MINUTE);
  expect(await office.activities.sweep()).toEqual({ ...nothing, nonces: 1, rateLimits: 2 });
});

it('the same tap, many times at once, is sealed once', async () => {
  const { store, clock } = office;
  await Promise.all(Array.from({ length: 20 }, () => sealInput(store, 'one', { kind: 'x' }, clock.now)));
  expect(await store.knex('sealed_inputs').select('id')).toEqual([{ id: 'one' }]);
});
