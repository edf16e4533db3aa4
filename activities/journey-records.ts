import { beginAttempt, endAttempt, refundUnfinished, voidFaceCheck } from '../db/attempts/attempts';
import { checkToDo, lockToDo, refuseToDo } from '../db/confirmations/confirmations';
import type { ToDoRejection } from '../domain/to-dos';
import { admit, findJourney, personOf, saveJourney } from '../db/journeys/journeys';
import type { Admission, Projection } from '../db/journeys/journeys';
import { decide, propose, settleProposal, withdrawProposal } from '../db/decisions/decisions';
import type { ClerkRejection, NotedRejection, ProposalRejection } from '../db/decisions/decisions';
import { askForReissue } from '../db/confirmations/re-issues';
import { confirmOnPaper, sign } from '../db/confirmations/signing';
import type { PaperResult, SigningResult } from '../db/confirmations/signing';
import type { AttemptRejection } from '../domain/attempts';
import type { Proposal } from '../domain/decisions';
import type { ProvenCommand } from '../domain/proven-command';
import type { ReissueRejection } from '../domain/re-issue';
import type { Command } from '../domain/steps';
import type { Dependencies } from './dependencies';
import { openingSealed } from './failures';
import type { JourneyRow } from '../db/tables';

export type { Admission } from '../db/journeys/journeys';

/**
 * The database work of a journey. Each activity may be repeated. Anybody who reaches Temporal can start an activity.
 * So an activity that confirms, refuses or decides takes the proven command itself, and relies only on that command and the database.
 */
export interface JourneyRecords {
  admit(entry: { command: ProvenCommand<'enter'>; revision: number }): Promise<Admission>;
  /** Saves the projection of a stop. @returns `rejected` if the database knows of no check that leads to this stop */
  saveStop(projection: Projection): Promise<{ rejected?: 'not_allowed_now' }>;
  openToDo(opened: {
    journey: string;
    toDo: string;
    textHash: string;
  }): Promise<{ matter: string } | { rejected: ToDoRejection }>;
  refuse(command: ProvenCommand<'refuse'>): Promise<{ rejected?: ToDoRejection | 'not_allowed_now' }>;
  askForReissue(
    command: ProvenCommand<'ask-re-issue'>,
  ): Promise<{ rejected?: ReissueRejection | 'to_do_unknown' | 'not_allowed_now' }>;
  sign(signing: { command: ProvenCommand<'sign'>; attempt: string }): Promise<SigningResult>;
  /** Settles a confirmation that was signed on paper and accepted by two clerks. */
  confirmOnPaper(confirmed: {
    journey: string;
    toDo: string;
    textHash: string;
    decision: string;
  }): Promise<PaperResult>;
  /** Refunds a face check from which the person turned back before it had a result. */
  refundFaceCheck(left: { journey: string }): Promise<void>;
  /** 【取消】: makes the face check of a matter void, although it was passed. */
  voidFaceCheck(cancelled: { attempt: string; command: string }): Promise<void>;
  /** A person asks for the window. It counts towards the checks that an account may start in a day, so that nobody floods the worklist. */
  askInPerson(request: { journey: string; command: string }): Promise<{ rejected?: AttemptRejection }>;
  /** Carries out what one clerk decided. @returns `rejected` if that is not possible */
  decide(command: ProvenCommand<'decide'>): Promise<{ rejected?: NotedRejection | 'grant_limit_reached' }>;
  /** Records a proposal, and picks the clerk who reviews it. */
  propose(command: ProvenCommand<'propose'>): Promise<Proposal | { rejected: ProposalRejection }>;
  /** Carries out the second clerk's verdict. */
  settleProposal(command: ProvenCommand<'review'>): Promise<{ rejected?: NotedRejection }>;
  /** Takes back a proposal that nobody has reviewed. */
  withdrawProposal(command: ProvenCommand<'withdraw'>): Promise<{ rejected?: ClerkRejection }>;
}

