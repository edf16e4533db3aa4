import { refundUnfinished, voidFaceCheck } from '../db/attempts';
import { lockToDo, refusalOfToDo, refuseToDo } from '../db/confirmations';
import type { ToDoRefusal } from '../db/confirmations';
import { admit, findJourney, personOf, showJourney } from '../db/journeys';
import type { Admission, Projection } from '../db/journeys';
import { sign } from '../db/signing';
import type { SigningResult } from '../db/signing';
import type { RefusalReason } from '../domain/refusals';
import type { Dependencies } from './dependencies';

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
  sign(signing: { journey: string; toDo: string; attempt: string; input: string }): Promise<SigningResult>;
  /** The person turned back from a face check before it had a result. */
  refundFaceCheck(left: { journey: string }): Promise<void>;
  /** 【取消】: the face check of a matter, though passed, is void. */
  voidFaceCheck(cancelled: { attempt: string; command: string }): Promise<void>;
}

export function createJourneyRecords({
  store,
  flagLimits,
  lookAgain,
  now,
}: Pick<Dependencies, 'store' | 'flagLimits' | 'lookAgain' | 'now'>): JourneyRecords {
  return {
    admit: (entry) => admit(store, entry, now()),

    show: (projection) => showJourney(store, projection, now()),

    openToDo: ({ journey, toDo, textHash }) =>
      store.knex.transaction(async (on) => {
        const row = await findJourney(on, journey);
        const person = row && (await personOf(store, on, row));
        if (!person) return { refused: 'to_do_unknown' as const };
        const found = await lockToDo(on, toDo, row.person_key);
        const refused = await refusalOfToDo(store, on, found, { textHash, matchKey: person.matchKey }, now());
        return refused || !found ? { refused: refused ?? 'to_do_unknown' } : { matter: found.matter.id };
      }),

    async refuse({ journey, toDo, reason, command }) {
      const row = await findJourney(store.knex, journey);
      if (!row) return { refused: 'to_do_unknown' };
      const personKey = row.person_key;
      const result = await refuseToDo(store, { toDo, personKey, journey, reason, command }, now());
      if ('refused' in result) return result;
      await lookAgain(result.matter);
      return {};
    },

    async sign(signing) {
      const result = await sign(store, signing, flagLimits, now());
      if (result.outcome === 'confirmed') await lookAgain(result.matter);
      return result;
    },

    refundFaceCheck: ({ journey }) => refundUnfinished(store.knex, journey, now()),

    voidFaceCheck: ({ attempt, command }) => voidFaceCheck(store.knex, attempt, command),
  };
}
