import {
  BATCH_RETENTION_MS,
  PORTRAIT_RETENTION_MS,
  SEALED_INPUT_RETENTION_MS,
  UNNAMED_DOCUMENT_RETENTION_MS,
  WINDOW_CODE_VALIDITY_MS,
  WORKLIST_CHANGE_RETENTION_MS,
} from './limits';
import type { KeptFor } from './limits';
import { FAILURES_RETENTION_MS } from './sign-in-throttle';

/** How long one kind of data is kept. docs/operations.md, "How long data is kept", has the same as a table. */
interface RetentionRule {
  /** The data that is deleted, or can't be read any more. */
  what: string;
  /** From when its time runs. */
  from: string;
  /** At most so many ms; so many days, as a variable says; or until something happens. */
  period: { ms: number } | { days: keyof KeptFor; variable: string } | { until: string };
  /** The rule of law, or our own reason. */
  why: string;
}

const SHORTEST = '个人信息保护法 art. 19: the shortest time that the purpose needs';
const COURTS = '行政诉讼法 art. 46';

/** By what the retention counts (db/maintenance/retention.ts). */
export const retentionRules = {
  sealedInputs: {
    what: 'what a person typed, until its journey has taken it',
    from: 'it was sent',
    period: { ms: SEALED_INPUT_RETENTION_MS },
    why: SHORTEST,
  },
  sessions: {
    what: 'sessions of persons, with their tokens of Alipay, and of clerks',
    from: 'the sign-in',
    period: { until: '`SESSION_LIMIT_HOURS`, or earlier without use' },
    why: SHORTEST,
  },
  portraits: {
    what: 'the portrait of a face check; its hash stays',
    from: 'the check',
    period: { ms: PORTRAIT_RETENTION_MS },
    why: '人脸识别技术应用安全管理办法: the shortest time that the purpose needs; earlier without consent to the archiving, or once it is archived',
  },
  windowCodes: {
    what: 'the code that a phone shows at the window',
    from: 'it was shown',
    period: { ms: WINDOW_CODE_VALIDITY_MS },
    why: 'it is valid for no longer',
  },
  scans: {
    what: 'scans of papers that clerks uploaded',
    from: 'the upload',
    period: { until: 'the visit ends; a day if nobody proposed it' },
    why: `${SHORTEST}; the authority files the paper`,
  },
  nonces: {
    what: 'nonces of signed requests',
    from: 'the request',
    period: { until: 'a signature of that time is rejected as too old' },
    why: 'so that no request counts twice',
  },
  worklistChanges: {
    what: 'notes for open pages that a worklist has changed',
    from: 'the change',
    period: { ms: WORKLIST_CHANGE_RETENTION_MS },
    why: 'a page that was away for longer reads its list again',
  },
  batches: {
    what: 'batches of decisions; the decisions stay',
    from: 'the batch',
    period: { ms: BATCH_RETENTION_MS },
    why: 'a clerk can continue one meanwhile',
  },
  rateLimits: {
    what: 'counts of sign-ins and of wrong passwords',
    from: 'the last of them',
    period: { ms: FAILURES_RETENTION_MS },
    why: 'they slow down whoever guesses',
  },
  matters: {
    what: 'content of a matter',
    from: 'its end',
    period: { days: 'matterDays', variable: 'MATTERS_KEPT_DAYS' },
    why: `longer than the six months in which a person can go to court against an administrative act (${COURTS})`,
  },
  documents: {
    what: 'application documents that no matter names; one that a matter names goes with its content',
    from: 'the upload',
    period: { ms: UNNAMED_DOCUMENT_RETENTION_MS },
    why: SHORTEST,
  },
  complaints: {
    what: 'a complaint with its answer',
    from: 'it was made',
    period: { days: 'complaintDays', variable: 'COMPLAINTS_KEPT_DAYS' },
    why: 'our own choice; no rule that we know of names a time',
  },
  evidence: {
    what: 'evidence and its documents; hashes, signatures and time stamps stay',
    from: 'the confirmation',
    period: { days: 'evidenceDays', variable: 'EVIDENCE_KEPT_DAYS' },
    why: `what 电子签名法 art. 24 requires of certification services, and the longest limit of ${COURTS}`,
  },
} as const satisfies Record<string, RetentionRule>;

export type RetentionKind = keyof typeof retentionRules;

/** The kinds whose rows have no time of their own: the retention computes it. */
type ComputedKind = {
  [K in RetentionKind]: (typeof retentionRules)[K]['period'] extends { until: string } ? never : K;
}[RetentionKind];

const DAY = 24 * 3_600_000;

/** What began its time before this is over. */
export function keptSince(kind: ComputedKind, kept: KeptFor, now: Date): Date {
  const { period } = retentionRules[kind];
  return new Date(now.getTime() - ('ms' in period ? period.ms : kept[period.days] * DAY));
}

/** The rules as rows of a table: what, for how long, from when, and why. */
export function retentionRows(): [what: string, howLong: string, from: string, why: string][] {
  return Object.values(retentionRules).map(({ what, period, from, why }: RetentionRule) => [
    ...([what, howLong(period), from, why] as const),
  ]);
}

function howLong(period: RetentionRule['period']): string {
  if ('until' in period) return `until ${period.until}`;
  if ('days' in period) return `\`${period.variable}\``;
  const minutes = period.ms / 60_000;
  if (minutes <= 60) return `${minutes} minutes`;
  return minutes < 24 * 60 * 7 ? `${minutes / 60} hours` : `${minutes / 60 / 24} days`;
}
