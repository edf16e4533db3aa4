import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { signerProofOf } from '../db/evidence/seals';
import { listNeglectedMatters } from '../db/maintenance/sweep';
import type { EvidenceSealRow } from '../db/tables';
import type { SignerProof } from '../evidence/signer/signer-proof';
import { signDetached, verifyDetached } from '../evidence/signing/jws';
import type { RawSigner } from '../evidence/signing/raw-signer';
import { TimeStampUnavailable } from '../evidence/time-stamp/time-stamper';
import { createLogger } from '../platform/logger';
import type { Holder } from '../sandbox/alipay/settings';
import { documents, startHarness } from '../test/setup/activity-harness';
import type { ActivityHarness, Entered, PushedToDo } from '../test/setup/activity-harness';
import { confirm, evidenceOf, withoutTerms } from '../test/setup/confirming';
import { startEvidenceAuthorities } from '../test/setup/evidence-authorities';
import type { EvidenceAuthorities } from '../test/setup/evidence-authorities';
import { createTestKey, keysOf } from '../test/setup/signing-key';
import { createEvidenceActivities } from './evidence';
import type { Sealing } from './evidence';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let authorities: EvidenceAuthorities;
let harness: ActivityHarness;
let holder: Holder;
let person: Entered;
let toDo: PushedToDo;
let matters = 0;
const log: string[] = [];
const logger = createLogger(
  { level: 'debug', name: 'worker' },
  new Writable({
    write(chunk: Buffer, _, done) {
      log.push(chunk.toString());
      done();
    },
  }),
);

beforeAll(async () => {
  harness = await startHarness();
  [holder] = harness.vendors.holders as [Holder];
  authorities = await startEvidenceAuthorities(() => harness.clock.now);
}, 90_000);
afterAll(async () => {
  await authorities.end();
  await harness.end();
});

// Each test has its own matter; authorities know no other time than the real one.
beforeEach(async () => {
  harness.clock.now = new Date();
  log.length = 0;
  person = await harness.enter(holder);
  toDo = await harness.push(holder, { externalId: `M-${(matters += 1)}` });
  await harness.owner('attempts').update({ day: '2020-01-01' });
});
afterEach(async () => {
  await authorities.mode('time-stamping', 'up');
  await authorities.mode('signer-ca', 'up');
});

const sealing = (changes: Partial<Sealing> = {}) =>
  createEvidenceActivities({
    ...{ store: harness.store, documents, logger, now: () => harness.clock.now },
    sealing: { ...authorities.sealing, ...changes },
  });
const seal = (changes: Partial<Sealing> = {}, { matter } = toDo) => sealing(changes).sealEvidence({ matter });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error: unknown) => (error as { type?: string }).type ?? (error as Error).message,
  );
const later = (ms: number) => {
  harness.clock.now = new Date(harness.clock.now.getTime() + ms);
};
const row = async ({ toDo: id } = toDo): Promise<EvidenceSealRow> => {
  const { knex } = harness.store;
  const evidence = await knex('evidence').where({ to_do_id: id }).first('id');
  return (await knex('evidence_seals').where({ evidence_id: evidence!.id }).first())!;
};
const statusOf = async ({ matter } = toDo) =>
  (await harness.activities.reevaluateMatter({ matter }))?.evidence;

it('signs, stamps and certifies what a person confirmed', async () => {
  await confirm(harness, person.journey, toDo);
  const { state, jws } = await row();
  expect([state, jws, await statusOf()]).toEqual(['unsealed', null, 'unsealed']);
  await seal();
  const sealed = await row();
  expect(sealed).toMatchObject({
    ...{
      state: 'complete',
      key_id: 'embedded-signing-1',
      signer: 'certificate',
      no_certificate_reason: null,
    },
  });
  const content = Buffer.from(await evidenceOf(harness, toDo.toDo));
  expect(verifyDetached(sealed.jws!, content, authorities.sealing.keys)).toMatchObject({ valid: true });
  expect(createHash('sha256').update(sealed.time_stamp!).digest('hex')).toBe(sealed.time_stamp_sha256);
  expect(sealed.stamped_at!.getTime()).toBeGreaterThanOrEqual(sealed.signed_at!.getTime());
  const proof = await signerProofOf<SignerProof>(harness.store, harness.store.knex, sealed);
  expect(proof!.certificates).toHaveLength(2);
  expect(await statusOf()).toBeUndefined();
});

