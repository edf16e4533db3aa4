import type { Command } from '../domain/steps';
import { createDoubles } from '../test/activity-doubles';
import type { Doubles } from '../test/activity-doubles';
import { causeInSearch, face, Phone, rejectionOf, signed, toDo, verified } from '../test/journey-phone';
import { skipTime } from '../test/setup/time-skipping';
import type { SkippingTime } from '../test/setup/time-skipping';

let time: SkippingTime;
let doubles: Doubles;

beforeAll(async () => {
  const created = createDoubles();
  doubles = created.doubles;
  time = await skipTime(created.activities);
}, 60_000);
afterAll(() => time.stop());
beforeEach(() => {
  doubles.failing.clear();
  doubles.faceResults = [];
  doubles.holder = undefined;
});

const enter = () => new Phone(time, doubles).enter();

const clerk = { clerk: 'clerk' };
const accepting = { decision: 'accept', acceptance: 'on-site', paperHash: 'f'.repeat(64), ...clerk };

describe('a journey that is stuck', () => {
  it('is stuck with its cause when a vendor is down, and goes on where it was after a decision', async () => {
    const phone = await enter();
    doubles.failing.set('startFace', { code: 'alipay_timeout' });
    expect((await phone.send('start-face')).step).toBe('stuck');
    expect(phone.projection).toMatchObject({ cause: 'vendor-unavailable' });
    expect(await causeInSearch(phone)).toBe('vendor-unavailable');
    doubles.failing.clear();
    expect((await phone.send('decide', { decision: 'retry', ...clerk })).step).toBe('face');
    expect(phone.projection?.cause).toBeUndefined();
    expect(await causeInSearch(phone)).toBeUndefined();
  });

  it('heals by itself when the vendor is back, trying less and less often, and then is busy for nobody', async () => {
    const phone = await enter();
    doubles.failing.set('startFace', { code: 'alipay_timeout' });
    expect((await phone.send('start-face')).step).toBe('stuck');
    const [tries] = [doubles.calls.get('startFace') ?? 0];
    await time.environment.sleep('4 minutes');
    // One minute and three minutes later, five times each.
    expect(doubles.calls.get('startFace')).toBe(tries + 10);
    expect(await causeInSearch(phone)).toBe('vendor-unavailable');
    expect(phone.projection).toMatchObject({ step: 'stuck' });
    doubles.failing.clear();
    await time.environment.sleep('6 minutes');
    expect(phone.projection).toMatchObject({ step: 'face' });
    expect(await causeInSearch(phone)).toBeUndefined();
    phone.view = { ...phone.view, revision: phone.projection!.revision };
    expect((await phone.walk(['report-face'])).step).toBe('bank-card');
  });

  it('does not try again by itself what a vendor has refused', async () => {
    doubles.failing.set('checkCertificate', { code: 'alipay_refused', nonRetryable: true });
    const phone = await enter();
    const tries = doubles.calls.get('checkCertificate');
    // Longer than a journey may be idle: who waits for a clerk is not.
    await time.environment.sleep('8 days');
    expect(doubles.calls.get('checkCertificate')).toBe(tries);
    doubles.failing.clear();
    expect((await phone.send('decide', { decision: 'retry', ...clerk })).step).toBe('face');
  });

  it('tells a refusing vendor, a failing system and a clerk who closes apart', async () => {
    const causes = [];
    for (const failure of [{ code: 'alipay_refused', nonRetryable: true }, { code: 'internal' }]) {
      doubles.failing.set('checkCertificate', failure);
      const phone = await enter();
      causes.push(phone.projection?.cause);
      expect(await phone.send('decide', { decision: 'close', ...clerk })).toMatchObject({
        step: 'closed',
        codes: ['closed_by_clerk'],
      });
    }
    expect(causes).toEqual(['vendor-refused', 'system-fault']);
  });

  it('keeps the other matters usable while one is stuck', async () => {
    const phone = await enter();
    await phone.walk(...verified, ['confirm', toDo]);
    doubles.failing.set('startFace', { code: 'alipay_timeout' });
    expect(await phone.send('start-face')).toMatchObject({
      step: 'stuck',
      allowed: ['ask-in-person', 'back', 'refuse', 'close'],
    });
    doubles.failing.clear();
    expect((await phone.send('back')).step).toBe('to-dos');
    expect((await phone.walk(...signed)).step).toBe('completed');
  });

  it('goes on after the face steps once the vendor decided, where a human had to', async () => {
    const phone = await enter();
    await phone.send('start-face');
    doubles.failing.set('queryFace', { code: 'source_unusable', nonRetryable: true });
    expect((await phone.walk(['report-face'])).step).toBe('stuck');
    expect(phone.projection).toMatchObject({ cause: 'source-unusable' });
    doubles.failing.clear();
    doubles.faceResults = ['void'];
    expect(await phone.send('decide', { decision: 'retry', ...clerk })).toMatchObject({
      step: 'face',
      codes: ['face_check_void'],
    });
  });

  it('has a missing key seen to by a human instead of trying for ever', async () => {
    const phone = await enter();
    await phone.walk(...verified, ['confirm', toDo], ...face);
    doubles.failing.set('sign', { code: 'wrapping_key_unknown', nonRetryable: true });
    expect((await phone.send('sign', { input: 'strokes' })).step).toBe('stuck');
    expect(phone.projection).toMatchObject({ cause: 'data-key-unavailable', toDo: toDo.toDo });
    doubles.failing.clear();
    expect((await phone.send('decide', { decision: 'retry', ...clerk })).step).toBe('completed');
  });

  it('is decided once: a second decision, or one about an earlier view, is refused plainly', async () => {
    doubles.failing.set('checkCertificate', { code: 'alipay_refused', nonRetryable: true });
    const phone = await enter();
    const { revision } = phone.view;
    doubles.failing.clear();
    expect((await phone.send('decide', { decision: 'retry', ...clerk })).step).toBe('face');
    const again = phone.send('decide', { decision: 'retry', ...clerk, expectedRevision: revision });
    expect(await rejectionOf(again)).toBe('not_allowed_now');
    doubles.failing.set('startFace', { code: 'alipay_refused', nonRetryable: true });
    await phone.send('start-face');
    const late = phone.send('decide', { decision: 'close', ...clerk, expectedRevision: revision });
    expect(await rejectionOf(late)).toBe('stale');
    const senseless = phone.send('decide', { decision: 'grant-attempts', ...clerk });
    expect(await rejectionOf(senseless)).toBe('not_for_this_cause');
    expect(phone.projection?.step).toBe('stuck');
  });
});

