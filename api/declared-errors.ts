import type { ApiResponse, Audience, Context, Route } from './define-route';
import type { ApiDependencies } from './dependencies';
import { asApiError } from './errors';
import type { ErrorCode } from './errors';

/** Of every route: what can't be read, comes too often, or comes while something is down. */
const everywhere: readonly ErrorCode[] = [
  'bad_request',
  'request_timeout',
  'expectation_failed',
  'too_many_requests',
  'headers_too_large',
  'internal',
  'temporarily_unavailable',
];

const ofAudience: Readonly<Record<Audience, readonly ErrorCode[]>> = {
  public: [],
  visitor: [],
  'mini-app': ['not_signed_in'],
  'journey-holder': ['not_signed_in', 'not_found'],
  'registration-system': ['request_not_verified', 'nonce_replayed'],
  operator: ['not_signed_in', 'not_found'],
  'clerk-visitor': [],
  clerk: ['not_signed_in', 'not_your_right', 'password_change_required'],
};

const ofBodies: readonly ErrorCode[] = [
  'bad_json',
  'json_key_repeated',
  'body_too_large',
  'content_type_not_json',
  'content_encoding_unsupported',
  'invalid',
];

/** Every code that a route may refuse with. It is what the api's description says. */
export function errorsOf(route: Route): ErrorCode[] {
  const { audience, method, params, query, idempotent, errors = [] } = route;
  const isChanging = method !== 'get';
  return [
    ...new Set<ErrorCode>([
      ...everywhere,
      ...ofAudience[audience],
      ...(isChanging ? ofBodies : []),
      ...(isChanging && audience === 'clerk' ? ['csrf_missing' as const] : []),
      ...(params ? ['not_found' as const] : []),
      // A route without a query takes none.
      ...((query ?? !isChanging) ? ['invalid' as const] : []),
      ...(idempotent ? ['idempotency_key_missing' as const] : []),
      ...errors,
    ]),
  ];
}

/** Answers, and notes refusals that the route does not declare: then its description is wrong. */
export async function withDeclaredErrors(
  route: Route,
  ctx: Context,
  { logger }: ApiDependencies,
  answer: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  try {
    return await answer();
  } catch (refused) {
    const { code } = asApiError(refused);
    if (!errorsOf(route).includes(code)) {
      logger.error('error_undeclared', { requestId: ctx.state.requestId, route: route.path, code });
    }
    throw refused;
  }
}