it('a signature that somebody wrote into the row is not time-stamped', async () => {
  await confirm(harness, person.journey, toDo);
  const { evidence_id } = await row();
  for (const [jws, code] of [
    ['x', 'jws_malformed'],
    [await signDetached(authorities.sealing.signer, Buffer.from('{}'), new Date()), 'signature_wrong'],
  ] as const) {
    await harness.owner('evidence_seals').where({ evidence_id }).update({ jws, signed_at: new Date() });
    expect([await codeOf(seal()), (await row()).time_stamp]).toEqual([code, null]);
  }
});

it('an authority that is away is asked once, also where documents are made', async () => {
  await confirm(harness, person.journey, toDo);
  await seal({ timeStamper: undefined });
  const { evidence_id } = await row();
  await harness.owner('evidence_documents').where({ evidence_id }).delete();
  const notMade = { documents_made_at: null, state: 'unsealed' as const };
  await harness.owner('evidence_seals').where({ evidence_id }).update(notMade);
  later(DAY);
  let asked = 0;
  const timeStamper = {
    async stamp() {
      asked += 1;
      throw new TimeStampUnavailable('time_stamp_unreachable');
    },
  };
  expect(await codeOf(seal({ timeStamper }))).toBe('fine');
  expect([asked, (await row()).state]).toEqual([1, 'unstamped']);
});

it('the record names nobody outside of what is sealed', async () => {
  await confirm(harness, person.journey, toDo);
  await seal();
  const text = JSON.stringify(await row());
  for (const secret of [holder.name, holder.document.number, Buffer.from(holder.name).toString('base64')])
    expect(text).not.toContain(secret);
});

it('without authorities it is signed all the same, and says what it rests on', async () => {
  await confirm(harness, person.journey, toDo);
  await seal({ timeStamper: undefined, signerAuthority: undefined });
  expect(await row()).toMatchObject({
    ...{
      state: 'unstamped',
      time_stamp: null,
      signer: 'agreed-terms',
      no_certificate_reason: 'no-authority',
    },
  });
  // Without an authority for time stamps there is nothing to wait for.
  expect(await statusOf()).toBeUndefined();
  const { terms } = JSON.parse(await evidenceOf(harness, toDo.toDo)) as { terms: object };
  expect(terms).toEqual({ version: '2026-3', textHash: 'e'.repeat(64) });
});

it('while the time-stamping authority is down, the rest is sealed; the stamp comes later', async () => {
  await authorities.mode('time-stamping', 'down');
  await confirm(harness, person.journey, toDo);
  expect(await codeOf(seal())).toBe('time_stamp_unreachable');
  const { state, jws, signer } = await row();
  // The documents wait for the time stamp, as long as it may still come at once.
  expect([state, signer]).toEqual(['unsealed', 'certificate']);
  expect(log.join('')).toContain('"event":"sealing_authority_unavailable"');
  later(11 * MINUTE);
  // The workflow waits no longer, and the sweep takes over.
  expect(await codeOf(seal())).toBe('fine');
  expect((await row()).state).toBe('unstamped');
  const levels = await harness.store
    .knex('evidence_documents')
    .where({ evidence_id: (await row()).evidence_id })
    .distinct('level');
  expect(levels).toEqual([{ level: 'B-B' }]);
  later(5 * MINUTE);
  await statusOf();
  await harness.owner('deliveries').update({ state: 'acknowledged' });
  const neglected = async (stamps: boolean) =>
    (await listNeglectedMatters(harness.store.knex, { stamps }, harness.clock.now)).find(
      ({ id }) => id === toDo.matter,
    )?.neglect;
  expect([await neglected(true), await neglected(false)]).toEqual(['evidence-unstamped', undefined]);
  await authorities.mode('time-stamping', 'up');
  harness.clock.now = new Date();
  await seal();
  // The same signature was stamped.
  expect(await row()).toMatchObject({ state: 'complete', jws });
  later(20 * MINUTE);
  expect(await neglected(true)).toBeUndefined();
});

