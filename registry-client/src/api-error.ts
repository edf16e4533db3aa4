/** What is wrong at one place of a request. */
export interface Issue {
  /** Of the body, such as `persons.0.document.number`; of the query; or of the signature, such as `signature-input.created`. */
  path: string;
  code: string;
  /** Of a signature: the form or the bound that holds there. */
  expected?: string;
}

/** A refusal of the identity check. */
export class RegistryApiError extends Error {
  /** @param status HTTP status */
  constructor(
    readonly status: number,
    /** Stable; there may be more than were known when this client was made. */
    readonly code: string,
    /** A more precise code. */
    readonly detail: string | undefined,
    readonly issues: readonly Issue[],
    /** By which the operators of the identity check find the request. */
    readonly requestId: string | undefined,
  ) {
    const places = issues.map(
      ({ path, code, expected }) => `${path}: ${code}${expected ? ` (${expected})` : ''}`,
    );
    const what = [code, ...(detail ? [detail] : []), ...places].join('; ');
    super(`The identity check refuses the request with status ${status}: ${what}.`);
    this.name = 'RegistryApiError';
  }
}

/** The identity check did not answer, or not with an answer of its own, however often the request was repeated. */
export class RegistryUnreachable extends Error {
  constructor(cause: unknown) {
    super('The identity check could not be reached.', { cause });
    this.name = 'RegistryUnreachable';
  }
}

interface ErrorBody {
  error: { code: string; detail?: string; issues?: Issue[]; requestId?: string };
}

/** @returns undefined for a response that is not the API's, such as one of a proxy */
export function readError(status: number, text: string): RegistryApiError | undefined {
  try {
    const { error } = JSON.parse(text) as ErrorBody;
    return new RegistryApiError(status, error.code, error.detail, error.issues ?? [], error.requestId);
  } catch {
    return undefined;
  }
}
