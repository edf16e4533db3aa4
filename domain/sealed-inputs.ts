import type { GivenConsent } from './consents';
import type { DocumentType } from './documents';
import type { ShownTerms } from './evidence';
import type { Signature } from './signature';
import type { Seen } from './window-check';

/** A person as entered. `name` is as written, `matchKey` what names are compared by, `number` normalised. */
export interface EnteredPerson {
  name: string;
  matchKey: string;
  documentType: DocumentType;
  number: string;
  validUntil?: string;
  issuingCountry?: string;
  /** The name as it was entered, if clerks have corrected its written form since. */
  enteredAs?: string;
}

/**
 * What is personal in a command. The api seals it under a key of its own, and the command names it as its `input`, so that nothing
 * personal enters Temporal. An input can be opened only as the kind that it is.
 */
export type SealedInput =
  /** The data with which a person begins or resumes a journey. */
  | (EnteredPerson & { kind: 'entry'; account: string; personKey: string; consents: GivenConsent[] })
  /** The account holder as Alipay knows them, to be entered with a handle in place of a name and a number. */
  | { kind: 'authorized-identity'; name: string; number: string }
  | { kind: 'bank-card'; cardNumber: string; phone?: string }
  | (Signature & { kind: 'signature'; terms: ShownTerms })
  /** What a clerk has seen who proposes to accept a person, and the code typed from the phone of a person at the window. */
  | { kind: 'acceptance'; seen: Seen; windowCode?: string }
  /** The written form of a name that a clerk proposes. */
  | { kind: 'name'; name: string }
  /** What a clerk adds to a decision. */
  | { kind: 'decision-note'; text: string };

export type SealedInputKind = SealedInput['kind'];

export type SealedInputOf<K extends SealedInputKind> = Extract<SealedInput, { kind: K }>;
