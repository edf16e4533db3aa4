import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../activities';
import type { FaceCheckOutcome } from '../../activities/face';
import type { Projection } from '../../db/journeys/journeys';
import type { MatterStatus } from '../../db/matters/matters';

/** What the doubles return, which a test may change, and how they were called. */
export interface Doubles {
  /** What each journey saved at its last stop. */
  projections: Map<string, Projection>;
  /** How often each activity ran. */
  calls: Map<keyof Activities, number>;
  /** Activities that fail now, with their code. */
  failing: Map<keyof Activities, { code: string; nonRetryable?: boolean }>;
  /** The next results of face checks; passed when there are none. */
  faceResults: (FaceCheckOutcome['outcome'] | 'attempts_used_up')[];
  /** Whether a check that fails was the last one of the day. */
  isLastAttempt?: boolean;
  /** The session and person that hold the journey. */
  holder?: string;
  /** Whether the database knows of no check that was passed. */
  unverified?: boolean;
  /** Whether every account has asked for the window too often. */
  windowIsClosed?: boolean;
  /** When new proposals expire; milliseconds since 1970. */
  proposalsExpireAt: number;
  /** Of every matter; undefined if the database knows of none. */
  status?: MatterStatus;
  /** Whether no authority gives time stamps now. */
  unstampable?: boolean;
  /** How many deliveries were acknowledged. */
  delivered: number;
}

/** Activities without a database or vendors, for the workflows' own logic. */
export function createDoubles(): { doubles: Doubles; activities: Activities } {
  const doubles: Doubles = {
    projections: new Map(),
    calls: new Map(),
    failing: new Map(),
    faceResults: [],
    proposalsExpireAt: Number.MAX_SAFE_INTEGER,
    status: { state: 'open', deliveriesWaiting: false, wakeAt: null },
    delivered: 0,
  };
  let attempts = 0;
  const usedUp = () => (doubles.isLastAttempt ? { usedUp: 'attempts_used_up' as const } : {});
  const result = (attempt: string): FaceCheckOutcome => {
    const outcome = doubles.faceResults.shift() ?? 'passed';
    if (outcome === 'failed') return { outcome, codes: ['face_portrait_mismatch'], ...usedUp() };
    return outcome === 'void' || outcome === 'attempts_used_up' ? { outcome: 'void' } : { outcome, attempt };
  };
  const activities: Activities = {
    async admit({ command: { payload } }) {
      const { session = '', input } = payload;
      const known = doubles.holder === `${session} ${input.split('/')[0]}`;
      doubles.holder = `${session} ${input.split('/')[0]}`;
      return input.startsWith('expired') ? 'input-expired' : known ? 'recognised' : 'anew';
    },
    async saveStop(projection) {
      doubles.projections.set(projection.journey, projection);
      return doubles.unverified ? { rejected: 'not_allowed_now' } : {};
    },
    openToDo: async ({ toDo }) =>
      toDo === 'changed' ? { rejected: 'matter_changed' } : { matter: 'matter' },
    refuse: async ({ payload: { toDo } }) => (toDo === 'settled' ? { rejected: 'to_do_settled' } : {}),
    askForReissue: async ({ payload: { toDo } }) =>
      toDo === 'listed' ? { rejected: 'reissue_not_needed' } : {},
    async sign({ command }) {
      const { input } = command.payload;
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
    askInPerson: async () => (doubles.windowIsClosed ? { rejected: 'checks_used_up' } : {}),
    async decide({ payload: { attempts } }) {
      return attempts === 99 ? { rejected: 'grant_limit_reached' } : {};
    },
    async propose({ id, payload: { clerk, ...proposed } }) {
      if (clerk === 'the only one') return { rejected: 'no_reviewer' };
      if (proposed.input === 'another code') return { rejected: 'window_code_wrong' };
      return {
        id,
        decision: proposed.decision,
        ...(proposed.decision === 'accept' && { acceptance: proposed.acceptance }),
        proposer: clerk,
        reviewer: 'reviewer',
        expiresAt: doubles.proposalsExpireAt,
      };
    },
    settleProposal: async () => ({}),
    withdrawProposal: async () => ({}),
    async checkCertificate({ command }) {
      if (command.startsWith('passport'))
        return { outcome: 'to-window', code: 'document_type_goes_to_window' };
      return command.startsWith('stranger')
        ? { outcome: 'refused', code: 'not_the_account_holder' }
        : { outcome: 'passed', bankCard: true };
    },
    async startFace() {
      if (doubles.faceResults[0] === 'attempts_used_up') {
        doubles.faceResults.shift();
        return { outcome: 'used-up', code: 'attempts_used_up' };
      }
      attempts += 1;
      return { outcome: 'started', attempt: `attempt-${attempts}` };
    },
    queryFace: async ({ attempt }) => result(attempt),
    checkBankCard: async ({ input }) =>
      input === 'wrong-card'
        ? { outcome: 'failed', codes: ['bank_card_mismatch'], ...usedUp() }
        : input === 'one-card-too-many'
          ? { outcome: 'used-up', code: 'attempts_used_up' }
          : { outcome: 'passed' },
    deleteExpired: async () => ({
      sealedInputs: 2,
      sessions: 1,
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
    }),
    sweepMatters: async () => 3,
    sweepJourneys: async () => 1,
    reevaluateMatter: async () => doubles.status,
    async abandonNotification() {
      doubles.status &&= { ...doubles.status, notificationWaiting: undefined };
    },
    async notifyPerson() {
      doubles.status &&= { ...doubles.status, notificationWaiting: undefined };
      return { sent: true };
    },
    async sealEvidence() {
      doubles.status &&= { ...doubles.status, evidence: doubles.unstampable ? 'unstamped' : undefined };
    },
    async deliver() {
      doubles.delivered += 1;
      doubles.status &&= { ...doubles.status, deliveriesWaiting: false };
    },
  };
  return { doubles, activities: counted(doubles, activities) };
}

function counted<T extends Record<keyof T, (argument: never) => Promise<unknown>>>(
  doubles: Doubles,
  activities: T,
): T {
  return Object.fromEntries(
    Object.entries<(argument: never) => Promise<unknown>>(activities).map(([name, activity]) => [
      name,
      async (argument: never) => {
        const called = name as keyof Activities;
        doubles.calls.set(called, (doubles.calls.get(called) ?? 0) + 1);
        const failure = doubles.failing.get(called);
        if (failure) throw ApplicationFailure.create({ type: failure.code, ...failure });
        return await activity(argument);
      },
    ]),
  ) as T;
}
