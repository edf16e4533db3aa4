import { beginAttempt, endAttempt, refundUnfinished, voidFaceCheck } from '../db/attempts';
import { lockToDo, refusalOfToDo, refuseToDo } from '../db/confirmations';
import type { ToDoRefusal } from '../db/confirmations';
import { admit, findJourney, personOf, showJourney } from '../db/journeys';
import type { Admission, Projection } from '../db/journeys';
import { decide, propose, settleProposal } from '../db/decisions';
import type { Proposed, ProposalRefusal } from '../db/decisions';
import { askForReissue } from '../db/re-issues';
import { confirmOnPaper, sign } from '../db/signing';
import type { PaperResult, SigningResult } from '../db/signing';
import type { AttemptRefusal } from '../domain/attempts';
import type { Proposal, SingleDecision, Verdict } from '../domain/decisions';
import type { ReissueRefusal } from '../domain/re-issue';
import type { RefusalReason } from '../domain/refusals';
import type { Dependencies } from './dependencies';
import { openingSealed } from './failures';

export type { Admission } from '../db/journeys';

/** What a journey reads and writes in the database. Every one may be repeated. */
export interface JourneyRecords {
  admit(entry: { journey: string; session: string; input: string; revision: number }): Promise<Admission>;
  show(projection: Projection): Promise<void>;
  openToDo(opened: {
    journey: string;
    toDo: string;
    textHash: string;
  }): Promise<{ matter: string } | { refused: ToDoRefusal }>;
  refuse(refusal: {
    journey: string;
    toDo: string;
    reason: RefusalReason;
    command: string;
  }): Promise<{ refused?: ToDoRefusal }>;
  askForReissue(asked: {
    journey: string;
    toDo: string;
    command: string;
  }): Promise<{ refused?: ReissueRefusal | 'to_do_unknown' }>;
  sign(signing: { journey: string; toDo: string; attempt: string; input: string }): Promise<SigningResult>;
  /** Settles a confirmation that was signed on paper, as two clerks have accepted. */
  confirmOnPaper(confirmed: {
    journey: string;
    toDo: string;
    textHash: string;
    decision: string;
  }): Promise<PaperResult>;
  /** The person turned back from a face check before it had a result. */
  refundFaceCheck(left: { journey: string }): Promise<void>;
  /** 【取消】: the face check of a matter, though passed, is void. */
  voidFaceCheck(cancelled: { attempt: string; command: string }): Promise<void>;
  /** A person asks for the window: counted among what an account may start in a day, so that nobody floods the worklist. */
  askInPerson(asked: { journey: string; command: string }): Promise<{ refused?: AttemptRefusal }>;
  /** What one clerk decided. @returns why it could not be */
  decide(decided: {
    journey: string;
    toDo?: string;
    command: string;
    clerk: string;
    decision: SingleDecision;
    attempts?: number;
  }): Promise<{ refused?: 'grant_limit_reached' }>;
  /** What a clerk proposes to another, whom it picks. */
  propose(proposed: Proposed): Promise<Proposal | { refused: ProposalRefusal }>;
  settleProposal(settled: { journey: string; proposal: string; verdict: Verdict }): Promise<void>;
}

export function createJourneyRecords({
  store,
  attemptLimits,
  flagLimits,
  confirmedTemplate,
  lookAgain,
  now,
}: Pick<
  Dependencies,
  'store' | 'attemptLimits' | 'flagLimits' | 'confirmedTemplate' | 'lookAgain' | 'now'
>): JourneyRecords {
  const settling = { flagLimits, tellsPerson: confirmedTemplate !== undefined };
  const opening: Pick<JourneyRecords, 'openToDo' | 'sign' | 'confirmOnPaper'> = {
    openToDo: ({ journey, toDo, textHash }) =>
      store.knex.transaction(async (on) => {
        const row = await findJourney(on, journey, 'locked');
        const person = row && (await personOf(store, on, row));
        if (!person) return { refused: 'to_do_unknown' as const };
        const found = await lockToDo(on, toDo, row.person_key);
        const refused = await refusalOfToDo(store, on, found, { textHash, matchKey: person.matchKey }, now());
        return refused || !found ? { refused: refused ?? 'to_do_unknown' } : { matter: found.matter.id };
      }),

    async sign(signing) {
      const result = await sign(store, signing, settling, now());
      if (result.outcome === 'confirmed') await lookAgain(result.matter);
      return result;
    },

    async confirmOnPaper(confirmed) {
      const result = await confirmOnPaper(store, confirmed, settling, now());
      if (result.outcome === 'confirmed') await lookAgain(result.matter);
      return result;
    },
  };
  return {
    ...openingSealed(opening),

    admit: (entry) => admit(store, entry, now()),

    show: (projection) => showJourney(store, projection, now()),

    async refuse({ journey, toDo, reason, command }) {
      const row = await findJourney(store.knex, journey);
      if (!row) return { refused: 'to_do_unknown' };
      const personKey = row.person_key;
      const result = await refuseToDo(store, { toDo, personKey, journey, reason, command }, now());
      if ('refused' in result) return result;
      for (const matter of result.matters) await lookAgain(matter);
      return {};
    },

    async askForReissue({ journey, toDo, command }) {
      const row = await findJourney(store.knex, journey);
      if (!row) return { refused: 'to_do_unknown' };
      const result = await askForReissue(store, { toDo, personKey: row.person_key, command }, now());
      if ('refused' in result) return result;
      await lookAgain(result.matter);
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
      if ('refused' in attempt) return attempt;
      // It has no result of its own: what clerks decide stands in \`decisions\`.
      await endAttempt(store.knex, attempt.id, 'refunded', now());
      return {};
    },

    decide: (decided) => decide(store, decided, now()),

    propose: (proposed) => propose(store, proposed, now()),

    settleProposal: (settled) => settleProposal(store, settled, now()),
  };
}
