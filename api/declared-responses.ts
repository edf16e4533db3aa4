import { z } from 'zod';
import { errorsOf } from './declared-errors';
import type { ApiResponse, Context, Route } from './define-route';
import type { ApiDependencies } from './dependencies';
import { asApiError, ApiError } from './errors';

/**
 * Runs a route's handler and lets only what the route declares pass. A body with a missing, wrong or additional field becomes an
 * internal error, so that nothing leaks that the description does not name; the log says where it is wrong, and never what stood there.
 * An undeclared error code is logged and sent, since the person needs to know it.
 */
export async function withDeclaredResponses(
  route: Route,
  ctx: Context,
  { logger }: ApiDependencies,
  respond: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  const log = (event: string, status: number, code: string): void => {
    logger.error(event, { requestId: ctx.state.requestId, route: route.path, status, code });
  };
  const parse = <B>(schema: z.ZodType, status: number, body: B): B => {
    const { success, error } = schema.safeParse(body);
    if (success) return body;
    for (const { path, code } of error.issues) {
      log('response_undeclared', status, ['body', ...path].join('.') + `:${code}`);
    }
    throw new ApiError('internal');
  };
  try {
    const response = await respond();
    const { status, body } = response;
    const declared = route.responses[status];
    if (!declared) {
      log('response_undeclared', status, 'status');
      throw new ApiError('internal');
    }
    if (!declared.mediaType) parse(declared.schema ?? z.undefined(), status, body);
    return response;
  } catch (thrown) {
    const { code, status, about } = asApiError(thrown);
    if (!errorsOf(route).includes(code)) log('error_undeclared', status, code);
    if (about.body) parse(z.strictObject(route.errorExtras?.[status] ?? {}), status, about.body);
    throw thrown;
  }
}
