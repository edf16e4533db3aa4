import { createHash } from 'node:crypto';
import { withdrawConsent } from '../db/journeys/consents';
import { portraitOf } from '../db/attempts/portraits';
import { startHarness } from '../test/setup/activity-harness';
import type { Entered, ActivityHarness } from '../test/setup/activity-harness';
import { codeOf } from './failures';

let harness: ActivityHarness;
let person: Entered;

beforeEach(async () => {
  harness = await startHarness();
  person = await harness.enter(harness.vendors.holders[0]!);
});
afterEach(() => harness.end());

let commands = 0;
const start = (about?: { toDo: string; textHash: string }, command = `command-${(commands += 1)}`) =>
  harness.activities.startFace({ journey: person.journey, command, about });

/** Starts a check. @returns our attempt and the vendor's bill */
async function opened(about?: { toDo: string; textHash: string }) {
  const result = await start(about);
  if (result.outcome !== 'started') throw new Error(result.outcome);
  const row = await harness.store.knex('attempts').where({ id: result.attempt }).first('certify_id');
  return { attempt: result.attempt, certifyId: String(row?.certify_id) };
}

const query = (attempt: string) => harness.activities.queryFace({ attempt });
const attempts = () => harness.store.knex('attempts').select('state', 'codes').orderBy('started_at');
const states = async () => (await attempts()).map(({ state }) => state);

describe('starting a face check', () => {
  it('opens one bill for each command, however often it is repeated', async () => {
    const results = [await start(undefined, 'one'), await start(undefined, 'one')];
    expect(results[0]).toEqual(results[1]);
    expect(await harness.vendors.bills()).toMatchObject([{ state: 'initialized', times: 1 }]);
  });

  it('continues the open check at another command, instead of debiting a second attempt', async () => {
    expect(await start()).toEqual(await start());
    expect(await states()).toEqual(['started']);
  });

  it.each(['lost-reply', 'duplicate'])('after %s finds the bill again by its order number', async (mode) => {
    await harness.vendors.mode(mode, { method: 'alipay.user.certify.open.initialize', times: 1 });
    const first = await start(undefined, 'one').catch((error: unknown) => codeOf(error));
    if (mode === 'lost-reply') expect(first).toBe('alipay_reply_lost');
    const { attempt } = (await start(undefined, 'one')) as { attempt: string };
    const bills = await harness.vendors.bills();
    expect(bills.map(({ outerOrderNo }) => outerOrderNo)).toEqual([attempt]);
    expect(await states()).toEqual(['started']);
  });

  it('opens no new check when the vendor says that the earlier one was passed', async () => {
    const { attempt, certifyId } = await opened();
    await harness.vendors.pass(certifyId);
    expect(await start()).toEqual({ outcome: 'passed', attempt });
    expect((await harness.vendors.bills()).length).toBe(1);
  });

  it('opens a new check when the earlier one has expired, which costs no attempt', async () => {
    const { certifyId } = await opened();
    await harness.vendors.expire(certifyId);
    expect(await start()).toMatchObject({ outcome: 'started' });
    expect((await states()).sort()).toEqual(['refunded', 'started']);
  });

  it('is rejected when the failures of the day are used up', async () => {
    for (let tries = 0; tries < 4; tries += 1) {
      const { attempt, certifyId } = await opened();
      await harness.vendors.pass(certifyId, 'not-same-person');
      await query(attempt);
    }
    expect(await start()).toEqual({ outcome: 'used-up', code: 'attempts_used_up' });
    harness.clock.now = new Date(harness.clock.now.getTime() + 24 * 3_600_000);
    expect(await start()).toMatchObject({ outcome: 'started' });
  });

  it('is rejected earlier for one matter than for the day', async () => {
    const { toDo, textHash } = await harness.push(harness.vendors.holders[0]!);
    for (let tries = 0; tries < 2; tries += 1) {
      const { attempt, certifyId } = await opened({ toDo, textHash });
      await harness.vendors.pass(certifyId, 'poor-picture');
      await query(attempt);
    }
    expect(await start({ toDo, textHash })).toEqual({ outcome: 'used-up', code: 'matter_attempts_used_up' });
    expect(await start()).toMatchObject({ outcome: 'started' });
  });

  it('asks the person to sign in again when the session has ended', async () => {
    await harness.store.knex('sessions').delete();
    expect(await start()).toEqual({ outcome: 'signed-out' });
  });
});