describe('who has no attempts left', () => {
  it('may go on when the day in China has ended, from the face check on', async () => {
    const phone = await enter();
    doubles.faceResults = ['attempts_used_up'];
    expect(await phone.send('start-face')).toMatchObject({ step: 'stuck', codes: ['attempts_used_up'] });
    expect(phone.projection).toMatchObject({ cause: 'locked-out' });
    await time.environment.sleep('24 hours');
    expect(phone.projection).toMatchObject({ step: 'face', codes: ['attempts_restored'] });
  });

  it('may go on at once when a clerk grants attempts, as far as clerks may', async () => {
    const phone = await enter();
    await phone.walk(...face);
    expect(await phone.send('submit-card', { input: 'one-card-too-many' })).toMatchObject({ step: 'stuck' });
    const grant = (attempts: number) =>
      phone.send('decide', { decision: 'grant-attempts', attempts, ...clerk });
    expect(await grant(99)).toMatchObject({ step: 'stuck', codes: ['grant_limit_reached'] });
    expect(await grant(2)).toMatchObject({ step: 'bank-card', codes: ['attempts_restored'] });
  });

  it('has the other matters left where one matter used them up', async () => {
    const phone = await enter();
    await phone.walk(...verified, ['confirm', toDo]);
    doubles.faceResults = ['attempts_used_up'];
    expect((await phone.send('start-face')).step).toBe('stuck');
    expect(phone.projection).toMatchObject({ cause: 'locked-out', toDo: toDo.toDo });
    expect((await phone.send('back')).step).toBe('to-dos');
  });
});