export function createJourneyRecords({
  store,
  proofs,
  attemptLimits,
  flagLimits,
  confirmedTemplate,
  reevaluate,
  logger,
  now,
}: Dependencies): JourneyRecords {
  const settling = { flagLimits, tellsPerson: confirmedTemplate !== undefined };

  /** Whether the api made exactly this command. Its age does not matter: an activity may be repeated for hours. */
  function isProven<C extends Command>(sent: ProvenCommand<C>, command: C): boolean {
    if (proofs.isProven(sent) && sent.command === command) return true;
    logger.warn('command_unproven', {
      journey: (sent as Partial<typeof sent> | null)?.journey,
      code: command,
    });
    return false;
  }

  /** The journey of a person's command, if the session that sent the command holds it. */
  async function heldBy<C extends 'refuse' | 'ask-re-issue'>(
    sent: ProvenCommand<C>,
    command: C,
  ): Promise<JourneyRow | undefined> {
    if (!isProven(sent, command)) return undefined;
    const row = await findJourney(store.knex, sent.journey);
    if (row && row.session_id === sent.payload.session) return row;
    logger.warn('command_rejected', { journey: sent.journey, code: 'session_replaced' });
    return undefined;
  }

  /** Logs the rejection of a command that no phone and no clerk's page would send. */
  function logged<R extends object>(journey: string, result: R): R {
    const { rejected, code }: { rejected?: string; code?: string } = result;
    if (rejected ?? code) logger.warn('command_rejected', { journey, code: rejected ?? code });
    return result;
  }
  const opening: Pick<JourneyRecords, 'openToDo' | 'sign' | 'confirmOnPaper'> = {
    openToDo: ({ journey, toDo, textHash }) =>
      store.knex.transaction(async (db) => {
        const row = await findJourney(db, journey, 'locked');
        const person = row && (await personOf(store, db, row));
        if (!person) return { rejected: 'to_do_unknown' as const };
        const found = await lockToDo(db, toDo, row.person_key);
        const rejected = await checkToDo(store, db, found, { textHash, matchKey: person.matchKey }, now());
        return rejected || !found ? { rejected: rejected ?? 'to_do_unknown' } : { matter: found.matter.id };
      }),

    async sign({ command, attempt }) {
      if (!isProven(command, 'sign')) return { outcome: 'not-signable', code: 'not_allowed_now' };
      const { journey, id: input } = command;
      const { session, toDo } = command.payload;
      const result = await sign(store, { journey, session, toDo, attempt, input }, settling, now());
      if (result.outcome === 'confirmed') await reevaluate(result.matter);
      else logged(journey, result);
      return result;
    },

    async confirmOnPaper(confirmed) {
      const result = logged(confirmed.journey, await confirmOnPaper(store, confirmed, settling, now()));
      if (result.outcome === 'confirmed') await reevaluate(result.matter);
      return result;
    },
  };
  return {
    ...openingSealed(opening),

    async admit({ command, revision }) {
      if (!isProven(command, 'enter')) return 'input-expired';
      const { journey, payload } = command;
      return await admit(
        store,
        { journey, session: payload.session ?? '', input: payload.input, revision },
        now(),
      );
    },

    saveStop: async (projection) => logged(projection.journey, await saveJourney(store, projection, now())),

    async refuse(command) {
      const row = await heldBy(command, 'refuse');
      if (!row) return { rejected: 'not_allowed_now' };
      const { id: journey, person_key: personKey } = row;
      const { toDo, reason } = command.payload;
      const result = await refuseToDo(
        store,
        { toDo, personKey, journey, reason, command: command.id },
        now(),
      );
      if ('rejected' in result) return result;
      for (const matter of result.matters) await reevaluate(matter);
      return {};
    },

    async askForReissue(command) {
      const row = await heldBy(command, 'ask-re-issue');
      if (!row) return { rejected: 'not_allowed_now' };
      const request = { toDo: command.payload.toDo, personKey: row.person_key, command: command.id };
      const result = await askForReissue(store, request, now());
      if ('rejected' in result) return result;
      await reevaluate(result.matter);
      return {};
    },

    refundFaceCheck: ({ journey }) => refundUnfinished(store.knex, journey, now()),

    voidFaceCheck: ({ attempt, command }) => voidFaceCheck(store.knex, attempt, command),

    async askInPerson({ journey, command }) {
      const row = await findJourney(store.knex, journey);
      if (!row) return {};
      const { account, person_key: personKey } = row;
      const attempt = await beginAttempt(
        store,
        { purpose: 'in-person', journey, account, personKey, debits: 'account', command },
        attemptLimits,
        now(),
      );
      if ('rejected' in attempt) return attempt;
      // The attempt has no result of its own: what clerks decide is in `decisions`.
      await endAttempt(store.knex, attempt.id, 'refunded', now());
      return {};
    },

    async decide(command) {
      if (!isProven(command, 'decide')) return { rejected: 'not_your_right' };
      const { journey, id, payload } = command;
      return logged(journey, await decide(store, { ...payload, journey, command: id }, now()));
    },

    async propose(command) {
      if (!isProven(command, 'propose')) return { rejected: 'not_your_right' };
      const { journey, id, payload } = command;
      return logged(journey, await propose(store, { ...payload, journey, command: id }, now()));
    },

    async settleProposal(command) {
      if (!isProven(command, 'review')) return { rejected: 'not_your_right' };
      const { journey, payload } = command;
      return logged(journey, await settleProposal(store, { ...payload, journey }, now()));
    },

    async withdrawProposal(command) {
      if (!isProven(command, 'withdraw')) return { rejected: 'not_your_right' };
      const { journey, payload } = command;
      return logged(journey, await withdrawProposal(store, { ...payload, journey }, now()));
    },
  };
}
