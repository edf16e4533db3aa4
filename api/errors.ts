import { clerkMessageOf, userMessageOf } from '../texts/user-messages';
import type { UserMessageCode } from '../texts/user-messages';

/** Every refusal of the api, with the HTTP status that carries it. The sentences stand in texts/. */
const statuses = {
  bad_request: 400,
  bad_json: 400,
  json_key_repeated: 400,
  idempotency_key_missing: 400,
  not_signed_in: 401,
  sign_in_refused: 401,
  request_not_verified: 401,
  nonce_replayed: 401,
  authority_not_permitted: 403,
  not_your_right: 403,
  password_change_required: 403,
  second_factor_required: 403,
  provider_account_unlinked: 403,
  clerk_disabled: 403,
  reauthentication_required: 403,
  csrf_missing: 403,
  not_on_oneself: 403,
  not_found: 404,
  identity_not_authorized: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  busy: 409,
  not_allowed_now: 409,
  leave_matter_first: 409,
  stale: 409,
  consent_outdated: 409,
  journey_closed: 409,
  version_conflict: 409,
  matter_not_open: 409,
  invitation_over: 409,
  not_confirmed: 409,
  verification_refused: 404,
  evidence_file_unreadable: 422,
  not_for_this_cause: 409,
  needs_second_clerk: 409,
  proposal_pending: 409,
  proposal_unknown: 409,
  proposal_expired: 409,
  not_the_reviewer: 403,
  not_the_proposer: 403,
  reason_unsuitable: 409,
  flag_reviewed: 409,
  grant_limit_reached: 409,
  no_reviewer: 409,
  too_many_proposals: 409,
  claimed_by_other: 409,
  claim_expired: 409,
  clerk_unsuitable: 409,
  nobody_above: 409,
  too_many_snoozed: 409,
  too_many_notes: 409,
  too_many_views: 409,
  window_code_wrong: 409,
  window_code_expired: 409,
  window_code_used_up: 409,
  complaint_answered: 409,
  input_expired: 409,
  letter_not_ready: 409,
  letter_deleted: 410,
  login_taken: 409,
  provider_account_taken: 409,
  login_waits: 409,
  last_second_factor: 409,
  needs_another_admin: 409,
  act_not_pending: 409,
  act_not_yet: 409,
  body_too_large: 413,
  content_type_not_json: 415,
  content_type_unsupported: 415,
  document_not_as_named: 422,
  document_unsupported: 422,
  scan_unsupported: 422,
  scan_damaged: 422,
  scan_infected: 422,
  scan_unexamined: 503,
  scan_unknown: 409,
  too_many_scans: 409,
  content_encoding_unsupported: 415,
  expectation_failed: 417,
  invalid: 422,
  auth_code_invalid: 422,
  authorized_identity_over: 422,
  password_wrong: 422,
  second_factor_wrong: 422,
  provider_sign_in_cancelled: 422,
  provider_sign_in_void: 422,
  provider_answer_invalid: 422,
  enrolment_not_proven: 422,
  too_many_requests: 429,
  sign_in_later: 429,
  complaints_used_up: 429,
  invited_lately: 429,
  headers_too_large: 431,
  internal: 500,
  vendor_unavailable: 503,
  identity_unavailable: 503,
  provider_unavailable: 503,
  temporarily_unavailable: 503,
} as const satisfies Partial<Record<UserMessageCode, number>>;

export type ErrorCode = keyof typeof statuses;
export const errorCodes = Object.keys(statuses) as [ErrorCode, ...ErrorCode[]];

export function statusOf(code: ErrorCode): number {
  return statuses[code];
}

/** A defect at one place of a request; never the value, and never the name of an unknown field. */
export interface Issue {
  path: string;
  code: string;
  /** Of a signature: the form or the bound that holds there. */
  expected?: string;
}

/** Ends a request with an answer that says what is wrong and what to do next. */
export class ApiError extends Error {
  readonly status: number;

  /** @param about `detail` is a more precise code, `body` stands beside the error, `retryAfter` is in seconds. */
  constructor(
    readonly code: ErrorCode,
    readonly about: {
      issues?: Issue[];
      detail?: string;
      retryAfter?: number;
      body?: object;
      allow?: string;
    } = {},
  ) {
    super(code);
    this.name = 'ApiError';
    this.status = statuses[code];
  }

  /** The body of the response. */
  bodyFor(requestId: string, reader: 'clerk' | 'other' = 'other'): object {
    const { issues, detail, body } = this.about;
    const message = reader === 'clerk' ? clerkMessageOf(this.code) : userMessageOf(this.code);
    const error = { code: this.code, message, requestId, detail, issues };
    return { error, ...body };
  }
}

// The database or Temporal is away: the same request works when they are back.
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|PROTOCOL_CONNECTION_LOST|ER_LOCK_WAIT_TIMEOUT|ER_LOCK_DEADLOCK|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN)$/;

/** The error response for anything that was thrown. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const { name, code, fatal } = Object(thrown) as { name?: unknown; code?: unknown; fatal?: unknown };
  // An error that ends a database connection is `fatal` and does not always have a code: a query on a connection that has just ended has none.
  const isAway =
    fatal === true ||
    (typeof code === 'string' && AWAY.test(code)) ||
    name === 'KnexTimeoutError' ||
    name === 'ServiceError';
  if (isAway) return new ApiError('temporarily_unavailable', { retryAfter: 2 });
  // Koa's and the router's own refusals of malformed requests, such as a path that can't be decoded.
  const { status } = Object(thrown) as { status?: unknown };
  return new ApiError(typeof status === 'number' && status >= 400 && status < 500 ? 'not_found' : 'internal');
}
