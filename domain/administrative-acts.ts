/** Acts that no admin may carry out alone: they give the right to review, or to manage clerks, or another way in, to an account that may be the admin's own. */
export type ActKind = 'add-clerk' | 'reset-password' | 'reset-factors' | 'let-in-again' | 'link-provider';

const DAY_MS = 24 * 3_600_000;

/** Until when an act can be approved. */
export interface ActTerms {
  proposer: string;
  /** From then on its proposer may approve it, having been the only admin; absent if only another admin may. */
  effectiveAt?: Date;
  expiresAt: Date;
}

/** @param activeAdmins at the time of the proposal. @returns undefined if the proposer is not one of them */
export function termsOfProposal(
  proposer: string,
  activeAdmins: readonly string[],
  now: Date,
): ActTerms | undefined {
  if (!activeAdmins.includes(proposer)) return undefined;
  const after = (from: Date) => new Date(from.getTime() + DAY_MS);
  if (activeAdmins.length > 1) return { proposer, expiresAt: after(now) };
  const effectiveAt = after(now);
  return { proposer, effectiveAt, expiresAt: after(effectiveAt) };
}

export type ApprovalRejection =
  { outcome: 'not-pending' | 'needs-another' } | { outcome: 'not-yet'; effectiveAt: Date };

/**
 * Why an admin cannot approve an act now; undefined if they can. The approver is another active admin than the proposer, who must
 * still be one. Where there was and is no other, it is the proposer, after a day in which every auditor could see and withdraw the act.
 */
export function rejectionOfApproval(
  { proposer, effectiveAt, expiresAt, isProposed }: ActTerms & { isProposed: boolean },
  { approver, activeAdmins }: { approver: string; activeAdmins: readonly string[] },
  now: Date,
): ApprovalRejection | undefined {
  if (!isProposed || now >= expiresAt || !activeAdmins.includes(proposer)) return { outcome: 'not-pending' };
  if (!activeAdmins.includes(approver)) return { outcome: 'needs-another' };
  if (approver !== proposer) return undefined;
  if (!effectiveAt || activeAdmins.length > 1) return { outcome: 'needs-another' };
  return now < effectiveAt ? { outcome: 'not-yet', effectiveAt } : undefined;
}
