import type { Command } from '../domain/steps';
import { createDoubles } from '../test/setup/activity-doubles';
import type { Doubles } from '../test/setup/activity-doubles';
import {
  causeInSearch,
  face,
  JourneyDriver,
  rejectionOf,
  signed,
  toDo,
  verified,
} from '../test/setup/journey-driver';
import { skipTime } from '../test/setup/time-skipping';
import type { SkippingTime } from '../test/setup/time-skipping';

let time: SkippingTime;
let doubles: Doubles;

beforeAll(async () => {
  const created = createDoubles();
  doubles = created.doubles;
  time = await skipTime(created.activities);
}, 180_000);
afterAll(() => time.stop());
beforeEach(() => {
  doubles.failing.clear();
  doubles.faceResults = [];
  doubles.holder = undefined;
});

const enter = () => new JourneyDriver(time, doubles).enter();

const clerk = { clerk: 'clerk' };
const accepting = {
  decision: 'accept',
  reason: 'online-check-failed',
  acceptance: 'on-site',
  paperHash: 'f'.repeat(64),
  ...clerk,
};

describe('a journey that is stuck', () => {
  it('shows its cause when a vendor is down, and continues at the same step after a decision', async () => {
    const journey = await enter();
    doubles.failing.set('startFace', { code: 'alipay_timeout' });
    expect((await journey.send('start-face')).step).toBe('stuck');
    expect(journey.projection).toMatchObject({ cause: 'vendor-unavailable' });
    expect(await causeInSearch(journey)).toBe('vendor-unavailable');
    doubles.failing.clear();
    expect(
      (await journey.send('decide', { decision: 'retry', reason: 'check-once-more', ...clerk })).step,
    ).toBe('face');
    expect(journey.projection?.cause).toBeUndefined();
    expect(await causeInSearch(journey)).toBeUndefined();
  });

  it('tries again by itself, less and less often, and accepts commands once the vendor is back', async () => {
    const journey = await enter();
    doubles.failing.set('startFace', { code: 'alipay_timeout' });
    expect((await journey.send('start-face')).step).toBe('stuck');
    const tries = doubles.calls.get('startFace') ?? 0;
    await time.environment.sleep('4 minutes');
    // One minute and three minutes later, five times each.
    expect(doubles.calls.get('startFace')).toBe(tries + 10);
    expect(await causeInSearch(journey)).toBe('vendor-unavailable');
    expect(journey.projection).toMatchObject({ step: 'stuck' });
    doubles.failing.clear();
    await time.environment.sleep('6 minutes');
    expect(journey.projection).toMatchObject({ step: 'face' });
    expect(await causeInSearch(journey)).toBeUndefined();
    journey.view = { ...journey.view, revision: journey.projection!.revision };
    expect((await journey.walk(['report-face'])).step).toBe('bank-card');
  });

  it('does not repeat by itself a call that a vendor refused', async () => {
    doubles.failing.set('checkCertificate', { code: 'alipay_refused', nonRetryable: true });
    const journey = await enter();
    const tries = doubles.calls.get('checkCertificate');
    // Longer than a journey may be idle. A journey that waits for a clerk is not idle.
    await time.environment.sleep('8 days');
    expect(doubles.calls.get('checkCertificate')).toBe(tries);
    doubles.failing.clear();
    expect(
      (await journey.send('decide', { decision: 'retry', reason: 'check-once-more', ...clerk })).step,
    ).toBe('face');
  });

  it('has different causes for a refusal by the vendor and for a failure of our own', async () => {
    const causes = [];
    for (const failure of [{ code: 'alipay_refused', nonRetryable: true }, { code: 'internal' }]) {
      doubles.failing.set('checkCertificate', failure);
      const journey = await enter();
      causes.push(journey.projection?.cause);
      expect(
        await journey.send('decide', { decision: 'close', reason: 'person-asks', ...clerk }),
      ).toMatchObject({
        step: 'closed',
        codes: ['closed_by_clerk'],
      });
    }
    expect(causes).toEqual(['vendor-refused', 'system-fault']);
  });

  it('lets the person go on with other matters while one is stuck', async () => {
    const journey = await enter();
    await journey.walk(...verified, ['confirm', toDo]);
    doubles.failing.set('startFace', { code: 'alipay_timeout' });
    expect(await journey.send('start-face')).toMatchObject({
      step: 'stuck',
      allowed: ['ask-in-person', 'back', 'refuse', 'close'],
    });
    doubles.failing.clear();
    expect((await journey.send('back')).step).toBe('to-dos');
    expect((await journey.walk(...signed)).step).toBe('completed');
  });

  it('asks the vendor again after a clerk decides to retry an undecided face check', async () => {
    const journey = await enter();
    await journey.send('start-face');
    doubles.failing.set('queryFace', { code: 'source_unusable', nonRetryable: true });
    expect((await journey.walk(['report-face'])).step).toBe('stuck');
    expect(journey.projection).toMatchObject({ cause: 'source-unusable' });
    doubles.failing.clear();
    doubles.faceResults = ['void'];
    expect(
      await journey.send('decide', { decision: 'retry', reason: 'check-once-more', ...clerk }),
    ).toMatchObject({
      step: 'face',
      codes: ['face_check_void'],
    });
  });

  it('waits for a human when a key is missing, instead of trying for ever', async () => {
    const journey = await enter();
    await journey.walk(...verified, ['confirm', toDo], ...face);
    doubles.failing.set('sign', { code: 'wrapping_key_unknown', nonRetryable: true });
    expect((await journey.send('sign', { input: 'strokes' })).step).toBe('stuck');
    expect(journey.projection).toMatchObject({ cause: 'data-key-unavailable', toDo: toDo.toDo });
    doubles.failing.clear();
    expect(
      (await journey.send('decide', { decision: 'retry', reason: 'fault-repaired', ...clerk })).step,
    ).toBe('completed');
  });

  it('takes one decision: it rejects a second one, one about an earlier view, and one that does not fit', async () => {
    doubles.failing.set('checkCertificate', { code: 'alipay_refused', nonRetryable: true });
    const journey = await enter();
    const { revision } = journey.view;
    doubles.failing.clear();
    expect(
      (await journey.send('decide', { decision: 'retry', reason: 'check-once-more', ...clerk })).step,
    ).toBe('face');
    const again = journey.send('decide', {
      decision: 'retry',
      reason: 'check-once-more',
      ...clerk,
      expectedRevision: revision,
    });
    expect(await rejectionOf(again)).toBe('not_allowed_now');
    doubles.failing.set('startFace', { code: 'alipay_refused', nonRetryable: true });
    await journey.send('start-face');
    const late = journey.send('decide', {
      decision: 'close',
      reason: 'person-asks',
      ...clerk,
      expectedRevision: revision,
    });
    expect(await rejectionOf(late)).toBe('stale');
    const senseless = journey.send('decide', {
      decision: 'grant-attempts',
      reason: 'person-identified',
      ...clerk,
    });
    expect(await rejectionOf(senseless)).toBe('not_for_this_cause');
    expect(journey.projection?.step).toBe('stuck');
  });
});