describe('the result of a face check', () => {
  it('passed: keeps the picture, sealed, and is the same when asked again', async () => {
    const { attempt, certifyId } = await opened();
    await harness.vendors.pass(certifyId);
    expect(await query(attempt)).toEqual({ outcome: 'passed', attempt });
    expect(await query(attempt)).toEqual({ outcome: 'passed', attempt });
    const portrait = await portraitOf(harness.store, attempt, harness.clock.now);
    const row = await harness.store.knex('portraits').first('sha256', 'image');
    expect(createHash('sha256').update(portrait!.image).digest('hex')).toBe(row?.sha256);
    expect(row?.image.includes(portrait!.image.subarray(0, 32))).toBe(false);
    const later = new Date(harness.clock.now.getTime() + 73 * 3_600_000);
    expect(await portraitOf(harness.store, attempt, later)).toBeUndefined();
  });

  it.each([
    ['not-same-person', 'face_portrait_mismatch'],
    ['poor-picture', 'face_picture_poor'],
  ])('%s: counts as failed, with its own advice', async (outcome, code) => {
    const { attempt, certifyId } = await opened();
    await harness.vendors.pass(certifyId, outcome);
    expect(await query(attempt)).toEqual({ outcome: 'failed', codes: [code] });
    expect(await query(attempt)).toEqual({ outcome: 'failed', codes: [code] });
    expect(await states()).toEqual(['failed']);
  });

  it.each([
    ['Z1146 is not in the table', {}, 'result_undecidable'],
    ['it means that there is no photo', { Z1146: 'source-unusable' }, 'source_unusable'],
    ['it means that the vendor cannot tell', { Z1146: 'undecidable' }, 'result_undecidable'],
  ] as const)('failed, and %s: costs nothing and needs a human', async (_, faceFailReasons, type) => {
    const { attempt, certifyId } = await opened();
    await harness.vendors.pass(certifyId, 'poor-picture');
    const { store } = harness;
    const configured = await startHarness({ store, alipay: harness.vendors.alipay, faceFailReasons });
    const asking = configured.activities.queryFace({ attempt });
    await expect(asking).rejects.toMatchObject({ type, nonRetryable: true });
    expect(await states()).toEqual(['refunded']);
    // After a decision there is a new check.
    expect(await configured.activities.queryFace({ attempt })).toEqual({ outcome: 'void' });
    const unknown = configured.log.filter((line) => line.includes('face_reason_unknown'));
    expect(unknown.length).toBe('Z1146' in faceFailReasons ? 0 : 1);
    await configured.end();
  });

  it("failed by the vendor's own fault: costs no attempt, and is the same when asked again", async () => {
    const { attempt, certifyId } = await opened();
    await harness.vendors.pass(certifyId, 'poor-picture');
    const { store } = harness;
    const reasons = { Z1146: 'unavailable' } as const;
    const configured = await startHarness({
      store,
      alipay: harness.vendors.alipay,
      faceFailReasons: reasons,
    });
    const result = { outcome: 'failed', codes: ['face_check_unavailable'] };
    expect(await configured.activities.queryFace({ attempt })).toEqual(result);
    expect(await configured.activities.queryFace({ attempt })).toEqual(result);
    expect(await states()).toEqual(['refunded']);
    await configured.end();
  });

  it.each(['leave', 'network-loss'])('%s: the same check can be gone on with', async (outcome) => {
    const { attempt, certifyId } = await opened();
    await harness.vendors.pass(certifyId, outcome);
    expect(await query(attempt)).toEqual({ outcome: 'unfinished', attempt });
    await harness.vendors.pass(certifyId);
    expect(await query(attempt)).toEqual({ outcome: 'passed', attempt });
  });

  it('expired: is void and costs no attempt', async () => {
    const { attempt, certifyId } = await opened();
    await harness.vendors.expire(certifyId);
    expect(await query(attempt)).toEqual({ outcome: 'void' });
    expect(await states()).toEqual(['refunded']);
  });

  it('is void for a check that nobody opened', async () => {
    expect(await query('0'.repeat(32))).toEqual({ outcome: 'void' });
  });

  it('is not accepted without a valid signature', async () => {
    const { attempt, certifyId } = await opened();
    await harness.vendors.pass(certifyId);
    await harness.vendors.mode('unsigned');
    await expect(query(attempt)).rejects.toMatchObject({ type: 'alipay_answer_unverified' });
    expect(await states()).toEqual(['started']);
  });

  /** The same activities, with a vendor that adds this to a passed face check. */
  const finding = (payload: { attackFlag?: boolean; score?: number }) =>
    startHarness({
      store: harness.store,
      alipay: { ...harness.vendors.alipay, queryFaceCheck: async () => ({ outcome: 'passed', ...payload }) },
    });

  it('is a failed check if there is an attack flag, which is recorded', async () => {
    const { attempt } = await opened();
    const flagged = await finding({ attackFlag: true });
    expect(await flagged.activities.queryFace({ attempt })).toMatchObject({ outcome: 'failed' });
    expect(await harness.store.knex('attempts').select('state', 'attack')).toEqual([
      { state: 'failed', attack: 1 },
    ]);
    await flagged.end();
  });

  it('is recorded with the similarity of the faces, if the vendor reports it', async () => {
    const { attempt } = await opened();
    const scored = await finding({ score: 93.75 });
    expect(await scored.activities.queryFace({ attempt })).toEqual({ outcome: 'passed', attempt });
    expect(await harness.store.knex('attempts').select('state', 'attack', 'score')).toEqual([
      { state: 'passed', attack: 0, score: '93.75' },
    ]);
    await scored.end();
  });
});

