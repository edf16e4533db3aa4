import type { AttemptCounts, Debited } from '../../domain/attempts';
import { shanghaiDay } from '../../domain/shanghai-time';
import type { Db } from '../store/store';

/**
 * Counts what an account and a person used up in the present day in China.
 * @param asked `debits` the account: what the person used up, elsewhere, is not counted
 */
export async function countAttempts(
  db: Db,
  request: { account: string; personKey: string; debits: Debited; toDoId?: string; now: Date },
): Promise<AttemptCounts> {
  const { account, personKey, debits, toDoId, now } = request;
  const day = shanghaiDay(now);
  // An attempt without a result counts as failed; otherwise two phones could both take the last one.
  const failed = (whom: Debited) => `state IN ('started', 'failed') AND debits = '${whom}'`;
  const face = "purpose IN ('identity-face', 'matter-face')";
  const [[own], [person]] = await Promise.all([
    db('attempts')
      .where({ account, day })
      .select<Record<'started' | 'face', string | number | null>[]>(
        db.raw('COUNT(*) AS started'),
        db.raw(`SUM(${failed('account')} AND ${face}) AS face`),
      ),
    db('attempts')
      .where({ person_key: personKey, day })
      .select<Record<'face' | 'matter' | 'card' | 'granted', string | null>[]>(
        db.raw(`SUM(${failed('person')} AND ${face}) AS face`),
        db.raw(`SUM(${failed('person')} AND purpose = 'matter-face' AND to_do_id = ?) AS matter`, [
          toDoId ?? '',
        ]),
        db.raw(`SUM(${failed('person')} AND purpose = 'bank-card') AS card`),
        db.raw(
          '(SELECT SUM(attempts) FROM attempt_grants WHERE person_key = ? AND account = ? AND day = ?) AS granted',
          [personKey, account, day],
        ),
      ),
  ]);
  const ofPerson = (failures: string | null | undefined) => (debits === 'person' ? Number(failures ?? 0) : 0);
  return {
    startedByAccount: Number(own?.started ?? 0),
    faceFailuresByAccount: Number(own?.face ?? 0),
    faceFailures: ofPerson(person?.face),
    faceFailuresInMatter: ofPerson(person?.matter),
    bankCardFailures: ofPerson(person?.card),
    granted: Number(person?.granted ?? 0),
  };
}
