import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ClerkActionName } from '../../domain/clerk-actions';
import type { SubjectKind } from '../../domain/clerks';
import type { LookReason } from '../../domain/looks';
import type { FlagReason } from '../../domain/flag-reasons';
import type { ReasonCode } from '../../domain/reasons';
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
  action: ClerkActionName;
  subject?: Subject;
  /** `done`, `proposed` where it waits for another admin, or the code of the refusal. */
  result: string;
  /** Why personal data was looked at, or why something was decided. */
  reason?: LookReason | ReasonCode | FlagReason;
  requestId: string;
}

/** Adds to the record, and has the log commit to it. There is no function that changes it. */
export async function recordAction(
  db: Db,
  { clerk, operator, action, subject, result, reason, requestId }: ClerkAction,
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
    reason: reason ?? null,
    nonce: randomBytes(32),
    commitment_version: COMMITMENT_VERSION,
  };
  await db.transaction(async (within) => {
    const [id = 0] = await within('clerk_actions').insert(row);
    await addToLog(within, 'clerk-action', commitmentOf({ ...row, id }), now);
  });
}

const FIRST = [
  ...(['id', 'clerk_id', 'operator', 'action', 'subject_kind', 'subject_id'] as const),
  ...(['result', 'request_id', 'at'] as const),
];

/**
 * The columns to which the log commits, by version (`commitment_version`). A version never changes, because earlier actions have it. A
 * column that is added later needs a new one, which later actions have.
 */
const committed: Record<number, readonly (keyof ClerkActionRow)[]> = {
  1: FIRST,
  2: [...FIRST, 'reason'],
};
const COMMITMENT_VERSION = 2;

/** What the log says about an action: SHA-256 of the nonce and of the canonical JSON (RFC 8785) of the columns of its version. */
export function commitmentOf({ nonce, ...row }: ClerkActionRow): string {
  const columns: readonly string[] | undefined = committed[row.commitment_version];
  // To an action of no known version the log commits as a whole: nothing of it can be changed unseen.
  const cells = Object.entries(row).filter(([column]) => columns?.includes(column) ?? true);
  const text = canonicalize(Object.fromEntries(cells)) ?? '';
  return createHash('sha256').update(nonce).update(text).digest('hex');
}
