import { createHash } from 'node:crypto';
import { signature } from '../../test/setup/confirming';
import { createPseudonyms } from '../../platform/pseudonyms';
import { startHarness } from '../../test/setup/activity-harness';
import type { ActivityHarness } from '../../test/setup/activity-harness';
import { ring } from '../../test/setup/keys';
import { inTurn } from '../../test/setup/lock-waits';
import { signIn } from '../clerks/sessions';
import { addClerk } from '../clerks/clerks';
import { createBatch } from '../decisions/batches';
import { countTry } from '../clerks/sign-in-tries';
import { deleteUnnamedDocuments, documentOf, keepDocument } from '../matters/application-documents';
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
  scans: 0,
  nonces: 0,
  worklistChanges: 0,
  batches: 0,
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

it('deletes what open pages of clerks were told, after an hour', async () => {
  const { knex } = harness.store;
  const { now } = harness.clock;
  const change = { journey_id: 'journey-1', scopes: '11', is_waiting: 1 as const };
  await knex('worklist_changes').insert([
    { ...change, changed_at: new Date(now.getTime() - 3_600_000) },
    { ...change, changed_at: new Date(now.getTime() - 3_599_999) },
  ]);
  expect(await harness.activities.deleteExpired()).toEqual({ ...nothing, worklistChanges: 1 });
  expect(await knex('worklist_changes').select('id')).toHaveLength(1);
});

it('deletes batches of decisions with their items after thirty days', async () => {
  const { knex } = harness.store;
  const clerk = await harness.addClerk('clerk', ['national']);
  const { now } = harness.clock;
  const batch = (id: string) => ({ id, clerk, decision: 'retry', reason: 'service-restored' }) as const;
  const items = [{ journey: 'journey-1', revision: 1 }];
  const THIRTY_DAYS = 30 * 24 * 60 * MINUTE;
  await createBatch(knex, { ...batch('old'), items }, new Date(now.getTime() - THIRTY_DAYS));
  await createBatch(knex, { ...batch('new'), items }, new Date(now.getTime() - THIRTY_DAYS + 1));
  expect(await harness.activities.deleteExpired()).toEqual({ ...nothing, batches: 1 });
  expect(await knex('decision_batches').select('id')).toEqual([{ id: 'new' }]);
  expect(await knex('decision_batch_items').select('batch_id')).toEqual([{ batch_id: 'new' }]);
});

describe('documents', () => {
  const REGISTRY = 'test-registry';
  const DAY = 24 * 60 * MINUTE;
  const content = Buffer.from('%PDF-1.7 of a matter');
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file = { registry: REGISTRY, sha256 };
  const upload = () => keepDocument(harness.store, { ...file, content }, harness.clock.now);
  const isKept = async () => (await documentOf(harness.store, file)) !== undefined;
  const keysOfDocuments = async () => (await keyOwners()).filter((kind) => kind === 'document').length;
  const push = () => harness.push(harness.vendors.holders[0]!, { documents: [{ name: '章程', sha256 }] });

  it('that no matter names are deleted with their keys after a day', async () => {
    await upload();
    pass(DAY - MINUTE);
    expect(await harness.activities.deleteExpired()).toMatchObject({ documents: 0 });
    expect([await isKept(), await keysOfDocuments()]).toEqual([true, 1]);
    pass(MINUTE);
    expect(await harness.activities.deleteExpired()).toMatchObject({ documents: 1 });
    expect([await isKept(), await keysOfDocuments()]).toEqual([false, 0]);
    expect(await harness.store.knex('application_document_parts').select('part')).toEqual([]);
    expect(await upload()).toBe('kept');
  });

  it('that are uploaded again begin a new day', async () => {
    await upload();
    pass(DAY - MINUTE);
    expect(await upload()).toBe('known');
    pass(DAY - MINUTE);
    expect(await harness.activities.deleteExpired()).toMatchObject({ documents: 0 });
  });

  it('that a matter names live until it is erased', async () => {
    await upload();
    const { matter } = await push();
    await harness.store.knex('deliveries').update({ state: 'acknowledged' });
    await harness.store.knex('matters').update({ state: 'withdrawn', decided_at: harness.clock.now });
    pass(365 * DAY - MINUTE);
    expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 0, documents: 0 });
    expect(await isKept()).toBe(true);
    pass(MINUTE);
    expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 1, documents: 1 });
    expect([await isKept(), await keysOfDocuments()]).toEqual([false, 0]);
    // Which documents it named is still known, by pseudonyms.
    expect(await harness.store.knex('matter_documents')).toEqual([
      { matter_id: matter, document_id: harness.store.pseudonyms.applicationDocument(REGISTRY, sha256) },
    ]);
  });

  it('that two matters name live until both are erased', async () => {
    await upload();
    const first = await push();
    await harness.push(harness.vendors.holders[0]!, {
      ...{ externalId: 'M-2', documents: [{ name: '章程', sha256 }] },
    });
    pass(2 * DAY);
    const ended = {
      state: 'withdrawn' as const,
      decided_at: new Date(harness.clock.now.getTime() - 10_000 * DAY),
    };
    await harness.store.knex('deliveries').update({ state: 'acknowledged' });
    await harness.store.knex('matters').where({ id: first.matter }).update(ended);
    expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 1, documents: 0 });
    await harness.store.knex('matters').update(ended);
    expect(await harness.activities.deleteExpired()).toMatchObject({ matters: 1, documents: 1 });
  });

  const wait = <T>(...calls: (() => Promise<T>)[]) => {
    const id = harness.store.pseudonyms.applicationDocument(REGISTRY, sha256);
    const sql = 'SELECT id FROM application_documents WHERE id = ? FOR UPDATE';
    return inTurn(harness.store, { sql, values: [id] }, calls);
  };
  const deletion = () =>
    deleteUnnamedDocuments(harness.store, new Date(harness.clock.now.getTime() - DAY), 10);

  it.each<[string, () => Promise<unknown>]>([
    ['uploaded again', upload],
    ['named', push],
  ])('that are %s meanwhile are not deleted', async (_, use) => {
    await upload();
    pass(2 * DAY);
    const [, deleted] = await wait<unknown>(use, deletion);
    expect([deleted, await isKept()]).toEqual([0, true]);
  });

  it('that are uploaded again just after they were deleted are kept anew', async () => {
    await upload();
    pass(2 * DAY);
    expect(await wait<unknown>(deletion, upload)).toEqual([1, 'kept']);
    expect([await isKept(), await keysOfDocuments()]).toEqual([true, 1]);
  });
});

it('the same command, many times at once, is sealed once', async () => {
  const { store, clock } = harness;
  await Promise.all(Array.from({ length: 20 }, () => sealInput(store, 'one', signature, clock.now)));
  expect(await store.knex('sealed_inputs').select('id')).toEqual([{ id: 'one' }]);
});
