import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../activities';
import type { FaceResult } from '../activities/face';
import type { Projection } from '../db/journeys';
import type { MatterStanding } from '../db/matters';

/** What the doubles answer, to be changed by a test, and what they were asked. */
export interface Scene {
  /** What each journey last showed. */
  shown: Map<string, Projection>;
  /** How often each activity ran. */
  calls: Map<string, number>;
  /** Activities that fail now, with which code, and whether asking again makes sense. */
  failing: Map<keyof Activities, { code: string; nonRetryable?: boolean }>;
  /** The next results of face checks; passed when there are none. */
  faceResults: (FaceResult['outcome'] | 'attempts_used_up')[];
  holder?: string;
  /** Whether the database knows of no check that was passed. */
  unverified?: boolean;
  /** Whether accounts have asked for the window too often. */
  windowIsClosed?: boolean;
  /** Of proposals that are made from now on; ms since 1970. */
  proposalsExpireAt: number;
  standing: MatterStanding;
  delivered: number;
}

/** Activities without a database or vendors, for the workflows' own logic. */
export function createDoubles(): { scene: Scene; activities: Activities } {
  const scene: Scene = {
    shown: new Map(),
    calls: new Map(),
    failing: new Map(),
    faceResults: [],
    proposalsExpireAt: Number.MAX_SAFE_INTEGER,
    standing: { state: 'open', deliveriesWaiting: false, wakeAt: null },
    delivered: 0,
  };
  let attempts = 0;
  const result = (attempt: string): FaceResult => {
    const outcome = scene.faceResults.shift() ?? 'passed';
    if (outcome === 'failed') return { outcome, codes: ['face_portrait_mismatch'] };
    return outcome === 'void' || outcome === 'attempts_used_up' ? { outcome: 'void' } : { outcome, attempt };
  };
  const activities: Activities = {
    async admit({ command: { said } }) {
      const { session = '', input } = said;
      const known = scene.holder === `${session} ${input.split('/')[0]}`;
      scene.holder = `${session} ${input.split('/')[0]}`;
      return input.startsWith('expired') ? 'input-expired' : known ? 'recognised' : 'anew';
    },
    async show(projection) {
      scene.shown.set(projection.journey, projection);
      return scene.unverified ? { refused: 'not_allowed_now' } : {};
    },
    openToDo: async ({ toDo }) => (toDo === 'changed' ? { refused: 'matter_changed' } : { matter: 'matter' }),
    refuse: async ({ said: { toDo } }) => (toDo === 'settled' ? { refused: 'to_do_settled' } : {}),
    askForReissue: async ({ said: { toDo } }) => (toDo === 'listed' ? { refused: 'reissue_not_needed' } : {}),
    async sign({ command }) {
      const { input } = command.said;
      if (input === 'scribble') return { outcome: 'sign-again', code: 'signature_too_little' };
      if (input === 'late') return { outcome: 'face-again', code: 'face_check_used_up' };
      return input === 'expired'
        ? { outcome: 'not-signable', code: 'matter_closed' }
        : { outcome: 'confirmed', matter: 'matter' };
    },
    refundFaceCheck: async () => undefined,
    voidFaceCheck: async () => undefined,
    confirmOnPaper: async ({ textHash }) =>
      textHash === 'old'
        ? { outcome: 'not-signable', code: 'matter_changed' }
        : { outcome: 'confirmed', matter: 'matter' },
    askInPerson: async () => (scene.windowIsClosed ? { refused: 'checks_used_up' } : {}),
    async decide({ said: { attempts } }) {
      return attempts === 99 ? { refused: 'grant_limit_reached' } : {};
    },
    async propose({ id, said: { clerk, ...proposed } }) {
      if (clerk === 'the only one') return { refused: 'no_reviewer' };
      if (proposed.input === 'another code') return { refused: 'window_code_wrong' };
      return {
        id,
        decision: proposed.decision,
        ...(proposed.decision === 'accept' && { acceptance: proposed.acceptance }),
        proposer: clerk,
        reviewer: 'reviewer',
        expiresAt: scene.proposalsExpireAt,
      };
    },
    settleProposal: async () => ({}),
    async checkCertificate({ command }) {
      if (command.startsWith('passport'))
        return { outcome: 'to-window', code: 'document_type_goes_to_window' };
      return command.startsWith('stranger')
        ? { outcome: 'refused', code: 'not_the_account_holder' }
        : { outcome: 'passed', bankCard: true };
    },
    async startFace() {
      if (scene.faceResults[0] === 'attempts_used_up') {
        scene.faceResults.shift();
        return { outcome: 'used-up', code: 'attempts_used_up' };
      }
      attempts += 1;
      return { outcome: 'started', attempt: `attempt-${attempts}` };
    },
    queryFace: async ({ attempt }) => result(attempt),
    checkBankCard: async ({ input }) =>
      input === 'wrong-card'
        ? { outcome: 'failed', codes: ['bank_card_mismatch'] }
        : input === 'one-card-too-many'
          ? { outcome: 'used-up', code: 'attempts_used_up' }
          : { outcome: 'passed' },
    sweep: async () => ({
      sealedInputs: 2,
      sessions: 1,
      portraits: 0,
      windowCodes: 0,
      nonces: 0,
      rateLimits: 0,
      matters: 0,
      evidence: 0,
    }),
    sweepMatters: async () => 3,
    sweepJourneys: async () => 1,
    review: async () => scene.standing,
    async giveUpMessage() {
      scene.standing = { ...scene.standing, messageWaiting: undefined };
    },
    async tellPerson() {
      scene.standing = { ...scene.standing, messageWaiting: undefined };
      return { sent: true };
    },
    async deliver() {
      scene.delivered += 1;
      scene.standing = { ...scene.standing, deliveriesWaiting: false };
    },
  };
  return { scene, activities: counted(scene, activities) };
}

function counted(scene: Scene, activities: Activities): Activities {
  return Object.fromEntries(
    Object.entries(activities).map(([name, activity]) => [
      name,
      async (argument: never) => {
        scene.calls.set(name, (scene.calls.get(name) ?? 0) + 1);
        const failure = scene.failing.get(name as keyof Activities);
        if (failure) throw ApplicationFailure.create({ type: failure.code, ...failure });
        return await (activity as (argument: never) => Promise<unknown>)(argument);
      },
    ]),
  ) as unknown as Activities;
}
