import { accepts, commandNames } from '../domain/steps';
import type { Command, Stop } from '../domain/steps';
import { createDoubles } from '../test/setup/activity-doubles';
import type { Doubles } from '../test/setup/activity-doubles';
import { face, JourneyDriver, rejectionOf, signed, toDo, verified } from '../test/setup/journey-driver';
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

describe('a journey', () => {
  it('goes through the steps of the manual, and ends when the person closes it', async () => {
    const journey = await enter();
    const steps = [journey.view.step];
    for (const [command, data] of [...verified, ...signed]) {
      steps.push((await journey.walk([command, data])).step);
    }
    expect(steps).toEqual([
      ...['face', 'face', 'bank-card', 'portrait', 'to-dos'],
      ...['matter-face', 'matter-face', 'signing', 'completed'],
    ]);
    expect((await journey.send('close')).step).toBe('closed');
    await expect(journey.handle.result()).resolves.toBe('closed');
  });

  it('gives a repeated command the same answer, and does nothing twice', async () => {
    const journey = new JourneyDriver(time, doubles);
    await journey.enter('person/1', journey.session, 'enter-1');
    const first = journey.view;
    await journey.enter('person/1', journey.session, 'enter-1');
    expect(journey.view).toEqual(first);
    for (const [index, [command, data]] of [...verified, ...signed].entries()) {
      const payload = { ...data, ...journey.known(command), expectedRevision: journey.view.revision };
      const answer = await journey.send(command, payload, `command-${index}`);
      const calls = new Map(doubles.calls);
      expect(await journey.send(command, payload, `command-${index}`)).toEqual(answer);
      expect(doubles.calls).toEqual(calls);
    }
  });

  it('rejects at every stop the commands that the table does not allow, and stays at the stop', async () => {
    const journey = await enter();
    for (const [command, data] of [...verified, ...signed]) {
      const { step, revision } = journey.view;
      for (const wrong of commandNames.filter((name) => !accepts(step as Stop, name))) {
        const view = journey.view;
        expect([step, wrong, await rejectionOf(journey.send(wrong))]).toEqual([
          step,
          wrong,
          'not_allowed_now',
        ]);
        journey.view = view;
      }
      expect(journey.projection?.revision).toBe(revision);
      await journey.walk([command, data]);
    }
  });

  it('rejects a command for an earlier view, and one from another session', async () => {
    const journey = await enter();
    expect(
      await rejectionOf(journey.send('start-face', { expectedRevision: journey.view.revision - 1 })),
    ).toBe('stale');
    expect(await rejectionOf(journey.send('start-face', { session: 'another' }))).toBe('session_replaced');
  });

  it('ends at once when name and number are not those of the account holder', async () => {
    const journey = await new JourneyDriver(time, doubles).enter('stranger/1');
    expect(journey.view).toMatchObject({ step: 'closed', allowed: [], codes: ['not_the_account_holder'] });
    await expect(journey.handle.result()).resolves.toBe('closed');
  });

  it('ends when the sealed entry has expired', async () => {
    const journey = await new JourneyDriver(time, doubles).enter('expired/1');
    expect(journey.view).toMatchObject({ step: 'closed', codes: ['input_expired'] });
  });

  it('lets the person repeat a failed face check, and mentions the window after the second failure', async () => {
    const journey = await enter();
    doubles.faceResults = ['failed', 'failed'];
    const failed = { step: 'face-failed', codes: ['face_portrait_mismatch'] };
    expect(await journey.walk(...face)).toMatchObject(failed);
    failed.codes.push('window_is_open');
    expect(await journey.walk(...face)).toMatchObject(failed);
    expect((await journey.walk(...face)).step).toBe('bank-card');
  });

  it('continues an unfinished face check, and accepts the result of no other attempt', async () => {
    const journey = await enter();
    doubles.faceResults = ['unfinished'];
    expect(await journey.walk(...face)).toMatchObject({ step: 'face', codes: ['face_check_unfinished'] });
    const before = doubles.calls.get('queryFace');
    expect(await journey.send('report-face', { attempt: 'another' })).toMatchObject({
      step: 'face',
      codes: ['face_check_void'],
    });
    expect(doubles.calls.get('queryFace')).toBe(before);
  });

  it('asks for a bank card until the check passes', async () => {
    const journey = await enter();
    await journey.walk(...face);
    expect(await journey.send('submit-card', { input: 'wrong-card' })).toMatchObject({
      step: 'bank-card',
      codes: ['bank_card_mismatch'],
    });
    expect((await journey.send('submit-card', { input: 'card' })).step).toBe('portrait');
  });

  it('ends after 【暂不认证】 and after 【重新录入】', async () => {
    const declining = await enter();
    expect((await declining.send('decline')).step).toBe('closed');
    const entering = await enter();
    await entering.walk(...face, ['submit-card', { input: 'card' }]);
    expect((await entering.send('re-enter')).step).toBe('closed');
  });

  it('stays at its step when the same session enters again, and starts over at the face for another session', async () => {
    const journey = await enter();
    await journey.walk(...verified);
    await journey.enter('person/2');
    expect(journey.view.step).toBe('to-dos');
    await journey.enter('person/3', 'another-phone');
    expect(journey.view.step).toBe('face');
    expect(await rejectionOf(journey.send('start-face'))).toBe('session_replaced');
  });

  it('returns from a matter to the to-dos: declined, cancelled, refused, changed or expired', async () => {
    const journey = await enter();
    await journey.walk(...verified);
    const back = { step: 'to-dos' };
    expect(await journey.send('confirm', { ...toDo, toDo: 'changed' })).toMatchObject({
      ...back,
      codes: ['matter_changed'],
    });
    expect(await journey.walk(['confirm', toDo], ['decline'])).toMatchObject({ ...back, codes: [] });
    expect(await journey.walk(['confirm', toDo], ...face, ['cancel'])).toMatchObject({
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
      expect(await journey.walk(...path)).toMatchObject({ ...back, codes: ['refusal_recorded'] });
    }
    expect(await journey.walk(['confirm', toDo], ...face, ['sign', { input: 'expired' }])).toMatchObject({
      ...back,
      codes: ['matter_closed'],
    });
  });

  it('asks for a re-issue at the to-dos and after a confirmation, and reports the result', async () => {
    const journey = await enter();
    await journey.walk(...verified);
    const before = { step: 'to-dos', codes: ['reissue_requested'] };
    expect(await journey.send('ask-re-issue', { toDo: 'to-do-2' })).toMatchObject(before);
    expect(await journey.send('ask-re-issue', { toDo: 'listed' })).toMatchObject({
      step: 'to-dos',
      codes: ['reissue_not_needed'],
    });
    await journey.walk(...signed);
    expect(await journey.send('ask-re-issue', { toDo: 'to-do-2' })).toMatchObject(before);
    expect((await journey.walk(...signed)).step).toBe('completed');
  });

  it('stays at the signing page after a scribble, and needs a new face check when the old one has expired', async () => {
    const journey = await enter();
    await journey.walk(...verified, ['confirm', toDo], ...face);
    expect(await journey.send('sign', { input: 'scribble' })).toMatchObject({
      step: 'signing',
      codes: ['signature_too_little'],
    });
    expect(await journey.send('sign', { input: 'late' })).toMatchObject({
      step: 'matter-face',
      codes: ['face_check_used_up'],
    });
    expect((await journey.walk(...face, ['sign', { input: 'strokes' }])).step).toBe('completed');
  });

  it('continues when the database is back after an outage', async () => {
    const journey = await enter();
    doubles.failing.set('saveStop', { code: 'internal' });
    const sending = journey.send('start-face');
    const tried = doubles.calls.get('saveStop') ?? 0;
    while ((doubles.calls.get('saveStop') ?? 0) < tried + 4) await time.environment.sleep('1s');
    doubles.failing.clear();
    expect((await sending).step).toBe('face');
  });

  it('closes seven days after the last command', async () => {
    const journey = await enter();
    await time.environment.sleep('5 days');
    await journey.send('start-face');
    await time.environment.sleep('5 days');
    expect(journey.projection?.step).toBe('face');
    await time.environment.sleep('3 days');
    await expect(journey.handle.result()).resolves.toBe('idle');
    expect(journey.projection).toMatchObject({ step: 'closed', codes: ['journey_idle'] });
  });

  it('confirms forty-eight matters over several days, each with its own face check', async () => {
    const journey = await enter();
    await journey.walk(...verified);
    const before = doubles.calls.get('startFace') ?? 0;
    const first = journey.view.revision;
    for (let matter = 0; matter < 48; matter += 1) {
      // Six a day take eight days, which is longer than a journey may be idle.
      if (matter % 6 === 0) await time.environment.sleep('1 day');
      const displayed = { toDo: `to-do-${matter}`, textHash: 'hash' };
      expect((await journey.walk(['confirm', displayed], ...face, ['sign', { input: 'strokes' }])).step).toBe(
        'completed',
      );
      expect(journey.projection?.toDo).toBe(displayed.toDo);
    }
    expect((doubles.calls.get('startFace') ?? 0) - before).toBe(48);
    expect(journey.view.revision - first).toBe(192);
    expect((await journey.send('close')).step).toBe('closed');
    await expect(journey.handle.result()).resolves.toBe('closed');
  }, 180_000);

  it('saves its end when an operator cancels it', async () => {
    const journey = await enter();
    await journey.handle.cancel();
    await expect(journey.handle.result()).resolves.toBe('cancelled');
    expect(journey.projection).toMatchObject({ step: 'closed', codes: ['closed_by_operator'] });
  });
});
