import type { DocumentFileType } from '../domain/document-files';
import type { AttemptState, CheckPurpose, Debited } from '../domain/attempts';
import type { ActKind } from '../domain/administrative-acts';
import type { ClerkRole, ClerkState, SubjectKind, Vouching } from '../domain/clerks';
import type { ComplaintKind } from '../domain/complaints';
import type { ConsentKind } from '../domain/consents';
import type { AcceptanceKind, Decision, DecisionState, SingleDecision } from '../domain/decisions';
import type { DeliveryOutcome, DeliveryState } from '../domain/deliveries';
import type { DocumentType } from '../domain/documents';
import type { EvidenceDocumentKind, SignatureLevel } from '../domain/evidence-documents';
import type { NoCertificateReason, SealState, SignerPart } from '../domain/evidence-seals';
import type { EvidenceViewer, ViewedPart } from '../domain/evidence-views';
import type { FlagReason } from '../domain/flag-reasons';
import type { FlagKind, FlagSeverity, FlagVerdict } from '../domain/flags';
import type { LookReason } from '../domain/looks';
import type { ConfirmationState, HoldReason, MatterEvent, MatterState } from '../domain/matter-states';
import type { ReasonCode } from '../domain/reasons';
import type { ConfirmationRejection } from '../domain/refusals';
import type { MatterKind, Role } from '../domain/roles';
import type { Step } from '../domain/steps';
import type { StuckCause } from '../domain/stuck';
import type { Priority } from '../domain/worklist';

/*
 * One row type for each table, as the driver reads it: BOOLEAN as 0 or 1, DECIMAL as text, JSON as the text that is stored. A `day`
 * (DATE) is written and compared, and never read. The meaning of a column stands in its comment, in db/migrations/.
 * tables.test.ts compares all of it with the database.
 */

interface MatterHeadRow {
  registry: string;
  external_id: string;
  latest_version: number;
}

export interface MatterRow {
  id: string;
  registry: string;
  external_id: string;
  version: number;
  authority: string;
  kind: MatterKind;
  state: MatterState;
  content: Buffer;
  entity: Buffer;
  content_hash: string;
  pushed_at: Date;
  listed_until: Date;
  expires_at: Date;
  reminded_at: Date | null;
  decided_at: Date | null;
  hold_reason: HoldReason | null;
  swept_at: Date | null;
  erased_at: Date | null;
  callbacks_stopped_at: Date | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly county: string | null;
}

export interface ConfirmationRow {
  to_do_id: string;
  role: Role;
  matter_id: string;
  person_key: string;
  reference: string;
  person: Buffer;
  text_hash: string;
  state: ConfirmationState;
  refusal_reason: ConfirmationRejection | null;
  update_id: string | null;
  journey_id: string | null;
  evidence_id: string | null;
  pushed_at: Date;
  settled_at: Date | null;
  reissue_requested_at: Date | null;
  reissue_requested_by: string | null;
  name_reported_at: Date | null;
  invited_at: Date | null;
  invited_by: string | null;
}

export interface JourneyRow {
  id: string;
  account: string;
  person_key: string;
  document_type: DocumentType;
  session_id: string;
  person: Buffer | null;
  entered_by: string;
  entered_anew: 0 | 1;
  step: Step;
  allowed: string;
  codes: string;
  revision: number;
  case_number: string | null;
  stuck_cause: StuckCause | null;
  stuck_at: Date | null;
  to_do_id: string | null;
  attempt_id: string | null;
  started_at: Date;
  updated_at: Date;
  consent_version: string | null;
  swept_at: Date | null;
  is_open: 0 | 1 | null;
}

interface SessionRow {
  id: string;
  token_hash: string;
  account: string;
  channel: string;
  alipay_tokens: Buffer;
  created_at: Date;
  used_at: Date;
  ends_at: Date;
  device: string | null;
  handover_hash: string | null;
  handover_ends_at: Date | null;
}

interface SealedInputRow {
  id: string;
  content: Buffer;
  expires_at: Date;
}

interface ConsentRow {
  id: string;
  journey_id: string;
  person_key: string;
  kind: ConsentKind;
  version: string;
  text_hash: string;
  command: string;
  given_at: Date;
  withdrawn_at: Date | null;
  to_do_id: string | null;
}

export interface AttemptRow {
  id: string;
  purpose: CheckPurpose;
  journey_id: string;
  account: string;
  person_key: string;
  debits: Debited;
  day: string;
  state: AttemptState;
  to_do_id: string | null;
  matter_id: string | null;
  text_hash: string | null;
  certify_id: string | null;
  codes: string | null;
  command: string;
  used_by: string | null;
  started_at: Date;
  ended_at: Date | null;
  device: string | null;
  attack: 0 | 1;
  score: string | null;
  authority: string;
  document_type: DocumentType | null;
  is_signed: 0 | 1;
}

