import type { ErrorCode, Journey } from './api-contract';

/** What is wrong with one field of a request. */
export interface Issue {
  path: string;
  code: string;
}

/** The API has rejected a request. `message` is for people, in Chinese. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
    readonly issues: readonly Issue[] = [],
    /** The journey as it is now, where the command was given for an earlier state of it. */
    readonly journey?: Journey,
  ) {
    super(message);
  }
}

/** No response arrived, so that nobody knows whether the API has acted on the request. Repeating it is safe. */
export class NoResponse extends Error {}

export function isApiError(error: unknown, code: ErrorCode): error is ApiError {
  return error instanceof ApiError && error.code === code;
}

/** Whether the same request may succeed a little later. */
export function mayRetry(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  // Alipay's authorization codes can be used once. If the response was lost, a new code helps.
  return error.status >= 500 || error.status === 429 || error.code === 'auth_code_invalid';
}