it('nobody can read a picture once the person has taken back the consent', async () => {
  const { attempt, certifyId } = await opened();
  await harness.vendors.pass(certifyId);
  await query(attempt);
  await withdrawConsent(harness.store, { journey: person.journey, kind: 'face-check' }, harness.clock.now);
  expect(await portraitOf(harness.store, attempt, harness.clock.now)).toBeUndefined();
  const row = await harness.store.knex('portraits').first('image', 'sha256');
  expect([row?.image.length, row?.sha256]).toEqual([0, expect.stringMatching(/^[0-9a-f]{64}$/)]);
});

it('turning back before there is a result refunds the attempt', async () => {
  await opened();
  await harness.activities.refundFaceCheck({ journey: person.journey });
  expect(await states()).toEqual(['refunded']);
});

it('for a document whose holder Alipay cannot compare, the account is debited until a face check has passed', async () => {
  const holder = harness.vendors.holders.find(({ document }) => document.type === 'hmt-residence-permit')!;
  const other = await harness.enter(holder);
  expect(await harness.activities.checkCertificate({ journey: other.journey, command: other.input })).toEqual(
    {
      outcome: 'passed',
      bankCard: false,
    },
  );
  for (let tries = 0; tries < 4; tries += 1) {
    const started = await harness.activities.startFace({ journey: other.journey, command: `hmt-${tries}` });
    const attempt = 'attempt' in started ? started.attempt : '';
    const row = await harness.store.knex('attempts').where({ id: attempt }).first('certify_id', 'debits');
    expect(row?.debits).toBe('account');
    await harness.vendors.pass(String(row?.certify_id), 'not-same-person');
    await query(attempt);
  }
  const again = { journey: other.journey, command: 'hmt-again' };
  expect(await harness.activities.startFace(again)).toEqual({ outcome: 'used-up', code: 'attempts_used_up' });
  // The same person is not locked out on an account of their own.
  const own = await harness.enter({ ...holder, account: 'tester-9', openId: 'another-open-id' });
  const free = { journey: own.journey, command: 'own-account' };
  expect(await harness.activities.startFace(free)).toMatchObject({ outcome: 'started' });
});
