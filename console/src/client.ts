import createClient from 'openapi-fetch';
import type { components, paths } from './api-types';
import type { SessionStore } from './session-store';

export type Schemas = components['schemas'];
/** What is sent to a route. */
export type Body<P extends keyof paths> = paths[P] extends {
  post: { requestBody: { content: { 'application/json': infer B } } };
}
  ? B
  : never;

export type Journey = Schemas['ClerkJourney'];
export type WorklistEntry = Schemas['WorklistEntry'];
export type Session = Schemas['ClerkSession'];

/** A code of the api, or `unreachable` where no answer came. */
export type FailureCode = Schemas['ErrorCode'] | 'unreachable';

interface Issue {
  path: string;
  code: string;
}

/** The api has refused, or has not answered. */
export class ApiFailure extends Error {
  /**
   * @param sentence the api's, in Chinese; empty where it did not answer
   * @param about `retryAfter` is in seconds
   */
  constructor(
    readonly code: FailureCode,
    readonly sentence = '',
    readonly about: { issues?: Issue[]; requestId?: string; retryAfter?: number } = {},
  ) {
    super(code);
  }
}

// After these it is not known whether the same request has changed something.
const UNKNOWN_OUTCOMES: readonly FailureCode[] = [
  'unreachable',
  'temporarily_unavailable',
  'internal',
  'busy',
];

export function isOutcomeUnknown(error: unknown): boolean {
  return !(error instanceof ApiFailure) || UNKNOWN_OUTCOMES.includes(error.code);
}

export type Api = ReturnType<typeof createApi>;

/** What brings a request to the api: fetch, or what tells how much of it is sent. */
export type Transport = (request: Request) => Promise<Response>;

/**
 * Calls the api. Where a second factor is asked for again, the clerk shows it above the page and the call is repeated. Every change carries the session's token against CSRF; nothing else in the console knows it. A session that has
 * ended is marked as lost, so that the clerk signs in again in place.
 * @param isAttended whether the clerk has just done something: what the page reads by itself keeps no session alive
 */
export function createApi({
  session,
  origin,
  fetch,
  isAttended,
}: {
  session: SessionStore;
  origin: string;
  fetch: Transport;
  isAttended: () => boolean;
}) {
  const send = async (request: Request, transport = fetch): Promise<Response> => {
    const token = session.csrfToken();
    if (request.method !== 'GET' && token) request.headers.set('X-CSRF-Token', token);
    if (request.method === 'GET' && !isAttended()) request.headers.set('X-Background', 'true');
    try {
      return await transport(request);
    } catch {
      throw new ApiFailure('unreachable');
    }
  };

  /** Another tab has signed in anew: its session has another token. */
  const renewToken = async (): Promise<boolean> => {
    const response = await send(new Request(`${origin}/api/clerk/session`));
    return response.ok && session.renew((await response.json()) as Session);
  };

  /** Calls by another transport than fetch. */
  const sentBy =
    (transport: Transport): Transport =>
    async (request) => {
      const again = request.clone();
      let response = await send(request, transport);
      let failure = await failureOf(response);
      if (failure?.code === 'csrf_missing' && (await renewToken())) {
        response = await send(again.clone(), transport);
        failure = await failureOf(response);
      }
      if (failure?.code === 'reauthentication_required' && (await session.reauthenticate())) {
        response = await send(again, transport);
        failure = await failureOf(response);
      }
      if (failure?.code === 'not_signed_in') session.lose();
      if (failure) throw failure;
      return response;
    };

  const client = createClient<paths>({ baseUrl: origin, fetch: sentBy(fetch) });

  /** The body of a success; every other answer has been thrown. */
  const bodyOf = async <T>(answer: Promise<{ data?: T }>): Promise<T> => (await answer).data as T;

  return {
    get: client.GET,
    post: client.POST,
    put: client.PUT,
    sentBy,
    bodyOf,
  };
}

async function failureOf(response: Response): Promise<ApiFailure | undefined> {
  if (response.ok) return undefined;
  const text = await response.clone().text();
  const error = errorIn(text);
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  if (!error) return new ApiFailure('unreachable');
  const { code, message, issues, requestId } = error;
  return new ApiFailure(code, message, { issues, requestId, retryAfter });
}

function errorIn(
  text: string,
): { code: FailureCode; message: string; issues?: Issue[]; requestId: string } | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: ReturnType<typeof errorIn> };
    return error;
  } catch {
    // A proxy's page.
    return undefined;
  }
}