describe('a person who has no attempts left', () => {
  it.each([
    ['face', [], 'face_portrait_mismatch'],
    ['bank-card', face, 'bank_card_mismatch'],
  ] as [string, [Command, object?][], string][])(
    'waits at once, and is told why the last check failed: %s',
    async (step, path, reason) => {
      const journey = await enter();
      if (path.length > 0) await journey.walk(...path);
      doubles.isLastAttempt = true;
      if (step === 'face') doubles.faceResults = ['failed'];
      const view =
        step === 'face'
          ? await journey.walk(...face)
          : await journey.send('submit-card', { input: 'wrong-card' });
      expect(view).toMatchObject({ step: 'stuck', codes: [reason, 'attempts_used_up'] });
      expect(journey.projection).toMatchObject({ cause: 'locked-out' });
      doubles.isLastAttempt = false;
    },
  );

  it('may continue at the face check when the day in China has ended', async () => {
    const journey = await enter();
    doubles.faceResults = ['attempts_used_up'];
    expect(await journey.send('start-face')).toMatchObject({ step: 'stuck', codes: ['attempts_used_up'] });
    expect(journey.projection).toMatchObject({ cause: 'locked-out' });
    await time.environment.sleep('24 hours');
    expect(journey.projection).toMatchObject({ step: 'face', codes: ['attempts_restored'] });
  });

  it('may continue at once when a clerk grants attempts, within the limit for clerks', async () => {
    const journey = await enter();
    await journey.walk(...face);
    expect(await journey.send('submit-card', { input: 'one-card-too-many' })).toMatchObject({
      step: 'stuck',
    });
    const grant = (attempts: number) =>
      journey.send('decide', { decision: 'grant-attempts', reason: 'person-identified', attempts, ...clerk });
    expect(await grant(99)).toMatchObject({ step: 'stuck', codes: ['grant_limit_reached'] });
    expect(await grant(2)).toMatchObject({ step: 'bank-card', codes: ['attempts_restored'] });
  });

  it('may go on with other matters when one matter has used its attempts up', async () => {
    const journey = await enter();
    await journey.walk(...verified, ['confirm', toDo]);
    doubles.faceResults = ['attempts_used_up'];
    expect((await journey.send('start-face')).step).toBe('stuck');
    expect(journey.projection).toMatchObject({ cause: 'locked-out', toDo: toDo.toDo });
    expect((await journey.send('back')).step).toBe('to-dos');
  });
});

