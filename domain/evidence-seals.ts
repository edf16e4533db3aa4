/**
 * How far a piece of evidence is sealed. `unsealed`: our signature is missing, or what the signer's part is, or the documents.
 * `unstamped`: only the time stamp is missing. `complete`: nothing is. `ended`: what is missing stays missing, because the evidence, or the
 * matter that it has to prove, can't be read any more.
 */
export const sealStates = ['unsealed', 'unstamped', 'complete', 'ended'] as const;

export type SealState = (typeof sealStates)[number];

export const incompleteSealStates = ['unsealed', 'unstamped'] as const satisfies SealState[];
export type IncompleteSealState = (typeof incompleteSealStates)[number];

/**
 * By what the person's own signature counts: by a certificate of a licensed authority for this signature (电子签名法 art. 13, first
 * sentence), by the terms that the person agreed to (second sentence), or on paper by hand. `before-terms`: it was drawn on a screen before
 * there were terms to agree to, and counts by nothing but itself.
 */
export const signerParts = ['certificate', 'agreed-terms', 'before-terms', 'on-paper'] as const;

export type SignerPart = (typeof signerParts)[number];

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
