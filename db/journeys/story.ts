import type { StoryRecords } from '../../domain/story';
import { listDecisions } from '../decisions/decisions';
import { listStuckPeriods } from '../decisions/worklist';
import type { Db } from '../store/store';
import type { AttemptRow, DecisionRow, JourneyRow } from '../tables';

/** The newest of each kind are told. A journey that goes on for years has more. */
const MOST = 200;

/** What is on record about a journey: one read by an index for each kind. */
export async function recordsOf(
  db: Db,
  journey: Pick<JourneyRow, 'id' | 'person_key' | 'started_at'>,
): Promise<StoryRecords> {
  const { id, started_at: enteredAt } = journey;
  const [consents, attempts, stuckPeriods, decisions, confirmations] = await Promise.all([
    consentsOf(db, id),
    attemptsOf(db, id),
    listStuckPeriods(db, id),
    listDecisions(db, id),
    confirmationsOf(db, journey),
  ]);
  return {
    ...{ enteredAt, consents, attempts, confirmations },
    stuckPeriods: stuckPeriods.map(({ cause, toDoId, enteredAt: since, leftAt, leftBy }) => ({
      ...{ cause, enteredAt: since, toDoId: toDoId ?? undefined },
      ...{ leftAt: leftAt ?? undefined, leftBy: leftBy ?? undefined },
    })),
    decisions: decisions.map(decisionFrom),
  };
}

async function consentsOf(db: Db, journey: string): Promise<StoryRecords['consents']> {
  const rows = await db('consents')
    .where({ journey_id: journey })
    .orderBy('given_at', 'desc')
    .limit(MOST)
    .select('kind', 'to_do_id', 'given_at', 'withdrawn_at');
  return rows.map(({ kind, to_do_id, given_at, withdrawn_at }) => ({
    ...{ kind, givenAt: given_at },
    ...{ toDoId: to_do_id ?? undefined, withdrawnAt: withdrawn_at ?? undefined },
  }));
}

async function attemptsOf(db: Db, journey: string): Promise<StoryRecords['attempts']> {
  const rows = await db('attempts AS a')
    .leftJoin('portraits AS p', 'p.attempt_id', 'a.id')
    .where('a.journey_id', journey)
    .orderBy('a.started_at', 'desc')
    .limit(MOST)
    .select<(AttemptRow & { archived_at: Date | null })[]>('a.*', 'p.archived_at');
  return rows.map((row) => ({
    ...{ purpose: row.purpose, state: row.state, toDoId: row.to_do_id ?? undefined },
    codes: row.codes === null ? [] : (JSON.parse(row.codes) as string[]),
    ...{ isAttack: row.attack === 1, isSigned: row.is_signed === 1, isUsed: row.used_by !== null },
    ...{ startedAt: row.started_at, endedAt: row.ended_at ?? undefined },
    archivedAt: row.archived_at ?? undefined,
  }));
}

/** What the person confirmed or refused in this journey, once for all roles. */
async function confirmationsOf(
  db: Db,
  { id, person_key }: Pick<JourneyRow, 'id' | 'person_key'>,
): Promise<StoryRecords['confirmations']> {
  const rows = await db('confirmations AS c')
    .leftJoin('evidence AS e', 'e.id', 'c.evidence_id')
    .leftJoin('evidence_seals AS s', 's.evidence_id', 'c.evidence_id')
    .where({ 'c.person_key': person_key, 'c.journey_id': id })
    .whereNotNull('c.settled_at')
    .groupBy('c.to_do_id', 'c.state', 'c.settled_at')
    .orderBy('c.settled_at', 'desc')
    .limit(MOST)
    .select<ConfirmationsRow[]>(
      ...['c.to_do_id AS toDoId', 'c.state AS state', 'c.settled_at AS settledAt'],
      db.raw('MIN(c.refusal_reason) AS reason'),
      db.raw('MIN(e.number) AS evidenceNumber'),
      db.raw('MIN(s.signed_at) AS sealedAt'),
    );
  return rows.map(({ reason, evidenceNumber, sealedAt, ...row }) => ({
    ...{ ...row, reason: reason ?? undefined },
    ...{ evidenceNumber: evidenceNumber ?? undefined, sealedAt: sealedAt ?? undefined },
  }));
}

type Confirmation = StoryRecords['confirmations'][number];
type ConfirmationsRow = Pick<Confirmation, 'toDoId' | 'state' | 'settledAt'> & {
  [K in 'reason' | 'evidenceNumber' | 'sealedAt']: Confirmation[K] | null;
};

function decisionFrom(row: DecisionRow): StoryRecords['decisions'][number] {
  return {
    ...{ id: row.id, decision: row.decision, state: row.state, toDoId: row.to_do_id ?? undefined },
    ...{ clerk: row.clerk ?? undefined, operator: row.operator ?? undefined },
    ...{ reviewer: row.reviewer ?? undefined, acceptance: row.acceptance ?? undefined },
    ...{ attempts: row.attempts ?? undefined, decidedAt: row.decided_at },
    settledAt: row.settled_at ?? undefined,
  };
}
