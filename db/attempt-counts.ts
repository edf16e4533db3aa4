import type { AttemptCounts } from '../domain/attempts';
import { shanghaiDay } from '../domain/shanghai-time';
import type { Queries } from './store';

/** Counts what an account and a person used up in the present day in China. */
export async function countAttempts(
  on: Queries,
  { account, personKey, toDoId, now }: { account: string; personKey: string; toDoId?: string; now: Date },
): Promise<AttemptCounts> {
  const day = shanghaiDay(now);
  // What has no result yet counts as failed, or two phones could take the last attempt both.
  const failed = `state IN ('started', 'failed') AND debits = 'person'`;
  const [started, [person]] = await Promise.all([
    on('attempts').where({ account, day }).count({ n: '*' }),
    on('attempts')
      .where({ person_key: personKey, day })
      .select<Record<'face' | 'matter' | 'card', string | null>[]>(
        on.raw(`SUM(${failed} AND purpose IN ('identity-face', 'matter-face')) AS face`),
        on.raw(`SUM(${failed} AND purpose = 'matter-face' AND to_do_id = ?) AS matter`, [toDoId ?? '']),
        on.raw(`SUM(${failed} AND purpose = 'bank-card') AS card`),
      ),
  ]);
  return {
    startedByAccount: Number(started[0]?.n ?? 0),
    faceFailures: Number(person?.face ?? 0),
    faceFailuresInMatter: Number(person?.matter ?? 0),
    bankCardFailures: Number(person?.card ?? 0),
  };
}
