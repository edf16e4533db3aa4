import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Router from '@koa/router';
import Koa from 'koa';
import helmet from 'koa-helmet';
import { requestContextOf } from './request-context';
import type { ApiDependencies } from './dependencies';
import { withAudit } from './clerk/audit';
import { ApiError, asApiError } from './errors';
import type { Route } from './define-route';
import { docsOf } from './docs';
import { serveConsole, servePages } from './pages';
import { limitRequests } from './rate-limits';
import { withDeclaredResponses } from './declared-responses';
import { rejectAmbiguous } from './request-form';
import { routesOf } from './routes';

/** The api without its socket: everything from a request to its response. */
export function createApp(dependencies: ApiDependencies): Koa {
  const app = new Koa();
  const routes = routesOf(dependencies);
  app.use(identify);
  app.use(log(dependencies));
  app.use(respondToErrors(dependencies));
  app.use(rejectAmbiguous);
  // The page shows documents that it has read and checked: each is a blob of its own.
  app.use(helmet({ contentSecurityPolicy: { directives: { 'img-src': ["'self'", 'data:', 'blob:'] } } }));
  app.use(limitRequests(dependencies));
  // Exactly as they are written, since limits know sign-ins by their path.
  const router = new Router({ sensitive: true, strict: true });
  for (const route of routes) mount(router, route, dependencies);
  app.use(router.routes());
  app.use(docsOf(routes));
  app.use(servePages(join(__dirname, 'evidence/page'), { at: '/verify', namesCarryHashes: false }));
  app.use(serveConsole(dependencies.consoleFolder));
  app.use(servePages(dependencies.pagesFolder));
  app.use(unknown(routes));
  app.on('error', logBrokenResponse(dependencies));
  return app;
}

function mount(router: Router, route: Route, dependencies: ApiDependencies): void {
  router[route.method](route.path, async (ctx) => {
    ctx.state.route = route.path;
    const respond = async () => await route.handle(await requestContextOf(route, ctx, dependencies));
    const declared = async () => await withDeclaredResponses(route, ctx, dependencies, respond);
    const { status, body, headers = {} } = await withAudit(route, ctx, dependencies, declared);
    ctx.set({ 'Cache-Control': 'no-store', ...headers });
    ctx.body = body ?? null;
    ctx.status = status;
  });
}

const identify: Koa.Middleware = async (ctx, next) => {
  const requestId = randomUUID();
  ctx.state.requestId = requestId;
  ctx.set('X-Request-Id', requestId);
  await next();
};

const log =
  ({ logger, figures }: ApiDependencies): Koa.Middleware =>
  async (ctx, next) => {
    const begun = performance.now();
    await next();
    const { requestId, route, code } = ctx.state as { requestId: string; route?: string; code?: string };
    const { method, status } = ctx;
    const durationMs = performance.now() - begun;
    logger.info('request', { requestId, method, route, status, code, durationMs });
    figures.request({ method: route ? method : 'any', route, status, seconds: durationMs / 1000 });
  };

const respondToErrors =
  ({ logger }: ApiDependencies): Koa.Middleware =>
  async (ctx, next) => {
    try {
      await next();
    } catch (thrown) {
      const { requestId } = ctx.state as { requestId: string };
      const error = asApiError(thrown);
      if (error.status >= 500) logger.error('request_failed', { requestId, code: error.code, error: thrown });
      ctx.state.code = error.about.detail ?? error.code;
      ctx.status = error.status;
      if (error.about.retryAfter !== undefined) ctx.set('Retry-After', String(error.about.retryAfter));
      if (error.about.allow !== undefined) ctx.set('Allow', error.about.allow);
      ctx.set('Cache-Control', 'no-store');
      // Koa's own path fails where the target is no URL.
      const isForClerk = ctx.originalUrl.startsWith('/api/clerk/');
      ctx.body = error.bodyFor(requestId, isForClerk ? 'clerk' : 'other');
    }
  };

/** A response can break off after its head: the client has left, or what it is made of could not be read any more. */
const logBrokenResponse =
  ({ logger }: ApiDependencies) =>
  (error: NodeJS.ErrnoException, { state }: Koa.Context): void => {
    // Koa says it twice: what the response is read from has failed, and it can't be written on.
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || state.isBroken) return;
    state.isBroken = true;
    logger.error('response_broken', { requestId: state.requestId as string, error });
  };

/** No such path, or not by this method. */
function unknown(routes: readonly Route[]): Koa.Middleware {
  const matchers = routes.map(({ method, path }) => ({
    method: method.toUpperCase(),
    form: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+').replaceAll(/\*\w+/g, '.+')}$`),
  }));
  return (ctx) => {
    const allowed = matchers.filter(({ form }) => form.test(ctx.path)).map(({ method }) => method);
    if (allowed.length === 0) throw new ApiError('not_found');
    throw new ApiError('method_not_allowed', { allow: [...new Set(allowed)].join(', ') });
  };
}