describe('a decision that needs two clerks', () => {
  const atWindow = async () => {
    const journey = await enter();
    await journey.send('ask-in-person');
    return journey;
  };

  it('is proposed by one clerk and approved only by the clerk whom the system picked', async () => {
    const journey = await atWindow();
    const proposed = await journey.send('propose', accepting, 'proposal-1');
    expect(proposed).toMatchObject({ step: 'stuck', codes: ['waits_for_second_clerk'] });
    const review = (by: string, proposal = 'proposal-1') =>
      journey.send('review', {
        proposal,
        clerk: by,
        verdict: 'approve',
        reason: 'compared-and-agrees',
        expectedRevision: proposed.revision,
      });
    expect(await rejectionOf(review('clerk'))).toBe('not_the_reviewer');
    expect(await rejectionOf(review('somebody'))).toBe('not_the_reviewer');
    expect(await rejectionOf(review('reviewer', 'proposal-0'))).toBe('proposal_unknown');
    expect(await rejectionOf(journey.send('propose', accepting))).toBe('proposal_pending');
    expect(
      await rejectionOf(
        journey.send('decide', { decision: 'accept', reason: 'online-check-failed', ...clerk }),
      ),
    ).toBe('needs_second_clerk');
    expect((await review('reviewer')).step).toBe('to-dos');
  });

  it('can be proposed again after the second clerk declined', async () => {
    const journey = await atWindow();
    await journey.send('propose', accepting, 'proposal-1');
    const declining = {
      proposal: 'proposal-1',
      clerk: 'reviewer',
      verdict: 'decline',
      reason: 'does-not-agree',
    };
    expect(await journey.send('review', declining)).toMatchObject({
      step: 'stuck',
      codes: ['proposal_declined'],
    });
    expect(await rejectionOf(journey.send('review', declining))).toBe('proposal_unknown');
    await journey.send('propose', accepting, 'proposal-2');
    const approving = {
      proposal: 'proposal-2',
      clerk: 'reviewer',
      verdict: 'approve',
      reason: 'compared-and-agrees',
    };
    expect((await journey.send('review', approving)).step).toBe('to-dos');
  });

  it('expires when nobody reviews it', async () => {
    const journey = await atWindow();
    doubles.proposalsExpireAt = (await time.environment.currentTimeMs()) + 60_000;
    await journey.send('propose', accepting, 'proposal-1');
    await time.environment.sleep('2 minutes');
    const late = journey.send('review', {
      proposal: 'proposal-1',
      clerk: 'reviewer',
      verdict: 'approve',
      reason: 'compared-and-agrees',
    });
    expect(await rejectionOf(late)).toBe('proposal_expired');
    doubles.proposalsExpireAt = Number.MAX_SAFE_INTEGER;
    expect(await journey.send('propose', accepting, 'proposal-2')).toMatchObject({
      codes: ['waits_for_second_clerk'],
    });
  });

  it('is taken back by its proposer as long as nobody has reviewed it, and then another is proposed', async () => {
    const journey = await atWindow();
    await journey.send('propose', accepting, 'proposal-1');
    const withdraw = (by: string) => journey.send('withdraw', { proposal: 'proposal-1', clerk: by });
    expect(await rejectionOf(withdraw('reviewer'))).toBe('not_the_proposer');
    expect(await withdraw('clerk')).toMatchObject({ step: 'stuck', codes: [] });
    expect(await rejectionOf(withdraw('clerk'))).toBe('proposal_unknown');
    const late = { proposal: 'proposal-1', clerk: 'reviewer', verdict: 'approve' };
    expect(await rejectionOf(journey.send('review', late))).toBe('proposal_unknown');
    expect(await journey.send('propose', accepting, 'proposal-2')).toMatchObject({
      codes: ['waits_for_second_clerk'],
    });
  });

  it('cannot be proposed when there is no second clerk', async () => {
    const journey = await atWindow();
    expect(await journey.send('propose', { ...accepting, clerk: 'the only one' })).toMatchObject({
      step: 'stuck',
      codes: ['no_reviewer'],
    });
  });

  it('cannot be proposed with another code than the phone shows', async () => {
    const journey = await atWindow();
    expect(await journey.send('propose', { ...accepting, input: 'another code' })).toMatchObject({
      step: 'stuck',
      codes: ['window_code_wrong'],
    });
  });

  it('ends the journey when it is based on papers that do not prove the phone; the person signs on paper', async () => {
    const journey = await atWindow();
    await journey.send('propose', { ...accepting, acceptance: 'notarised' }, 'proposal-1');
    const approving = {
      proposal: 'proposal-1',
      clerk: 'reviewer',
      verdict: 'approve',
      reason: 'compared-and-agrees',
    };
    expect(await journey.send('review', approving)).toMatchObject({
      step: 'closed',
      codes: ['sign_on_paper'],
    });
    expect(await journey.handle.result()).toBe('closed');
  });

  it('corrects the spelling of a name, which is then checked again', async () => {
    doubles.failing.set('checkCertificate', { code: 'name_mismatch_suspected', nonRetryable: true });
    const journey = await enter();
    expect(journey.projection).toMatchObject({ step: 'stuck', cause: 'name-mismatch-suspected' });
    await journey.send(
      'propose',
      { decision: 'correct-name', reason: 'rare-character', input: 'sealed', ...clerk },
      'proposal-1',
    );
    doubles.failing.clear();
    const approving = {
      proposal: 'proposal-1',
      clerk: 'reviewer',
      verdict: 'approve',
      reason: 'compared-and-agrees',
    };
    expect((await journey.send('review', approving)).step).toBe('face');
  });
});

