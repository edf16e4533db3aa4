import { sentenceOf } from '../texts/messages';
import type { MessageCode } from '../texts/messages';

/** Every refusal of the api, with the HTTP status that carries it. The sentences stand in texts/. */
const statuses = {
  bad_json: 400,
  idempotency_key_missing: 400,
  not_signed_in: 401,
  request_not_verified: 401,
  nonce_replayed: 401,
  authority_not_permitted: 403,
  not_found: 404,
  method_not_allowed: 405,
  busy: 409,
  not_allowed_now: 409,
  stale: 409,
  consent_outdated: 409,
  journey_closed: 409,
  version_conflict: 409,
  matter_not_open: 409,
  body_too_large: 413,
  content_type_not_json: 415,
  invalid: 422,
  auth_code_invalid: 422,
  too_many_requests: 429,
  internal: 500,
  vendor_unavailable: 503,
  temporarily_unavailable: 503,
} as const satisfies Partial<Record<MessageCode, number>>;

export type ErrorCode = keyof typeof statuses;

/** What is wrong with one place of a request; never the value, never the name of a field we do not know. */
export interface Issue {
  path: string;
  code: string;
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

  answer(requestId: string): object {
    const { issues, detail, body } = this.about;
    const error = { code: this.code, message: sentenceOf(this.code), requestId, detail, issues };
    return { error, ...body };
  }
}
