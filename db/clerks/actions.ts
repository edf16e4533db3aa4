import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { SubjectKind } from '../../domain/clerks';
import { addToLog } from '../log/waiting';
import type { Db } from '../store/store';
import type { ClerkActionRow } from '../tables';

/** The subject of an action: its id, or what was searched for, in ids and codes. */
export interface Subject {
  kind: SubjectKind;
  id: string;
}

/** One use that a clerk made of the system. */
export interface ClerkAction {
  /** Undefined where somebody tried to sign in under no known login, and where an operator decided. */
  clerk?: string;
  /** By their login, who decided where no clerk could be reached. */
  operator?: string;
  /** As its route names it. */
  action: string;
  subject?: Subject;
  /** `done`, `proposed` where it waits for another admin, or the code of the refusal. */
  result: string;
  requestId: string;
}

/** Adds to the record, and has the log commit to it. There is no function that changes it. */
export async function recordAction(
  db: Db,
  { clerk, operator, action, subject, result, requestId }: ClerkAction,
  now: Date,
): Promise<void> {
  const row = {
    clerk_id: clerk ?? null,
    operator: operator ?? null,
    action,
    subject_kind: subject?.kind ?? null,
    subject_id: subject?.id ?? null,
    result,
    request_id: requestId,
    at: now,
    nonce: randomBytes(32),
  };
  await db.transaction(async (within) => {
    const [id = 0] = await within('clerk_actions').insert(row);
    await addToLog(within, 'clerk-action', commitmentOf({ ...row, id }), now);
  });
}

/** What the log says about an action: SHA-256 of the nonce and of the canonical JSON (RFC 8785) of all other columns. */
export function commitmentOf({ nonce, at, ...row }: ClerkActionRow): string {
  const text = canonicalize({ ...row, at: at.toISOString() }) ?? '';
  return createHash('sha256').update(nonce).update(text).digest('hex');
}