it('while the authority for certificates is down it is asked again, for an hour', async () => {
  await authorities.mode('signer-ca', 'down');
  await confirm(harness, person.journey, toDo);
  expect(await codeOf(seal())).toBe('signer_authority_unreachable');
  expect(await row()).toMatchObject({ state: 'unsealed', signer: null, jws: expect.any(String) });
  await authorities.mode('signer-ca', 'up');
  await seal();
  expect(await row()).toMatchObject({ state: 'complete', signer: 'certificate' });
});

it('after an hour the agreed terms remain, for good', async () => {
  await authorities.mode('signer-ca', '500');
  await confirm(harness, person.journey, toDo);
  expect(await codeOf(seal())).toBe('signer_authority_failed');
  later(61 * MINUTE);
  await seal();
  const terms = {
    signer: 'agreed-terms',
    no_certificate_reason: 'authority-unavailable',
    signer_proof: null,
  };
  expect(await row()).toMatchObject({ state: 'complete', ...terms });
  await authorities.mode('signer-ca', 'up');
  await seal();
  expect(await row()).toMatchObject(terms);
});

it('a refusal of the authority is recorded at once', async () => {
  await authorities.mode('signer-ca', 'refusal');
  await confirm(harness, person.journey, toDo);
  await seal();
  expect(await row()).toMatchObject({ signer: 'agreed-terms', no_certificate_reason: 'authority-refused' });
});

it('what was signed on paper claims no electronic signature', async () => {
  const { knex } = harness.store;
  const decision = { id: `paper-${matters}`, journey_id: person.journey, to_do_id: toDo.toDo };
  await knex('decisions').insert({
    ...{ ...decision, cause: 'in-person', decision: 'accept', state: 'approved', acceptance: 'on-site' },
    ...{ clerk: 'clerk-1', reviewer: 'clerk-2', paper_hash: 'f'.repeat(64) },
    ...{ decided_at: harness.clock.now, settled_at: harness.clock.now },
  });
  const { toDo: id, textHash } = toDo;
  await harness.activities.confirmOnPaper({
    ...{ journey: person.journey, toDo: id, textHash, decision: decision.id },
  });
  await seal();
  expect(await row()).toMatchObject({ state: 'complete', signer: 'on-paper', signer_proof: null });
});

it('what was signed before there were terms confirms its matter, and is sealed as what it is', async () => {
  await confirm(harness, person.journey, toDo);
  await withoutTerms(harness, toDo.toDo);
  expect(await harness.activities.reevaluateMatter({ matter: toDo.matter })).toMatchObject({
    ...{ state: 'confirmed', evidence: 'unsealed' },
  });
  await seal({ signerAuthority: undefined });
  expect(await row()).toMatchObject({
    ...{ state: 'complete', signer: 'before-terms', no_certificate_reason: 'no-authority' },
  });
});

it('evidence that proves nothing is not sealed, and holds up no other', async () => {
  const first = await harness.push(holder, { externalId: `M-${(matters += 1)}`, signaturePerRole: true });
  const { matter } = first;
  const rows = await harness.store.knex('confirmations').where({ matter_id: matter }).orderBy('role');
  const toDos = rows.map(({ to_do_id, text_hash }) => ({ ...first, toDo: to_do_id, textHash: text_hash }));
  for (const one of toDos) await confirm(harness, person.journey, one);
  const [altered, other] = toDos as [PushedToDo, PushedToDo];
  await harness
    .owner('evidence')
    .where({ to_do_id: altered.toDo })
    .update({ sha256: 'a'.repeat(64) });
  expect(await codeOf(seal({}, first))).toBe('evidence_altered');
  expect(await row(altered)).toMatchObject({ state: 'unsealed', jws: null });
  expect(await row(other)).toMatchObject({ state: 'complete' });
  expect(log.join('')).toContain('"event":"evidence_doubtful"');
});

it('what was refused after it was signed is not sealed', async () => {
  await confirm(harness, person.journey, toDo);
  const refusal = { journey: person.journey, toDo: toDo.toDo, reason: 'not-me', command: 'c-1' } as const;
  await harness.activities.refuse(refusal);
  expect(await statusOf()).toBeUndefined();
  await seal();
  expect(await row()).toMatchObject({ state: 'unsealed', jws: null });
});

