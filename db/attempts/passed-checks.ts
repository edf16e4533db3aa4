import type { CheckPurpose } from '../../domain/attempts';
import type { Db } from '../store/store';
import type { JourneyRow } from '../tables';

/** A check that was passed, with what the vendor said of it. */
export interface PassedCheck {
  purpose: CheckPurpose;
  /** Ours, and the vendor's. */
  orderNo: string;
  certifyId: string | null;
  passedAt: Date;
  /** SHA-256 of the picture that was taken. */
  portraitHash: string | null;
  /** How alike the faces were, 0 to 100; null where the vendor says nothing. */
  score: number | null;
  device: string | null;
}

interface Row extends Omit<PassedCheck, 'score'> {
  /** DECIMAL comes as text. */
  score: string | null;
}

/** The checks that were passed in the present visit, for the person and for this to-do, oldest first. */
export async function listPassedChecks(
  db: Db,
  { id, started_at }: Pick<JourneyRow, 'id' | 'started_at'>,
  toDo: string,
): Promise<PassedCheck[]> {
  const rows = await db('attempts AS a')
    .leftJoin('portraits AS p', 'p.attempt_id', 'a.id')
    .where({ 'a.journey_id': id, 'a.state': 'passed' })
    .where('a.started_at', '>=', started_at)
    .whereRaw('(a.to_do_id IS NULL OR a.to_do_id = ?)', [toDo])
    .orderBy('a.started_at')
    .select<Row[]>({
      purpose: 'a.purpose',
      orderNo: 'a.id',
      certifyId: 'a.certify_id',
      passedAt: 'a.ended_at',
      portraitHash: 'p.sha256',
      score: 'a.score',
      device: 'a.device',
    });
  return rows.map((row) => ({ ...row, score: row.score === null ? null : Number(row.score) }));
}
