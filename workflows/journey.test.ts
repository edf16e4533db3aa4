import { accepts, commandNames } from '../domain/steps';
import type { Command } from '../domain/steps';
import { createDoubles } from '../test/activity-doubles';
import type { Doubles } from '../test/activity-doubles';
import { face, Phone, rejectionOf, signed, toDo, verified } from '../test/journey-phone';
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

describe('a journey', () => {
  it('goes the way of the manual, and ends when the person closes it', async () => {
    const phone = await enter();
    const steps = [phone.view.step];
    for (const [command, data] of [...verified, ...signed]) {
      steps.push((await phone.walk([command, data])).step);
    }
    expect(steps).toEqual([
      ...['face', 'face', 'bank-card', 'portrait', 'to-dos'],
      ...['matter-face', 'matter-face', 'signing', 'completed'],
    ]);
    expect((await phone.send('close')).step).toBe('closed');
    await expect(phone.handle.result()).resolves.toBe('closed');
  });

  it('answers every repeated command as before and does nothing twice', async () => {
    const phone = new Phone(time, doubles);
    await phone.enter('person/1', phone.session, 'enter-1');
    const first = phone.view;
    await phone.enter('person/1', phone.session, 'enter-1');
    expect(phone.view).toEqual(first);
    for (const [index, [command, data]] of [...verified, ...signed].entries()) {
      const payload = { ...data, ...phone.known(command), expectedRevision: phone.view.revision };
      const answer = await phone.send(command, payload, `command-${index}`);
      const calls = new Map(doubles.calls);
      expect(await phone.send(command, payload, `command-${index}`)).toEqual(answer);
      expect(doubles.calls).toEqual(calls);
    }
  });

  it('rejects at every stop what the table does not allow, and stays where it is', async () => {
    const phone = await enter();
    for (const [command, data] of [...verified, ...signed]) {
      const { step, revision } = phone.view;
      for (const wrong of commandNames.filter((name) => !accepts(step as never, name))) {
        const view = phone.view;
        expect([step, wrong, await rejectionOf(phone.send(wrong))]).toEqual([step, wrong, 'not_allowed_now']);
        phone.view = view;
      }
      expect(phone.projection?.revision).toBe(revision);
      await phone.walk([command, data]);
    }
  });

  it('rejects a command meant for another view, and one from another session', async () => {
    const phone = await enter();
    expect(await rejectionOf(phone.send('start-face', { expectedRevision: phone.view.revision - 1 }))).toBe(
      'stale',
    );
    expect(await rejectionOf(phone.send('start-face', { session: 'another' }))).toBe('session_replaced');
  });

  it('ends at once when the data is not that of the account, and says so', async () => {
    const phone = await new Phone(time, doubles).enter('stranger/1');
    expect(phone.view).toMatchObject({ step: 'closed', allowed: [], codes: ['not_the_account_holder'] });
    await expect(phone.handle.result()).resolves.toBe('closed');
  });

  it('ends when what was entered is no longer there', async () => {
    const phone = await new Phone(time, doubles).enter('expired/1');
    expect(phone.view).toMatchObject({ step: 'closed', codes: ['input_expired'] });
  });

  it('lets a failed face check be repeated, and points out the window after the second', async () => {
    const phone = await enter();
    doubles.faceResults = ['failed', 'failed'];
    const failed = { step: 'face-failed', codes: ['face_portrait_mismatch'] };
    expect(await phone.walk(...face)).toMatchObject(failed);
    failed.codes.push('window_is_open');
    expect(await phone.walk(...face)).toMatchObject(failed);
    expect((await phone.walk(...face)).step).toBe('bank-card');
  });

  it('goes on with a face check that was left, and believes no other attempt', async () => {
    const phone = await enter();
    doubles.faceResults = ['unfinished'];
    expect(await phone.walk(...face)).toMatchObject({ step: 'face', codes: ['face_check_unfinished'] });
    const asked = doubles.calls.get('queryFace');
    expect(await phone.send('report-face', { attempt: 'another' })).toMatchObject({
      step: 'face',
      codes: ['face_check_void'],
    });
    expect(doubles.calls.get('queryFace')).toBe(asked);
  });

  it('keeps asking for the bank card until it is the right one', async () => {
    const phone = await enter();
    await phone.walk(...face);
    expect(await phone.send('submit-card', { input: 'wrong-card' })).toMatchObject({
      step: 'bank-card',
      codes: ['bank_card_mismatch'],
    });
    expect((await phone.send('submit-card', { input: 'card' })).step).toBe('portrait');
  });

  it('is over after 【暂不认证】 and after 【重新录入】', async () => {
    const declining = await enter();
    expect((await declining.send('decline')).step).toBe('closed');
    const entering = await enter();
    await entering.walk(...face, ['submit-card', { input: 'card' }]);
    expect((await entering.send('re-enter')).step).toBe('closed');
  });

  it('meets the same session where it is, and lets another one begin with the face', async () => {
    const phone = await enter();
    await phone.walk(...verified);
    await phone.enter('person/2');
    expect(phone.view.step).toBe('to-dos');
    await phone.enter('person/3', 'another-phone');
    expect(phone.view.step).toBe('face');
    expect(await rejectionOf(phone.send('start-face'))).toBe('session_replaced');
  });

  it('goes from a matter back to the to-dos: declined, cancelled, refused, changed or too late', async () => {
    const phone = await enter();
    await phone.walk(...verified);
    const back = { step: 'to-dos' };
    expect(await phone.send('confirm', { ...toDo, toDo: 'changed' })).toMatchObject({
      ...back,
      codes: ['matter_changed'],
    });
    expect(await phone.walk(['confirm', toDo], ['decline'])).toMatchObject({ ...back, codes: [] });
    expect(await phone.walk(['confirm', toDo], ...face, ['cancel'])).toMatchObject({
      ...back,
      codes: ['verification_void'],
    });
    const refusal = { toDo: 'to-do-1', reason: 'not-me' };
    for (const path of [
      [['refuse', refusal]],
      [
        ['confirm', toDo],
        ['refuse', refusal],
      ],
      [['confirm', toDo], ...face, ['refuse', refusal]],
    ] as [Command, object?][][]) {
      expect(await phone.walk(...path)).toMatchObject({ ...back, codes: ['refusal_recorded'] });
    }
    expect(await phone.walk(['confirm', toDo], ...face, ['sign', { input: 'expired' }])).toMatchObject({
      ...back,
      codes: ['matter_closed'],
    });
  });

  it('asks for a re-issue at the to-dos and after a confirmation, and says what came of it', async () => {
    const phone = await enter();
    await phone.walk(...verified);
    const asked = { step: 'to-dos', codes: ['reissue_requested'] };
    expect(await phone.send('ask-re-issue', { toDo: 'to-do-2' })).toMatchObject(asked);
    expect(await phone.send('ask-re-issue', { toDo: 'listed' })).toMatchObject({
      step: 'to-dos',
      codes: ['reissue_not_needed'],
    });
    await phone.walk(...signed);
    expect(await phone.send('ask-re-issue', { toDo: 'to-do-2' })).toMatchObject(asked);
    expect((await phone.walk(...signed)).step).toBe('completed');
  });

  it('stays at the signing page after a scribble, and asks for the face again when its time is over', async () => {
    const phone = await enter();
    await phone.walk(...verified, ['confirm', toDo], ...face);
    expect(await phone.send('sign', { input: 'scribble' })).toMatchObject({
      step: 'signing',
      codes: ['signature_too_little'],
    });
    expect(await phone.send('sign', { input: 'late' })).toMatchObject({
      step: 'matter-face',
      codes: ['face_check_used_up'],
    });
    expect((await phone.walk(...face, ['sign', { input: 'strokes' }])).step).toBe('completed');
  });

  it('does not wait for a database that is away for a while', async () => {
    const phone = await enter();
    doubles.failing.set('saveStop', { code: 'internal' });
    const saying = phone.send('start-face');
    const tried = doubles.calls.get('saveStop') ?? 0;
    while ((doubles.calls.get('saveStop') ?? 0) < tried + 4) await time.environment.sleep('1s');
    doubles.failing.clear();
    expect((await saying).step).toBe('face');
  });

  it('closes after seven days in which nothing was said, counted from the last command', async () => {
    const phone = await enter();
    await time.environment.sleep('5 days');
    await phone.send('start-face');
    await time.environment.sleep('5 days');
    expect(phone.projection?.step).toBe('face');
    await time.environment.sleep('3 days');
    await expect(phone.handle.result()).resolves.toBe('idle');
    expect(phone.projection).toMatchObject({ step: 'closed', codes: ['journey_idle'] });
  });

  it('serves two hundred matters over days, each with a face check of its own', async () => {
    const phone = await enter();
    await phone.walk(...verified);
    const asked = doubles.calls.get('startFace') ?? 0;
    const first = phone.view.revision;
    for (let matter = 0; matter < 200; matter += 1) {
      // Twenty-five a day: eight days, longer than a journey may be idle.
      if (matter % 25 === 0) await time.environment.sleep('1 day');
      const shown = { toDo: `to-do-${matter}`, textHash: 'hash' };
      expect((await phone.walk(['confirm', shown], ...face, ['sign', { input: 'strokes' }])).step).toBe(
        'completed',
      );
      expect(phone.projection?.toDo).toBe(shown.toDo);
    }
    expect((doubles.calls.get('startFace') ?? 0) - asked).toBe(200);
    expect(phone.view.revision - first).toBe(800);
    expect((await phone.send('close')).step).toBe('closed');
    await expect(phone.handle.result()).resolves.toBe('closed');
  }, 180_000);

  it('closes its projection when an operator cancels it', async () => {
    const phone = await enter();
    await phone.handle.cancel();
    await expect(phone.handle.result()).resolves.toBe('cancelled');
    expect(phone.projection).toMatchObject({ step: 'closed', codes: ['closed_by_operator'] });
  });
});
