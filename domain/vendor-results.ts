import type { UndecidedCode } from './stuck';

/** As codes of a journey's view; the sentences stand in `texts/`. */
export type CheckFailureCode =
  | 'face_identity_mismatch'
  | 'face_portrait_mismatch'
  | 'face_picture_poor'
  | 'face_check_unavailable'
  | 'bank_card_mismatch'
  | 'bank_card_unusable'
  | 'bank_card_check_unavailable';

/**
 * The meaning of a check that was not passed, one of these three: the person's to put right (`failed`, costs an attempt), the
 * vendor's own fault (`refunded`), or a human's to decide (`refunded`, with the code of what is undecided).
 */
export type Verdict =
  | { attempt: 'failed' | 'refunded'; codes: readonly CheckFailureCode[] }
  | { attempt: 'refunded'; undecided: UndecidedCode };

/** Of a face check. Three are the kinds of the owner's manual: 身份验证失败, 人像比对未通过, 验证失败. */
const faceVerdicts = {
  identity: { attempt: 'failed', codes: ['face_identity_mismatch'] },
  portrait: { attempt: 'failed', codes: ['face_portrait_mismatch'] },
  /** Too dark or not sharp, so that there was no face to compare. */
  'poor-picture': { attempt: 'failed', codes: ['face_picture_poor'] },
  unavailable: { attempt: 'refunded', codes: ['face_check_unavailable'] },
  /** The authority behind the vendor holds no photo, or none that can be compared. */
  'source-unusable': { attempt: 'refunded', undecided: 'source_unusable' },
  undecidable: { attempt: 'refunded', undecided: 'result_undecidable' },
} as const satisfies Record<string, Verdict>;

/** Of a bank card check. */
const bankCardVerdicts = {
  mismatch: { attempt: 'failed', codes: ['bank_card_mismatch'] },
  /** Expired, blocked, lost, or of a kind that is not checked: another may do. Trying out cards costs attempts, with any defect. */
  'card-unusable': { attempt: 'failed', codes: ['bank_card_unusable'] },
  unavailable: { attempt: 'refunded', codes: ['bank_card_check_unavailable'] },
  /** The bank has no record of it, or can't say. */
  undecidable: { attempt: 'refunded', undecided: 'result_undecidable' },
} as const satisfies Record<string, Verdict>;

export type FaceMeaning = keyof typeof faceVerdicts;
export type BankCardMeaning = keyof typeof bankCardVerdicts;

/** Vendors' reasons and what they mean, by contract: configuration. */
export type Meanings<M extends string> = Readonly<Record<string, M>>;

// The vendor gave no reason: all three advices of the manual.
const NO_FACE_REASON: Verdict = {
  attempt: 'failed',
  codes: ['face_identity_mismatch', 'face_portrait_mismatch', 'face_check_unavailable'],
};

/** A reason that is not in the table needs a human: it may be one that no second try puts right. */
export function faceVerdict(reason: string | undefined, meanings: Meanings<FaceMeaning>): Verdict {
  return reason === undefined ? NO_FACE_REASON : faceVerdicts[meaningOf(reason, meanings)];
}

/** The same for a card; without a reason the card is not the person's. */
export function bankCardVerdict(reason: string | undefined, meanings: Meanings<BankCardMeaning>): Verdict {
  return bankCardVerdicts[reason === undefined ? 'mismatch' : meaningOf(reason, meanings)];
}

/** Whether a reason is one that the configuration has yet to learn. */
export function isUnknown(reason: string | undefined, meanings: Meanings<string>): reason is string {
  return reason !== undefined && !Object.hasOwn(meanings, reason);
}

function meaningOf<M extends string>(reason: string, meanings: Meanings<M>): M | 'undecidable' {
  return isUnknown(reason, meanings) ? 'undecidable' : (meanings[reason] ?? 'undecidable');
}