describe('without a face', () => {
  const approve = async (journey: JourneyDriver) => {
    await journey.send('propose', accepting, `proposal-${journey.id}-${journey.view.revision}`);
    const proposal = `proposal-${journey.id}-${journey.view.revision - 1}`;
    return await journey.send('review', {
      proposal,
      clerk: 'reviewer',
      verdict: 'approve',
      reason: 'compared-and-agrees',
    });
  };

  it.each([
    ['face', []],
    ['face-failed', face],
    ['bank-card', face],
  ] as [string, [Command, object?][]][])(
    'the person may choose the window at %s, and return',
    async (step, path) => {
      const journey = await enter();
      doubles.faceResults = step === 'face-failed' ? ['failed'] : [];
      if (path.length > 0) await journey.walk(...path);
      expect(journey.view.step).toBe(step);
      expect(await journey.send('ask-in-person')).toMatchObject({
        step: 'stuck',
        allowed: ['go-online', 'close'],
      });
      expect(journey.projection).toMatchObject({ cause: 'in-person' });
      expect(await causeInSearch(journey)).toBe('in-person');
      expect((await journey.send('go-online')).step).toBe('face');
      expect(await causeInSearch(journey)).toBeUndefined();
    },
  );

  it('the person may choose the window at the entry, and gets to the to-dos when clerks accept', async () => {
    const journey = new JourneyDriver(time, doubles);
    await journey.enter('person/1', journey.session, 'enter-at-window', {});
    expect(journey.view.step).toBe('stuck');
    const before = doubles.calls.get('checkCertificate');
    expect((await approve(journey)).step).toBe('to-dos');
    expect(doubles.calls.get('checkCertificate')).toBe(before);
    expect((await journey.walk(...signed)).step).toBe('completed');
  });

  it('a document without an online check leads to the window, with no way back', async () => {
    const journey = await new JourneyDriver(time, doubles).enter('passport/1');
    const atWindow = { step: 'stuck', codes: ['document_type_goes_to_window'] };
    expect(journey.view).toMatchObject(atWindow);
    expect(await journey.send('go-online')).toMatchObject(atWindow);
  });

  it('an account that has asked for the window too often today is rejected', async () => {
    doubles.windowIsClosed = true;
    const journey = await enter();
    expect(await journey.send('ask-in-person')).toMatchObject({ step: 'closed', codes: ['checks_used_up'] });
    doubles.windowIsClosed = false;
  });

  it('a matter that was signed on paper is confirmed when two clerks accept', async () => {
    const journey = await enter();
    await journey.walk(...verified, ['confirm', toDo]);
    expect(await journey.send('ask-in-person')).toMatchObject({
      step: 'stuck',
      allowed: ['go-online', 'back', 'refuse', 'close'],
    });
    expect((await approve(journey)).step).toBe('completed');
    await journey.walk(['confirm', { ...toDo, textHash: 'old' }], ['ask-in-person']);
    expect(await approve(journey)).toMatchObject({ step: 'to-dos', codes: ['matter_changed'] });
  });

  it('from the window a person may return to the to-dos and sign another matter', async () => {
    const journey = await enter();
    await journey.walk(...verified, ['confirm', toDo], ['ask-in-person']);
    expect(await journey.send('back')).toMatchObject({ step: 'to-dos', codes: ['window_left'] });
    expect(await causeInSearch(journey)).toBeUndefined();
    expect((await journey.walk(...signed)).step).toBe('completed');
  });

  it('the window is open from any stuck matter, and the online route from a stuck confirmation on paper', async () => {
    const journey = await enter();
    await journey.walk(...verified);
    doubles.failing.set('openToDo', { code: 'wrapping_key_unknown', nonRetryable: true });
    expect(await journey.send('confirm', toDo)).toMatchObject({ step: 'stuck' });
    expect(journey.projection).toMatchObject({ cause: 'data-key-unavailable' });
    doubles.failing.clear();
    await journey.send('ask-in-person');
    expect(journey.projection).toMatchObject({ cause: 'in-person', toDo: toDo.toDo });
    doubles.failing.set('confirmOnPaper', { code: 'wrapping_key_unknown', nonRetryable: true });
    expect(await approve(journey)).toMatchObject({ step: 'stuck' });
    expect(journey.projection).toMatchObject({ cause: 'data-key-unavailable' });
    doubles.failing.clear();
    expect((await journey.send('ask-in-person')).step).toBe('matter-face');
    expect((await journey.walk(...face, ['sign', { input: 'strokes' }])).step).toBe('completed');
  });

  it('a clerk opens one to-do for a person without a phone, and the journey ends with it', async () => {
    const journey = new JourneyDriver(time, doubles);
    await journey.enter('person/1', 'window', 'enter-by-clerk', { displayed: toDo });
    expect(journey.projection).toMatchObject({ step: 'stuck', cause: 'in-person', toDo: toDo.toDo });
    expect(await approve(journey)).toMatchObject({ step: 'closed', codes: ['confirmed_at_window'] });
    doubles.holder = undefined;
    const other = new JourneyDriver(time, doubles);
    await other.enter('person/2', 'window', 'enter-by-clerk-2', { displayed: toDo });
    expect(
      await other.send('decide', { decision: 'reject', reason: 'identity-not-shown', ...clerk }),
    ).toMatchObject({
      step: 'closed',
      codes: ['rejected_by_clerk'],
    });
  });

  it('a person who is rejected at a matter is back at the to-dos', async () => {
    const journey = await enter();
    await journey.walk(...verified, ['confirm', toDo], ['ask-in-person']);
    expect(
      await journey.send('decide', { decision: 'reject', reason: 'identity-not-shown', ...clerk }),
    ).toMatchObject({
      step: 'to-dos',
      codes: ['rejected_by_clerk'],
    });
  });

  it('a journey at the window is idle only after thirty days', async () => {
    const journey = await enter();
    await journey.send('ask-in-person');
    await time.environment.sleep('29 days');
    expect(journey.projection?.step).toBe('stuck');
    await time.environment.sleep('9 days');
    await expect(journey.handle.result()).resolves.toBe('idle');
  });
});