export interface DailyCheckRow {
  day: string;
  /** An entry of a scope that covers the authority of these attempts. */
  scope: string;
  document_type: DocumentType | '';
  purpose: CheckPurpose;
  state: AttemptState;
  codes: string;
  is_signed: 0 | 1;
  count: number;
}

interface VendorCallRow {
  day: string;
  interface: string;
  outcome: string;
  took: number;
  count: number;
}

interface AttemptLockRow {
  owner: string;
}

export interface PortraitRow {
  attempt_id: string;
  image: Buffer;
  sha256: string;
  media_type: 'image/jpeg' | 'image/png';
  captured_at: Date;
  expires_at: Date;
  evidence_id: string | null;
  consent_id: string | null;
  archived_at: Date | null;
}

export interface EvidenceRow {
  id: string;
  number: string;
  matter_id: string;
  to_do_id: string;
  person_key: string;
  content: Buffer;
  sha256: string;
  created_at: Date;
}

interface EvidenceDocumentRow {
  evidence_id: string;
  kind: EvidenceDocumentKind;
  portrait_id: string | null;
  content: Buffer;
  sha256: string;
  size: number;
  level: SignatureLevel;
  made_at: Date;
}

export interface EvidenceSealRow {
  evidence_id: string;
  state: SealState;
  key_id: string | null;
  jws: string | null;
  signed_at: Date | null;
  time_stamp: Buffer | null;
  time_stamp_sha256: string | null;
  stamped_at: Date | null;
  signer: SignerPart | null;
  no_certificate_reason: NoCertificateReason | null;
  signer_proof: Buffer | null;
  documents_made_at: Date | null;
}

export interface EvidenceViewRow {
  id: number;
  evidence_id: string;
  viewer: EvidenceViewer;
  registry: string | null;
  part: ViewedPart;
  at: Date;
  nonce: Buffer;
}

interface DeliveryRow {
  id: string;
  sequence: number;
  registry: string | null;
  position: number | null;
  matter_id: string;
  event: MatterEvent;
  body: string;
  state: DeliveryState;
  created_at: Date;
  acknowledged_at: Date | null;
}

interface DeliveryTryRow {
  id: number;
  delivery_id: string;
  tried_at: Date;
  outcome: DeliveryOutcome;
  status: number | null;
  next_at: Date | null;
}

interface EventFeedRow {
  registry: string;
  last_position: number;
}

interface NonceRow {
  key_id: string;
  nonce_hash: string;
  expires_at: Date;
}

interface RateLimitRow {
  key: string;
  points: number;
  expire: number | null;
}

interface StuckPeriodRow {
  id: number;
  journey_id: string;
  to_do_id: string | null;
  cause: StuckCause;
  entered_at: Date;
  left_at: Date | null;
  left_by: string | null;
  person_key: string;
  visit_began_at: Date;
  attempts_asked_at: Date | null;
  authority: string;
}

export interface WorklistRow {
  journey_id: string;
  scope: string;
  authority: string;
  cause: StuckCause;
  to_do_id: string | null;
  document_type: DocumentType;
  case_number: string | null;
  priority: Priority;
  since: Date;
  due_at: Date | null;
  stuck_at: Date;
  called_at: Date | null;
  proposed_at: Date | null;
  reviewer: string | null;
  assignee: string;
  snoozed_until: Date | null;
  claimed_by: string | null;
  claimed_until: Date | null;
  change_id: number;
}

interface WorklistChangeRow {
  id: number;
  journey_id: string;
  scopes: string;
  is_waiting: 0 | 1;
  changed_at: Date;
}

export interface JourneyNoteRow {
  id: string;
  journey_id: string;
  clerk_id: string;
  content: Buffer;
  written_at: Date;
}

export interface SavedViewRow {
  id: string;
  owner: string;
  shared_with: string | null;
  name: string;
  definition: string;
  saved_at: Date;
}

export interface DecisionRow {
  id: string;
  journey_id: string;
  to_do_id: string | null;
  cause: StuckCause;
  decision: Decision;
  state: DecisionState;
  clerk: string | null;
  reviewer: string | null;
  acceptance: AcceptanceKind | null;
  paper_hash: string | null;
  name: Buffer | null;
  attempts: number | null;
  decided_at: Date;
  expires_at: Date | null;
  settled_at: Date | null;
  operator: string | null;
  seen: Buffer | null;
  reason: ReasonCode | null;
  note: Buffer | null;
  review_reason: ReasonCode | null;
  review_note: Buffer | null;
}

