import type { CheckPurpose } from './attempts';
import type { AcceptanceKind, EvidenceKind } from './decisions';
import { documentTypes, normaliseNumber, personNumberOf, readDocumentNumber } from './documents';
import type { DocumentType } from './documents';
import type { Flag } from './flags';
import type { ShownText } from './matter';
import { readName } from './names';
import { defectOf } from './signature';
import type { Signature } from './signature';

/** 存证编号: the day in China, and ten letters and digits. */
export const EVIDENCE_NUMBER = /^\d{8}-[0-9A-Z]{10}$/;

/** The text on liability as it was shown to the person who signed; it says under which conditions the signature counts. */
export interface ShownTerms {
  version: string;
  /** SHA-256 of the text, in hexadecimal. */
  textHash: string;
}

/** The proof of one confirmation. Its canonical JSON is sealed and hashed (docs/adr/0008). */
export interface EvidenceStatement {
  /** From 2 on, what is signed by hand is signed under `terms`. */
  format: 1 | 2;
  /** 128 random bits: the statement's hash stands in the open. */
  salt: string;
  kind: EvidenceKind;
  /** The number that people are shown. */
  number: string;
  /** `textHash` is the SHA-256 of the text's canonical JSON. */
  matter: { registry: string; externalId: string; version: number; textHash: string; text: ShownText };
  person: {
    name: string;
    documentType: DocumentType;
    number: string;
    validUntil?: string;
    issuingCountry?: string;
  };
  /** The registration system's own id of the person. */
  reference: string;
  consents: { kind: string; version: string; textHash: string; givenAt: string }[];
  checks: {
    purpose: CheckPurpose;
    orderNo: string;
    certifyId: string | null;
    portraitHash: string | null;
    score: number | null;
    passedAt: string;
  }[];
  flags: Flag[];
  /** Acceptances by two clerks in place of checks. */
  accepted: {
    kind: AcceptanceKind | null;
    paperHash: string | null;
    proposedBy: string | null;
    approvedBy: string | null;
    approvedAt: string | null;
    of: 'person' | 'confirmation';
  }[];
  /** By hand. */
  signature?: Signature;
  /** Under which the person signed by hand: 电子签名法 art. 13, second sentence. */
  terms?: ShownTerms;
  /** SHA-256 of the scan, where it was signed on paper. */
  paperHash?: string | null;
  signedAt: string;
}

/** Why the evidence of a confirmation does not prove it. */
export type EvidenceDoubt =
  /** A person or role of the matter as it was pushed has no confirmation, or one that was not pushed is there. */
  | 'confirmations_incomplete'
  /** The rows of one to-do contradict each other. */
  | 'confirmation_inconsistent'
  | 'evidence_missing'
  /** A key is missing, or it was sealed by another. */
  | 'evidence_unreadable'
  /** It is not what its hash was made of. */
  | 'evidence_altered'
  /** It was made for another matter, another to-do or another person. */
  | 'evidence_of_another'
  /** The confirmation for which it was made is refused or is not there. */
  | 'evidence_taken_back'
  | 'evidence_text_differs'
  | 'evidence_roles_missing'
  | 'evidence_checks_missing'
  | 'evidence_unsigned'
  | 'evidence_not_accepted';

/** The facts of matter and confirmation that a statement has to prove. */
export interface Claim {
  /** Of the version for which the evidence was made. */
  matter: { registry: string; externalId: string; version: number };
  /** As pushed. */
  person: { matchKey: string; type: string; number: string; issuingCountry?: string };
  roles: readonly string[];
  textHash: string;
  /** The acceptance by two clerks, if it was signed on paper. */
  acceptance?: {
    kind: AcceptanceKind | null;
    paperHash: string | null;
    clerk: string | null;
    reviewer: string | null;
  };
}

/**
 * Why a statement does not prove a claim; undefined if it does.
 * @param textHash of the text that stands in the statement
 */
export function doubtAbout(
  statement: EvidenceStatement,
  textHash: string,
  claim: Claim,
): EvidenceDoubt | undefined {
  // JSON that another version wrote.
  if (![1, 2].includes(statement.format)) return 'evidence_unreadable';
  const { matter, person } = statement;
  const { registry, externalId, version } = claim.matter;
  const isOfMatter =
    matter.registry === registry && matter.externalId === externalId && matter.version === version;
  if (!isOfMatter || !isSamePerson(person, claim.person)) return 'evidence_of_another';
  if (textHash !== claim.textHash || matter.textHash !== claim.textHash) return 'evidence_text_differs';
  const named: readonly string[] = matter.text.person.roles;
  if (claim.roles.some((role) => !named.includes(role))) return 'evidence_roles_missing';
  return statement.kind === 'face' ? doubtAboutFace(statement) : doubtAboutPaper(statement, claim);
}

function isSamePerson(one: EvidenceStatement['person'], other: Claim['person']): boolean {
  const read = readName(one.name);
  return (
    read.ok &&
    read.matchKey === other.matchKey &&
    one.documentType === other.type &&
    personNumber(one.documentType, one.number) === personNumber(one.documentType, other.number) &&
    one.issuingCountry === other.issuingCountry
  );
}

/** The number by which the person of a statement is known (`personNumberOf`). */
export function personNumberIn({
  documentType,
  number,
  issuingCountry,
}: EvidenceStatement['person']): string {
  return personNumberOf({ personNumber: personNumber(documentType, number) }, { issuingCountry });
}

/** The part of a number that stays the same when a document is replaced, under any rule for numbers that was in force then. */
function personNumber(type: DocumentType, typed: string): string {
  const read = readDocumentNumber(type, typed, '9999-12-31');
  return read.ok ? read.personNumber : normaliseNumber(typed);
}

/** Two face checks, or the first of them replaced by what two clerks accepted, and a signature. */
function doubtAboutFace({
  format,
  checks,
  accepted,
  person,
  signature,
  terms,
}: EvidenceStatement): EvidenceDoubt | undefined {
  const isAccepted = accepted.some(
    ({ of, kind, paperHash, proposedBy, approvedBy }) =>
      // Papers by post prove no phone, and so no signature that was made on one.
      of === 'person' &&
      kind === 'on-site' &&
      paperHash !== null &&
      proposedBy !== null &&
      approvedBy !== null &&
      approvedBy !== proposedBy,
  );
  const certifyIds = (purpose: CheckPurpose) =>
    checks.flatMap((check) => (check.purpose === purpose && check.certifyId ? [check.certifyId] : []));
  const first = certifyIds('identity-face');
  const hasCard = checks.some(({ purpose }) => purpose === 'bank-card');
  const isIdentified = first.length > 0 && (hasCard || !documentTypes[person.documentType].bankCardRequired);
  const isSecondAnother = certifyIds('matter-face').some((certifyId) => !first.includes(certifyId));
  if (!isSecondAnother || !(isIdentified || isAccepted)) return 'evidence_checks_missing';
  const isSigned = signature !== undefined && !defectOf(signature);
  return isSigned && (format === 1 || terms !== undefined) ? undefined : 'evidence_unsigned';
}

function doubtAboutPaper(
  { kind, paperHash }: EvidenceStatement,
  { acceptance }: Claim,
): EvidenceDoubt | undefined {
  const isAccepted =
    acceptance !== undefined &&
    acceptance.kind === kind &&
    acceptance.paperHash !== null &&
    acceptance.paperHash === paperHash &&
    acceptance.clerk !== null &&
    acceptance.reviewer !== null &&
    acceptance.reviewer !== acceptance.clerk;
  return isAccepted ? undefined : 'evidence_not_accepted';
}
