import type { CheckPurpose } from './attempts';

/** The consents of a person, each given by itself: 个人信息保护法 art. 14, 29; `bank-card-notice` is a notice that they have read. */
export const consentKinds = [
  'personal-information',
  'face-check',
  'portrait-archiving',
  'bank-card-check',
  'bank-card-notice',
] as const;

export type ConsentKind = (typeof consentKinds)[number];

/** The consent of a person to one version of one text. */
export interface GivenConsent {
  kind: ConsentKind;
  version: string;
  /** SHA-256 of the text, in hexadecimal. */
  textHash: string;
}

/** The checks that are made under a consent of their own, and end with it. */
export const checksUnder: Readonly<Record<ConsentKind, readonly CheckPurpose[]>> = {
  'personal-information': [],
  'face-check': ['identity-face', 'matter-face'],
  'portrait-archiving': [],
  'bank-card-check': ['bank-card'],
  'bank-card-notice': [],
};

/** The consent under which a check is made; undefined where it needs none of its own. */
export function consentFor(purpose: CheckPurpose): ConsentKind | undefined {
  return consentKinds.find((kind) => checksUnder[kind].includes(purpose));
}

// A missing consent keeps nobody from leaving, from stepping back or from saying 「这不是我办的」.
const free: ReadonlySet<string> = new Set([
  'decline',
  're-enter',
  'cancel',
  'refuse',
  'back',
  'go-online',
  'close',
  'ask-in-person',
]);

/** Whether a command needs the consent to the text on personal information that is in force. */
export function needsConsent(command: string): boolean {
  return !free.has(command);
}