export interface BatchRow {
  id: string;
  clerk_id: string;
  decision: SingleDecision;
  reason: ReasonCode;
  attempts: number | null;
  made_at: Date;
}

export interface BatchItemRow {
  batch_id: string;
  position: number;
  journey_id: string;
  revision: number;
  /** Of the last try whose outcome is not known. */
  tried_at: Date | null;
  result: string | null;
  settled_at: Date | null;
}

interface AttemptGrantRow {
  id: string;
  person_key: string;
  account: string;
  day: string;
  attempts: number;
  granted_at: Date;
}

interface ClerkRow {
  id: string;
  login: string;
  name: string;
  role: ClerkRole;
  state: ClerkState;
  password_hash: string;
  created_at: Date;
  must_change_password: 0 | 1;
}

interface ClerkScopeRow {
  clerk_id: string;
  prefix: string;
}

interface ClerkSessionRow {
  token_hash: string;
  clerk_id: string;
  created_at: Date;
  used_at: Date;
  ends_at: Date;
  second_factor_at: Date | null;
  challenge: string | null;
  challenge_expires_at: Date | null;
  totp_offered: Buffer | null;
  vouched_for: Vouching | null;
}

interface ClerkProviderAccountRow {
  clerk_id: string;
  issuer: string;
  subject: string;
  linked_at: Date;
}

interface ClerkProviderSignInRow {
  token_hash: string;
  begun_at: Date;
  expires_at: Date;
}

interface ClerkTotpRow {
  clerk_id: string;
  secret: Buffer;
  last_counter: number;
  added_at: Date;
}

interface ClerkPasskeyRow {
  id: string;
  clerk_id: string;
  credential_hash: string;
  credential_id: Buffer;
  public_key: Buffer;
  counter: number;
  transports: string;
  name: string;
  added_at: Date;
  used_at: Date | null;
}

interface ClerkRecoveryCodeRow {
  clerk_id: string;
  code_hash: string;
}

export interface ClerkActionRow {
  id: number;
  clerk_id: string | null;
  action: string;
  subject_kind: SubjectKind | null;
  subject_id: string | null;
  result: string;
  request_id: string;
  at: Date;
  operator: string | null;
  nonce: Buffer;
  commitment_version: number;
  reason: LookReason | ReasonCode | FlagReason | null;
}

export interface FlagRow {
  id: string;
  to_do_id: string;
  matter_id: string;
  person_key: string;
  kind: FlagKind;
  severity: FlagSeverity;
  raised_at: Date;
  reviewed_at: Date | null;
  reviewed_by: string | null;
  verdict: FlagVerdict | null;
  reason: FlagReason | null;
}

interface NotificationRow {
  evidence_id: string;
  matter_id: string;
  session_id: string;
  created_at: Date;
}

interface ReviewerLotRow {
  id: number;
  proposal: string;
  person_key: string;
  registry: string | null;
  external_id: string | null;
  rule: number;
  candidates: string;
  seed: string;
  picked: string;
  kept_from: string | null;
  drawn_at: Date;
}

export interface WindowCodeRow {
  journey_id: string;
  code: Buffer;
  tries: number;
  last_try: string | null;
  expires_at: Date;
}

interface SignInTryRow {
  key: string;
  failures: number;
  free_at: Date;
  expires_at: Date;
}

interface AdministrativeActRow {
  id: string;
  kind: ActKind;
  clerk_id: string | null;
  account: string | null;
  state: 'proposed' | 'done' | 'withdrawn';
  proposer: string;
  proposed_at: Date;
  effective_at: Date | null;
  expires_at: Date;
  settled_by: string | null;
  settled_at: Date | null;
}

interface ApplicationDocumentRow {
  id: string;
  registry: string;
  media_type: DocumentFileType;
  size: number;
  uploaded_at: Date;
  is_named: 0 | 1;
}

export interface ScanRow {
  id: string;
  journey_id: string;
  to_do_id: string | null;
  sha256: string;
  media_type: DocumentFileType;
  size: number;
  clerk_id: string;
  uploaded_at: Date;
}

interface SealedPartRow {
  document_id: string;
  part: number;
  content: Buffer;
}

interface MatterDocumentRow {
  matter_id: string;
  document_id: string;
}

interface AuthorityRow {
  registry: string;
  code: string;
  name: string;
  address: string;
  hours: string;
  phone: string;
  updated_at: Date;
}

interface ComplaintRow {
  id: string;
  number: string;
  account: string;
  journey_id: string | null;
  kind: ComplaintKind;
  content: Buffer;
  answer: Buffer | null;
  command: string;
  made_at: Date;
  answered_at: Date | null;
  answered_by: string | null;
}

interface LogWaitingRow {
  id: number;
  entry: string;
  added_at: Date;
}