describe('what needs two clerks', () => {
  const stuckAtFace = async () => {
    const phone = await enter();
    await phone.send('ask-in-person');
    return phone;
  };

  it('is proposed by one and approved by the one whom the system picked, and by nobody else', async () => {
    const phone = await stuckAtFace();
    const proposed = await phone.send('propose', accepting, 'proposal-1');
    expect(proposed).toMatchObject({ step: 'stuck', codes: ['waits_for_second_clerk'] });
    const review = (by: string, proposal = 'proposal-1') =>
      phone.send('review', { proposal, clerk: by, verdict: 'approve', expectedRevision: proposed.revision });
    expect(await rejectionOf(review('clerk'))).toBe('not_the_reviewer');
    expect(await rejectionOf(review('somebody'))).toBe('not_the_reviewer');
    expect(await rejectionOf(review('reviewer', 'proposal-0'))).toBe('proposal_unknown');
    expect(await rejectionOf(phone.send('propose', accepting))).toBe('proposal_pending');
    expect(await rejectionOf(phone.send('decide', { decision: 'accept', ...clerk }))).toBe(
      'needs_second_clerk',
    );
    expect((await review('reviewer')).step).toBe('to-dos');
  });

  it('waits on when the second declines, and can be proposed again', async () => {
    const phone = await stuckAtFace();
    await phone.send('propose', accepting, 'proposal-1');
    const declining = { proposal: 'proposal-1', clerk: 'reviewer', verdict: 'decline' };
    expect(await phone.send('review', declining)).toMatchObject({
      step: 'stuck',
      codes: ['proposal_declined'],
    });
    expect(await rejectionOf(phone.send('review', declining))).toBe('proposal_unknown');
    await phone.send('propose', accepting, 'proposal-2');
    const approving = { proposal: 'proposal-2', clerk: 'reviewer', verdict: 'approve' };
    expect((await phone.send('review', approving)).step).toBe('to-dos');
  });

  it('expires when nobody reviews it', async () => {
    const phone = await stuckAtFace();
    doubles.proposalsExpireAt = (await time.environment.currentTimeMs()) + 60_000;
    await phone.send('propose', accepting, 'proposal-1');
    await time.environment.sleep('2 minutes');
    const late = phone.send('review', { proposal: 'proposal-1', clerk: 'reviewer', verdict: 'approve' });
    expect(await rejectionOf(late)).toBe('proposal_expired');
    doubles.proposalsExpireAt = Number.MAX_SAFE_INTEGER;
    expect(await phone.send('propose', accepting, 'proposal-2')).toMatchObject({
      codes: ['waits_for_second_clerk'],
    });
  });

  it('stays undecided where there is no second clerk', async () => {
    const phone = await stuckAtFace();
    expect(await phone.send('propose', { ...accepting, clerk: 'the only one' })).toMatchObject({
      step: 'stuck',
      codes: ['no_reviewer'],
    });
  });

  it('stays undecided where the clerk typed another code than the phone shows', async () => {
    const phone = await stuckAtFace();
    expect(await phone.send('propose', { ...accepting, input: 'another code' })).toMatchObject({
      step: 'stuck',
      codes: ['window_code_wrong'],
    });
  });

  it('by papers that prove no phone opens nothing on it: the journey ends, and the person signs on paper', async () => {
    const phone = await stuckAtFace();
    await phone.send('propose', { ...accepting, acceptance: 'notarised' }, 'proposal-1');
    const approving = { proposal: 'proposal-1', clerk: 'reviewer', verdict: 'approve' };
    expect(await phone.send('review', approving)).toMatchObject({ step: 'closed', codes: ['sign_on_paper'] });
    expect(await phone.handle.result()).toBe('closed');
  });

  it('corrects how a name is written, and has it checked again', async () => {
    doubles.failing.set('checkCertificate', { code: 'name_mismatch_suspected', nonRetryable: true });
    const phone = await enter();
    expect(phone.projection).toMatchObject({ step: 'stuck', cause: 'name-mismatch-suspected' });
    await phone.send('propose', { decision: 'correct-name', input: 'sealed', ...clerk }, 'proposal-1');
    doubles.failing.clear();
    const approving = { proposal: 'proposal-1', clerk: 'reviewer', verdict: 'approve' };
    expect((await phone.send('review', approving)).step).toBe('face');
  });
});

