/**
 * The three kinds of the owner's manual: the data or the account is wrong (身份验证失败), the faces do not match or the picture
 * is poor (人像比对未通过), the service failed (验证失败).
 */
export type FaceFailureKind = 'identity' | 'portrait' | 'unavailable';

/** As codes of a journey's view; the texts beside them stand in `texts/`. */
export const faceFailureCodes = {
  identity: 'face_identity_mismatch',
  portrait: 'face_portrait_mismatch',
  unavailable: 'face_check_unavailable',
} as const satisfies Record<FaceFailureKind, string>;

export type FaceFailureCode = (typeof faceFailureCodes)[FaceFailureKind];

/** What a vendor's reason means; without a known reason all three advices are given, as the manual has it. */
export function faceFailureCodesOf(
  reason: string | undefined,
  meanings: Readonly<Record<string, FaceFailureKind>>,
): FaceFailureCode[] {
  const kind = reason === undefined || !Object.hasOwn(meanings, reason) ? undefined : meanings[reason];
  return kind ? [faceFailureCodes[kind]] : Object.values(faceFailureCodes);
}