it('two workers at once make one seal', async () => {
  await confirm(harness, person.journey, toDo);
  const others = await Promise.allSettled([seal(), seal(), seal(), seal()]);
  expect(others.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'fulfilled'));
  const { jws, time_stamp, ...rest } = await row();
  expect(rest).toMatchObject({ state: 'complete', signer: 'certificate' });
  await seal();
  expect(await row()).toMatchObject({ jws, time_stamp });
});

it('what does not fit into one call is left to the next', async () => {
  const first = await harness.push(holder, { externalId: `M-${(matters += 1)}`, signaturePerRole: true });
  const rows = await harness.store.knex('confirmations').where({ matter_id: first.matter }).orderBy('role');
  const toDos = rows.map(({ to_do_id, text_hash }) => ({ ...first, toDo: to_do_id, textHash: text_hash }));
  for (const one of toDos) await confirm(harness, person.journey, one);
  const { signer } = authorities.sealing;
  const slow = { ...signer, sign: (bytes: Buffer) => (later(2 * MINUTE), signer.sign(bytes)) };
  const states = async () => (await Promise.all(toDos.map(row))).map(({ state }) => state);
  expect(toDos).toHaveLength(2);
  await seal({ signer: slow, timeStamper: undefined, signerAuthority: undefined }, first);
  expect((await states()).sort()).toEqual(['unsealed', 'unstamped']);
  expect(await statusOf(first)).toBe('unsealed');
  await seal({ signer: slow, timeStamper: undefined, signerAuthority: undefined }, first);
  expect(await states()).toEqual(['unstamped', 'unstamped']);
});

it('a worker that is killed between signing and storing leaves nothing behind', async () => {
  await confirm(harness, person.journey, toDo);
  const { signer } = authorities.sealing;
  let isKilled = true;
  const dying: RawSigner = {
    ...signer,
    async sign(bytes) {
      const signature = await signer.sign(bytes);
      if (isKilled) throw new Error('killed');
      return signature;
    },
  };
  expect(await codeOf(seal({ signer: dying }))).toBe('killed');
  expect(await row()).toMatchObject({ state: 'unsealed', jws: null });
  isKilled = false;
  await seal({ signer: dying });
  expect(await row()).toMatchObject({ state: 'complete' });
});

it('a key that is not in use, or is not listed, seals nothing', async () => {
  await confirm(harness, person.journey, toDo);
  const retired = createTestKey('old', { until: new Date(Date.now() - MINUTE) });
  expect(await codeOf(seal({ signer: retired.signer, keys: keysOf(retired.key) }))).toBe('key_not_live');
  expect(await codeOf(seal({ signer: retired.signer }))).toBe('key_unknown');
  expect(await row()).toMatchObject({ state: 'unsealed', jws: null });
});

it('a key that was retired after it signed the evidence signs no documents', async () => {
  await confirm(harness, person.journey, toDo);
  await seal();
  const { evidence_id } = await row();
  await harness.owner('evidence_documents').where({ evidence_id }).delete();
  const notMade = { documents_made_at: null, state: 'unsealed' as const };
  await harness.owner('evidence_seals').where({ evidence_id }).update(notMade);
  later(MINUTE);
  const [key] = authorities.sealing.keys.all;
  const keys = keysOf({ ...key!, until: new Date(harness.clock.now.getTime() - 1000) });
  expect(await codeOf(seal({ keys }))).toBe('pdf_key_not_live');
  expect(await row()).toMatchObject({ state: 'unsealed', documents_made_at: null });
});

it('a carried-over confirmation shares evidence and seal', async () => {
  await confirm(harness, person.journey, toDo);
  const next = await harness.push(holder, { externalId: `M-${matters}`, version: 2 });
  expect(await statusOf(next)).toBe('unsealed');
  await seal({}, next);
  expect(await row()).toMatchObject({ state: 'complete' });
  expect([await statusOf(), await statusOf(next)]).toEqual([undefined, undefined]);
});

it('the sweep finds what nobody has sealed', async () => {
  await confirm(harness, person.journey, toDo);
  await harness.activities.reevaluateMatter({ matter: toDo.matter });
  const find = async () =>
    (await listNeglectedMatters(harness.store.knex, { stamps: true }, harness.clock.now)).filter(
      ({ id, neglect }) => id === toDo.matter && neglect !== 'callback-waiting',
    );
  expect(await find()).toEqual([]);
  later(6 * MINUTE);
  await harness.owner('deliveries').update({ state: 'acknowledged' });
  expect(await find()).toEqual([{ id: toDo.matter, neglect: 'evidence-unsealed' }]);
});

