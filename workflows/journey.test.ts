import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { ApplicationFailure } from '@temporalio/common';
import { accepts, commandNames } from '../domain/steps';
import type { Command } from '../domain/steps';
import { createDoubles } from '../test/activity-doubles';
import type { Scene } from '../test/activity-doubles';
import { skipTime } from '../test/setup/time-skipping';
import type { SkippingTime } from '../test/setup/time-skipping';
import { searchAttributes } from './contract';
import type { JourneyView } from './contract';
import type { journey } from './journey';

let time: SkippingTime;
let scene: Scene;

beforeAll(async () => {
  const doubles = createDoubles();
  scene = doubles.scene;
  time = await skipTime(doubles.activities);
}, 60_000);
afterAll(() => time.stop());
beforeEach(() => {
  scene.failing.clear();
  scene.faceResults = [];
  scene.holder = undefined;
});

/** A phone: says things to one journey, as the api would. */
class Phone {
  view!: JourneyView;
  readonly id = `journey-${randomUUID()}`;
  readonly session = randomUUID();

  get handle(): WorkflowHandle {
    return time.environment.client.workflow.getHandle(this.id);
  }

  async enter(
    input = 'person/1',
    session: string = this.session,
    updateId: string = randomUUID(),
  ): Promise<this> {
    this.view = await time.environment.client.workflow.executeUpdateWithStart<
      typeof journey,
      JourneyView,
      [object]
    >('enter', {
      args: [{ session, input }],
      updateId,
      startWorkflowOperation: new WithStartWorkflowOperation('journey', {
        workflowId: this.id,
        taskQueue: time.taskQueue,
        args: [],
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    });
    return this;
  }

  async say(command: Command, data: object = {}, updateId: string = randomUUID()): Promise<JourneyView> {
    const args = [{ session: this.session, seen: this.view.revision, ...data }];
    this.view = await this.handle.executeUpdate<JourneyView, [object]>(command, {
      args: args as [object],
      updateId,
    });
    return this.view;
  }

  /** Says a list of things, each as a command with what belongs to it. */
  async walk(...path: [Command, object?][]): Promise<JourneyView> {
    for (const [command, data] of path) await this.say(command, { ...data, ...this.known(command) });
    return this.view;
  }

  known(command: Command): object {
    return command === 'report-face' ? { attempt: scene.shown.get(this.id)?.attempt } : {};
  }
}

async function rejectionOf(saying: Promise<unknown>): Promise<string | null | undefined> {
  const error: unknown = await saying.catch((thrown: unknown) => thrown);
  return error instanceof WorkflowUpdateFailedError
    ? (error.cause as ApplicationFailure).type
    : String(error);
}

async function causeInSearch(phone: Phone): Promise<string | undefined> {
  const { typedSearchAttributes } = await phone.handle.describe();
  const key = defineSearchAttributeKey(searchAttributes.stuckCause, SearchAttributeType.KEYWORD);
  return typedSearchAttributes.get(key);
}

const face: [Command, object?][] = [['start-face'], ['report-face']];
const toDo = { toDo: 'to-do-1', textHash: 'hash' };
const verified: [Command, object?][] = [...face, ['submit-card', { input: 'card' }], ['confirm-portrait']];
const signed: [Command, object?][] = [['confirm', toDo], ...face, ['sign', { input: 'strokes' }]];

describe('a journey', () => {
  it('goes the way of the manual, and ends when the person closes it', async () => {
    const phone = await new Phone().enter();
    const steps = [phone.view.step];
    for (const [command, data] of [...verified, ...signed]) {
      steps.push((await phone.walk([command, data])).step);
    }
    expect(steps).toEqual([
      ...['face', 'face', 'bank-card', 'portrait', 'to-dos'],
      ...['matter-face', 'matter-face', 'signing', 'completed'],
    ]);
    expect((await phone.say('close')).step).toBe('closed');
    await expect(phone.handle.result()).resolves.toBe('closed');
  });

  it('answers every repeated command as before and does nothing twice', async () => {
    const phone = new Phone();
    await phone.enter('person/1', phone.session, 'enter-1');
    const first = phone.view;
    await phone.enter('person/1', phone.session, 'enter-1');
    expect(phone.view).toEqual(first);
    for (const [index, [command, data]] of [...verified, ...signed].entries()) {
      const said = { ...data, ...phone.known(command), seen: phone.view.revision };
      const answer = await phone.say(command, said, `tap-${index}`);
      const calls = new Map(scene.calls);
      expect(await phone.say(command, said, `tap-${index}`)).toEqual(answer);
      expect(scene.calls).toEqual(calls);
    }
  });

  it('rejects at every stop what the table does not allow, and stays where it is', async () => {
    const phone = await new Phone().enter();
    for (const [command, data] of [...verified, ...signed]) {
      const { step, revision } = phone.view;
      for (const wrong of commandNames.filter((name) => !accepts(step as never, name))) {
        const view = phone.view;
        expect([step, wrong, await rejectionOf(phone.say(wrong))]).toEqual([step, wrong, 'not_allowed_now']);
        phone.view = view;
      }
      expect(scene.shown.get(phone.id)?.revision).toBe(revision);
      await phone.walk([command, data]);
    }
  });

  it('rejects a tap meant for another view, and one from another session', async () => {
    const phone = await new Phone().enter();
    expect(await rejectionOf(phone.say('start-face', { seen: phone.view.revision - 1 }))).toBe('stale');
    expect(await rejectionOf(phone.say('start-face', { session: 'another' }))).toBe('session_replaced');
  });

  it('ends at once when the data is not that of the account, and says so', async () => {
    const phone = await new Phone().enter('stranger/1');
    expect(phone.view).toMatchObject({ step: 'closed', allowed: [], codes: ['not_the_account_holder'] });
    await expect(phone.handle.result()).resolves.toBe('closed');
  });

  it('ends when what was entered is no longer there', async () => {
    const phone = await new Phone().enter('expired/1');
    expect(phone.view).toMatchObject({ step: 'closed', codes: ['input_expired'] });
  });

  it('lets a failed face check be repeated, and says when no attempt is left', async () => {
    const phone = await new Phone().enter();
    scene.faceResults = ['failed', 'attempts_used_up'];
    expect(await phone.walk(...face)).toMatchObject({
      step: 'face-failed',
      codes: ['face_portrait_mismatch'],
    });
    expect(await phone.say('start-face')).toMatchObject({ step: 'face-failed', codes: ['attempts_used_up'] });
    expect((await phone.walk(...face)).step).toBe('bank-card');
  });

  it('goes on with a face check that was left, and believes no other attempt', async () => {
    const phone = await new Phone().enter();
    scene.faceResults = ['unfinished'];
    expect(await phone.walk(...face)).toMatchObject({ step: 'face', codes: ['face_check_unfinished'] });
    const asked = scene.calls.get('queryFace');
    expect(await phone.say('report-face', { attempt: 'another' })).toMatchObject({
      step: 'face',
      codes: ['face_check_void'],
    });
    expect(scene.calls.get('queryFace')).toBe(asked);
  });

  it('keeps asking for the bank card until it is the right one', async () => {
    const phone = await new Phone().enter();
    await phone.walk(...face);
    expect(await phone.say('submit-card', { input: 'wrong-card' })).toMatchObject({
      step: 'bank-card',
      codes: ['bank_card_mismatch'],
    });
    expect((await phone.say('submit-card', { input: 'card' })).step).toBe('portrait');
  });

  it('is over after 【暂不认证】 and after 【重新录入】', async () => {
    const declining = await new Phone().enter();
    expect((await declining.say('decline')).step).toBe('closed');
    const entering = await new Phone().enter();
    await entering.walk(...face, ['submit-card', { input: 'card' }]);
    expect((await entering.say('re-enter')).step).toBe('closed');
  });

  it('meets the same session where it is, and lets another one begin with the face', async () => {
    const phone = await new Phone().enter();
    await phone.walk(...verified);
    await phone.enter('person/2');
    expect(phone.view.step).toBe('to-dos');
    await phone.enter('person/3', 'another-phone');
    expect(phone.view.step).toBe('face');
    expect(await rejectionOf(phone.say('start-face'))).toBe('session_replaced');
  });

  it('goes from a matter back to the to-dos: declined, cancelled, refused, changed or too late', async () => {
    const phone = await new Phone().enter();
    await phone.walk(...verified);
    const back = { step: 'to-dos' };
    expect(await phone.say('confirm', { ...toDo, toDo: 'changed' })).toMatchObject({
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

  it('stays at the signing page after a scribble, and asks for the face again when its time is over', async () => {
    const phone = await new Phone().enter();
    await phone.walk(...verified, ['confirm', toDo], ...face);
    expect(await phone.say('sign', { input: 'scribble' })).toMatchObject({
      step: 'signing',
      codes: ['signature_too_little'],
    });
    expect(await phone.say('sign', { input: 'late' })).toMatchObject({
      step: 'matter-face',
      codes: ['face_check_used_up'],
    });
    expect((await phone.walk(...face, ['sign', { input: 'strokes' }])).step).toBe('completed');
  });

  it('is stuck with its cause when a vendor is down, and goes on where it was after a decision', async () => {
    const phone = await new Phone().enter();
    scene.failing.set('startFace', { code: 'alipay_timeout' });
    expect((await phone.say('start-face')).step).toBe('stuck');
    expect(scene.shown.get(phone.id)).toMatchObject({ cause: 'vendor-unavailable' });
    expect(await causeInSearch(phone)).toBe('vendor-unavailable');
    scene.failing.clear();
    expect((await phone.say('decide', { decision: 'retry' })).step).toBe('face');
    expect(scene.shown.get(phone.id)?.cause).toBeUndefined();
    expect(await causeInSearch(phone)).toBeUndefined();
  });

  it('heals by itself when the vendor is back, trying less and less often, and then is busy for nobody', async () => {
    const phone = await new Phone().enter();
    scene.failing.set('startFace', { code: 'alipay_timeout' });
    expect((await phone.say('start-face')).step).toBe('stuck');
    const [tries] = [scene.calls.get('startFace') ?? 0];
    await time.environment.sleep('4 minutes');
    // One minute and three minutes later, five times each.
    expect(scene.calls.get('startFace')).toBe(tries + 10);
    expect(await causeInSearch(phone)).toBe('vendor-unavailable');
    expect(scene.shown.get(phone.id)).toMatchObject({ step: 'stuck' });
    scene.failing.clear();
    await time.environment.sleep('6 minutes');
    expect(scene.shown.get(phone.id)).toMatchObject({ step: 'face' });
    expect(await causeInSearch(phone)).toBeUndefined();
    phone.view = { ...phone.view, revision: scene.shown.get(phone.id)!.revision };
    expect((await phone.walk(['report-face'])).step).toBe('bank-card');
  });

  it('does not try again by itself what a vendor has refused', async () => {
    scene.failing.set('checkCertificate', { code: 'alipay_refused', nonRetryable: true });
    const phone = await new Phone().enter();
    const tries = scene.calls.get('checkCertificate');
    // Longer than a journey may be idle: who waits for a clerk is not.
    await time.environment.sleep('8 days');
    expect(scene.calls.get('checkCertificate')).toBe(tries);
    scene.failing.clear();
    expect((await phone.say('decide', { decision: 'retry' })).step).toBe('face');
  });

  it('tells a refusing vendor, a failing system and a clerk who closes apart', async () => {
    const causes = [];
    for (const failure of [{ code: 'alipay_refused', nonRetryable: true }, { code: 'internal' }]) {
      scene.failing.set('checkCertificate', failure);
      const phone = await new Phone().enter();
      causes.push(scene.shown.get(phone.id)?.cause);
      expect(await phone.say('decide', { decision: 'close' })).toMatchObject({
        step: 'closed',
        codes: ['closed_by_clerk'],
      });
    }
    expect(causes).toEqual(['vendor-refused', 'system-fault']);
  });

  it('keeps the other matters usable while one is stuck', async () => {
    const phone = await new Phone().enter();
    await phone.walk(...verified, ['confirm', toDo]);
    scene.failing.set('startFace', { code: 'alipay_timeout' });
    expect(await phone.say('start-face')).toMatchObject({
      step: 'stuck',
      allowed: ['back', 'refuse', 'close'],
    });
    scene.failing.clear();
    expect((await phone.say('back')).step).toBe('to-dos');
    expect((await phone.walk(...signed)).step).toBe('completed');
  });

  it('does not wait for a database that is away for a while', async () => {
    const phone = await new Phone().enter();
    scene.failing.set('show', { code: 'internal' });
    const saying = phone.say('start-face');
    const tried = scene.calls.get('show') ?? 0;
    while ((scene.calls.get('show') ?? 0) < tried + 4) await time.environment.sleep('1s');
    scene.failing.clear();
    expect((await saying).step).toBe('face');
  });

  it('closes after seven days in which nothing was said, counted from the last command', async () => {
    const phone = await new Phone().enter();
    await time.environment.sleep('5 days');
    await phone.say('start-face');
    await time.environment.sleep('5 days');
    expect(scene.shown.get(phone.id)?.step).toBe('face');
    await time.environment.sleep('3 days');
    await expect(phone.handle.result()).resolves.toBe('idle');
    expect(scene.shown.get(phone.id)).toMatchObject({ step: 'closed', codes: ['journey_idle'] });
  });

  it('closes its projection when an operator cancels it', async () => {
    const phone = await new Phone().enter();
    await phone.handle.cancel();
    await expect(phone.handle.result()).resolves.toBe('cancelled');
    expect(scene.shown.get(phone.id)).toMatchObject({ step: 'closed', codes: ['closed_by_operator'] });
  });
});
