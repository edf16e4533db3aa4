import { createHash } from 'node:crypto';
import { TimeStampInvalid, verifyTimeStamp } from '../../evidence/time-stamp/verification';
import type { TimeStampDefect, TimeStampTrust } from '../../evidence/time-stamp/verification';
import type { Db } from '../store/store';
import type { Finding } from './audit-tree';

const AT_ONCE = 200;

/**
 * Verifies the time stamp of each checkpoint that has one.
 * @param trust without it, nobody says which authorities count: a token must then be of its checkpoint, and signed by the certificate in it
 */
export async function auditTimeStamps(
  db: Db,
  trust: TimeStampTrust | undefined,
): Promise<{ timeStamps: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  let timeStamps = 0;
  for (let last = 0; ;) {
    const rows = await db('log_time_stamps AS t')
      .join('log_checkpoints AS c', 'c.id', 't.checkpoint_id')
      .where('c.id', '>', last)
      .orderBy('c.id')
      .limit(AT_ONCE)
      .select({ id: 'c.id', size: 'c.tree_size', note: 'c.note', token: 't.token' });
    for (const { size, note, token } of rows) {
      const defect = await defectOf(token, note, trust);
      if (defect === undefined) continue;
      const text = `The time stamp of the checkpoint of ${size} leaves does not prove when it was there: ${defect}.`;
      findings.push({ text });
    }
    timeStamps += rows.length;
    const newest = rows.at(-1);
    if (!newest || rows.length < AT_ONCE) return { timeStamps, findings };
    last = newest.id;
  }
}

async function defectOf(
  token: Buffer,
  note: string,
  trust: TimeStampTrust | undefined,
): Promise<TimeStampDefect | undefined> {
  try {
    await verifyTimeStamp(token, createHash('sha256').update(note).digest(), trust ?? { roots: [] });
    return undefined;
  } catch (error) {
    if (!(error instanceof TimeStampInvalid)) throw error;
    return error.code === 'time_stamp_untrusted' && !trust ? undefined : error.code;
  }
}
