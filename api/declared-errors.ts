import type { Audience, Route } from './define-route';
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
  clerk: ['not_signed_in', 'not_your_right', 'password_change_required', 'second_factor_required'],
};

const ofBodies: readonly ErrorCode[] = ['body_too_large', 'content_encoding_unsupported', 'invalid'];
const ofJson: readonly ErrorCode[] = ['bad_json', 'json_key_repeated', 'content_type_not_json'];

/** Every error code that a route may respond with, as the api's description says. */
export function errorsOf(route: Route): ErrorCode[] {
  const { audience, method, params, query, idempotent, reauthenticated, mediaTypes, errors = [] } = route;
  const isChanging = method !== 'get';
  return [
    ...new Set<ErrorCode>([
      ...everywhere,
      ...ofAudience[audience],
      ...(isChanging ? ofBodies : []),
      ...(isChanging && !mediaTypes ? ofJson : []),
      ...(mediaTypes ? ['content_type_unsupported' as const] : []),
      ...(isChanging && audience === 'clerk' ? ['csrf_missing' as const] : []),
      ...(reauthenticated ? ['reauthentication_required' as const] : []),
      ...(params ? ['not_found' as const] : []),
      // A route without a query takes none.
      ...((query ?? !isChanging) ? ['invalid' as const] : []),
      ...(idempotent ? ['idempotency_key_missing' as const] : []),
      ...errors,
    ]),
  ];
}
