/**
 * How far a piece of evidence is sealed. `unsealed`: our signature is missing, or what the signer's part is, or the documents.
 * `unstamped`: only the time stamp is missing. `complete`: nothing is. `ended`: what is missing stays missing, because the evidence, or the
 * matter that it has to prove, can't be read any more.
 */
export type SealState = IncompleteSealState | 'complete' | 'ended';

export const incompleteSealStates = ['unsealed', 'unstamped'] as const;
export type IncompleteSealState = (typeof incompleteSealStates)[number];

/**
 * By what the person's own signature counts: by a certificate of a licensed authority for this signature (电子签名法 art. 13, first
 * sentence), by the terms that the person agreed to (second sentence), or on paper by hand. `before-terms`: it was drawn on a screen before
 * there were terms to agree to, and counts by nothing but itself.
 */
export type SignerPart = 'certificate' | 'agreed-terms' | 'before-terms' | 'on-paper';

/** Why a signature on a screen has no certificate. */
export type NoCertificateReason = 'no-authority' | 'authority-refused' | 'authority-unavailable';

/** What a seal has so far. */
export interface SealParts {
  state: SealState;
  jws: string | null;
  signer: SignerPart | null;
  timeStamp: Buffer | null;
  documentsMadeAt: Date | null;
}

export function sealStateOf({ state, jws, signer, timeStamp, documentsMadeAt }: SealParts): SealState {
  if (state === 'ended') return state;
  if (jws === null || signer === null || documentsMadeAt === null) return 'unsealed';
  return timeStamp === null ? 'unstamped' : 'complete';
}