describe('without a face', () => {
  const approve = async (phone: Phone) => {
    await phone.send('propose', accepting, `proposal-${phone.id}-${phone.view.revision}`);
    const proposal = `proposal-${phone.id}-${phone.view.revision - 1}`;
    return await phone.send('review', { proposal, clerk: 'reviewer', verdict: 'approve' });
  };

  it.each([
    ['face', []],
    ['face-failed', face],
    ['bank-card', face],
  ] as [string, [Command, object?][]][])(
    'the person may choose the window at %s, and come back',
    async (step, way) => {
      const phone = await enter();
      doubles.faceResults = step === 'face-failed' ? ['failed'] : [];
      if (way.length > 0) await phone.walk(...way);
      expect(phone.view.step).toBe(step);
      expect(await phone.send('ask-in-person')).toMatchObject({ step: 'stuck', allowed: ['back', 'close'] });
      expect(phone.projection).toMatchObject({ cause: 'in-person' });
      expect(await causeInSearch(phone)).toBe('in-person');
      expect((await phone.send('back')).step).toBe('face');
      expect(await causeInSearch(phone)).toBeUndefined();
    },
  );

  it('the person may choose it at the entry, and is taken to the to-dos by what clerks accepted', async () => {
    const phone = new Phone(time, doubles);
    await phone.enter('person/1', phone.session, 'enter-at-window', {});
    expect(phone.view.step).toBe('stuck');
    const asked = doubles.calls.get('checkCertificate');
    expect((await approve(phone)).step).toBe('to-dos');
    expect(doubles.calls.get('checkCertificate')).toBe(asked);
    expect((await phone.walk(...signed)).step).toBe('completed');
  });

  it('a document without a check online goes there by itself, and cannot come back from there', async () => {
    const phone = await new Phone(time, doubles).enter('passport/1');
    const atWindow = { step: 'stuck', codes: ['document_type_goes_to_window'] };
    expect(phone.view).toMatchObject(atWindow);
    expect(await phone.send('back')).toMatchObject(atWindow);
  });

  it('an account that has asked too often today is told so', async () => {
    doubles.windowIsClosed = true;
    const phone = await enter();
    expect(await phone.send('ask-in-person')).toMatchObject({ step: 'closed', codes: ['checks_used_up'] });
    doubles.windowIsClosed = false;
  });

  it('a matter is signed on paper: accepted by two clerks, it is confirmed', async () => {
    const phone = await enter();
    await phone.walk(...verified, ['confirm', toDo]);
    expect(await phone.send('ask-in-person')).toMatchObject({
      step: 'stuck',
      allowed: ['back', 'refuse', 'close'],
    });
    expect((await approve(phone)).step).toBe('completed');
    await phone.walk(['confirm', { ...toDo, textHash: 'old' }], ['ask-in-person']);
    expect(await approve(phone)).toMatchObject({ step: 'to-dos', codes: ['matter_changed'] });
  });

  it('a matter that is stuck anywhere leads to the window too, and a stuck confirmation on paper is no dead end', async () => {
    const phone = await enter();
    await phone.walk(...verified);
    doubles.failing.set('openToDo', { code: 'wrapping_key_unknown', nonRetryable: true });
    expect(await phone.send('confirm', toDo)).toMatchObject({ step: 'stuck' });
    expect(phone.projection).toMatchObject({ cause: 'data-key-unavailable' });
    doubles.failing.clear();
    await phone.send('ask-in-person');
    expect(phone.projection).toMatchObject({ cause: 'in-person', toDo: toDo.toDo });
    doubles.failing.set('confirmOnPaper', { code: 'wrapping_key_unknown', nonRetryable: true });
    expect(await approve(phone)).toMatchObject({ step: 'stuck' });
    expect(phone.projection).toMatchObject({ cause: 'data-key-unavailable' });
    doubles.failing.clear();
    expect((await phone.send('ask-in-person')).step).toBe('matter-face');
    expect((await phone.walk(...face, ['sign', { input: 'strokes' }])).step).toBe('completed');
  });

  it('a clerk opens it for somebody without a phone, for one to-do, and it ends with it', async () => {
    const phone = new Phone(time, doubles);
    await phone.enter('person/1', 'window', 'enter-by-clerk', { displayed: toDo });
    expect(phone.projection).toMatchObject({ step: 'stuck', cause: 'in-person', toDo: toDo.toDo });
    expect(await approve(phone)).toMatchObject({ step: 'closed', codes: ['confirmed_at_window'] });
    doubles.holder = undefined;
    const other = new Phone(time, doubles);
    await other.enter('person/2', 'window', 'enter-by-clerk-2', { displayed: toDo });
    expect(await other.send('decide', { decision: 'reject', ...clerk })).toMatchObject({
      step: 'closed',
      codes: ['rejected_by_clerk'],
    });
  });

  it('who was rejected at a matter is back at the to-dos', async () => {
    const phone = await enter();
    await phone.walk(...verified, ['confirm', toDo], ['ask-in-person']);
    expect(await phone.send('decide', { decision: 'reject', ...clerk })).toMatchObject({
      step: 'to-dos',
      codes: ['rejected_by_clerk'],
    });
  });

  it('who is expected at the window has thirty days, and is then idle', async () => {
    const phone = await enter();
    await phone.send('ask-in-person');
    await time.environment.sleep('29 days');
    expect(phone.projection?.step).toBe('stuck');
    await time.environment.sleep('9 days');
    await expect(phone.handle.result()).resolves.toBe('idle');
  });
});