it('the sweep begins with what it looked at longest ago', async () => {
  const toDos = [toDo, await harness.push(holder, { externalId: `M-${(matters += 1)}` })];
  for (const one of toDos) await confirm(harness, person.journey, one);
  await harness.owner('deliveries').update({ state: 'acknowledged' });
  await harness.owner('matters').update({ state: 'confirmed' });
  later(6 * MINUTE);
  const ids = toDos.map(({ matter }) => matter);
  for (const last of ids) {
    await harness.owner('matters').update({ swept_at: new Date(harness.clock.now.getTime() - DAY) });
    await harness.owner('matters').where({ id: last }).update({ swept_at: harness.clock.now });
    const found = await listNeglectedMatters(harness.store.knex, { stamps: true }, harness.clock.now);
    const order = found.map(({ id }) => id).filter((id) => ids.includes(id));
    expect(order).toEqual([...ids.filter((id) => id !== last), last]);
  }
});

/** The retention, a year or six after everything was told. */
const deleteAfter = async (days: number) => {
  later(days * DAY);
  await harness.activities.reevaluateMatter({ matter: toDo.matter });
  await harness.owner('deliveries').update({ state: 'acknowledged' });
  later(days * DAY);
  await harness.activities.deleteExpired();
};

it('what is signed gets its time stamp also after its matter was deleted', async () => {
  await confirm(harness, person.journey, toDo);
  await seal({ timeStamper: undefined });
  await deleteAfter(366);
  expect(await row()).toMatchObject({ state: 'unstamped' });
  harness.clock.now = new Date();
  await seal();
  expect(await row()).toMatchObject({ state: 'complete' });
});

it.each([
  ['its matter', 366, undefined],
  ['the evidence', 6 * 366, { timeStamper: undefined }],
])('nobody tries any more to seal what lacks something when %s was deleted', async (_, days, sealed) => {
  await confirm(harness, person.journey, toDo);
  if (sealed) await seal(sealed);
  await deleteAfter(days);
  expect([(await row()).state, await statusOf()]).toEqual(['ended', undefined]);
  const found = await listNeglectedMatters(harness.store.knex, { stamps: true }, harness.clock.now);
  expect(found.map(({ id }) => id)).not.toContain(toDo.matter);
  expect(await codeOf(seal())).toBe('fine');
});

it('without an authority for time stamps nothing is opened that lacks only a stamp', async () => {
  await confirm(harness, person.journey, toDo);
  await seal({ timeStamper: undefined });
  await harness.store.dataKeys.drop(harness.store.knex, [`evidence:${(await row()).evidence_id}`]);
  expect(await codeOf(seal({ timeStamper: undefined }))).toBe('fine');
  expect(await codeOf(seal())).toBe('evidence_unreadable');
});

it('a matter is opened once, however many have confirmed', async () => {
  const first = await harness.push(holder, { externalId: `M-${(matters += 1)}`, signaturePerRole: true });
  const rows = await harness.store.knex('confirmations').where({ matter_id: first.matter });
  for (const { to_do_id, text_hash } of rows) {
    await confirm(harness, person.journey, { ...first, toDo: to_do_id, textHash: text_hash });
  }
  const opened = jest.spyOn(harness.store.encryption, 'open');
  await seal({ timeStamper: undefined }, first);
  const contexts = opened.mock.calls.map(([, context]) => context);
  opened.mockRestore();
  expect(rows.length).toBeGreaterThan(1);
  expect(contexts.filter((context) => context === `matter:${first.matter}:content`)).toHaveLength(1);
});

it('the seal stays when the evidence can be read no more', async () => {
  await confirm(harness, person.journey, toDo);
  await seal();
  later(6 * 366 * DAY);
  await harness.owner('deliveries').update({ state: 'acknowledged' });
  await harness.activities.reevaluateMatter({ matter: toDo.matter });
  await harness.owner('deliveries').update({ state: 'acknowledged' });
  await harness.activities.deleteExpired();
  const sealed = await row();
  expect(sealed).toMatchObject({ state: 'complete', jws: expect.any(String) });
  expect(await signerProofOf(harness.store, harness.store.knex, sealed)).toBeUndefined();
});