interface LogHashRow {
  level: number;
  position: number;
  hash: Buffer;
  entry: string | null;
}

interface LogCheckpointRow {
  id: number;
  origin: string;
  tree_size: number;
  note: string;
  published_at: Date;
}

interface LogTimeStampRow {
  checkpoint_id: number;
  token: Buffer;
  stamped_at: Date;
}

interface LogHeadRow {
  origin: string;
  note: string | null;
}

export interface DataKeyRow {
  owner: string;
  wrapped: Buffer;
  wrapping_key_id: string;
  created_at: Date;
}

/** By table. */
export interface Rows {
  matter_heads: MatterHeadRow;
  matters: MatterRow;
  confirmations: ConfirmationRow;
  journeys: JourneyRow;
  sessions: SessionRow;
  sealed_inputs: SealedInputRow;
  consents: ConsentRow;
  attempts: AttemptRow;
  attempt_locks: AttemptLockRow;
  daily_checks: DailyCheckRow;
  vendor_calls: VendorCallRow;
  portraits: PortraitRow;
  evidence: EvidenceRow;
  evidence_documents: EvidenceDocumentRow;
  evidence_seals: EvidenceSealRow;
  evidence_views: EvidenceViewRow;
  deliveries: DeliveryRow;
  delivery_tries: DeliveryTryRow;
  event_feeds: EventFeedRow;
  nonces: NonceRow;
  rate_limits: RateLimitRow;
  stuck_periods: StuckPeriodRow;
  worklist: WorklistRow;
  worklist_changes: WorklistChangeRow;
  journey_notes: JourneyNoteRow;
  saved_views: SavedViewRow;
  decisions: DecisionRow;
  decision_batches: BatchRow;
  decision_batch_items: BatchItemRow;
  attempt_grants: AttemptGrantRow;
  clerks: ClerkRow;
  clerk_scopes: ClerkScopeRow;
  clerk_sessions: ClerkSessionRow;
  clerk_provider_accounts: ClerkProviderAccountRow;
  clerk_provider_sign_ins: ClerkProviderSignInRow;
  clerk_totps: ClerkTotpRow;
  clerk_passkeys: ClerkPasskeyRow;
  clerk_recovery_codes: ClerkRecoveryCodeRow;
  clerk_actions: ClerkActionRow;
  flags: FlagRow;
  messages: NotificationRow;
  reviewer_lots: ReviewerLotRow;
  window_codes: WindowCodeRow;
  sign_in_tries: SignInTryRow;
  administrative_acts: AdministrativeActRow;
  application_documents: ApplicationDocumentRow;
  application_document_parts: SealedPartRow;
  scans: ScanRow;
  scan_parts: SealedPartRow;
  matter_documents: MatterDocumentRow;
  authorities: AuthorityRow;
  complaints: ComplaintRow;
  log_waiting: LogWaitingRow;
  log_hashes: LogHashRow;
  log_checkpoints: LogCheckpointRow;
  log_time_stamps: LogTimeStampRow;
  log_heads: LogHeadRow;
  data_keys: DataKeyRow;
}

/** A table under an alias: its columns are then written with it, as in `c.state`. */
type Alias<T extends keyof Rows, A extends string> = {
  [One in A as `${T} AS ${One}`]: Aliased<Rows[T], One>;
};

type Aliased<Row, A extends string> = { [C in keyof Row & string as `${A}.${C}`]: Row[C] };

declare module 'knex/types/tables' {
  interface Tables
    extends
      Rows,
      Alias<'matters', 'm' | 'first' | 'version'>,
      Alias<'confirmations', 'c' | 'later'>,
      Alias<'journeys', 'j'>,
      Alias<'sessions', 's'>,
      Alias<'application_documents', 'd'>,
      Alias<'matter_documents', 'n'>,
      Alias<'authorities', 'a'>,
      Alias<'attempts', 'a'>,
      Alias<'evidence', 'e'>,
      Alias<'log_checkpoints', 'c'>,
      Alias<'log_time_stamps', 't'>,
      Alias<'evidence_seals', 's'>,
      Alias<'deliveries', 'd'>,
      Alias<'messages', 'n'>,
      Alias<'stuck_periods', 's'>,
      Alias<'worklist', 'w'>,
      Alias<'scans', 's'>,
      Alias<'decisions', 'd'>,
      Alias<'decision_batch_items', 'i'>,
      Alias<'flags', 'f'>,
      Alias<'clerks', 'c'>,
      Alias<'clerk_scopes', 's'>,
      Alias<'clerk_sessions', 's'>,
      Alias<'clerk_actions', 'a'>,
      Alias<'consents', 'o'>,
      Alias<'portraits', 'p'> {}
}
