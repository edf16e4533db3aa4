import { createRequire } from 'node:module';
import { join } from 'node:path';
import { refusal } from './answer.mjs';

/**
 * @import { Context, Route } from '../../api/define-route.ts'
 * @import { Issue } from '../../api/errors.ts'
 * @import { Registries, Registry } from '../../registry/registries.ts'
 * @import { Answer } from './answer.mjs'
 * @import { Report } from './report.mjs'
 */

const require = createRequire(import.meta.url);
const dist = join(import.meta.dirname, '../../dist');
const { hasBody, readBody, readJson } = /** @type {typeof import('../../api/body.ts')} */ (
  require(join(dist, 'api/body.js'))
);
const { ApiError } = /** @type {typeof import('../../api/errors.ts')} */ (
  require(join(dist, 'api/errors.js'))
);
const { rejectAmbiguous } = /** @type {typeof import('../../api/request-form.ts')} */ (
  require(join(dist, 'api/request-form.js'))
);
const { routesOf } = /** @type {typeof import('../../api/routes.ts')} */ (
  require(join(dist, 'api/routes.js'))
);
const { verifyRequest } = /** @type {typeof import('../../registry/request-signature.ts')} */ (
  require(join(dist, 'registry/request-signature.js'))
);
const { SignatureError } = /** @type {typeof import('../../registry/signature-error.ts')} */ (
  require(join(dist, 'registry/signature-error.js'))
);

/**
 * A request that a registration system may send, read as the identity check reads it.
 * @typedef Asked
 * @property {string} route such as `get /api/registry/events`
 * @property {Record<string, string>} params
 * @property {Record<string, unknown>} query
 * @property {unknown} body JSON, or the bytes of a document
 * @property {Registry} registry who sent it
 */

const routes = routesOf(/** @type {never} */ ({}))
  .filter(({ audience }) => audience === 'registration-system')
  .map((route) => ({
    route,
    form: new RegExp(`^${route.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
  }));

/** What to do about a request that can't be read, beside what its code says. @type {Record<string, string>} */
const advice = {
  bad_request: '请求不完整，或者形式不明确 · the request is incomplete or ambiguous',
  body_too_large: '业务不超过 2 MB，申请材料不超过 20 MB · at most 2 MB for a matter, 20 MB for a document',
  content_type_not_json: 'Content-Type 应为 application/json · Content-Type is application/json',
  content_type_unsupported:
    'Content-Type 应为 application/pdf、image/jpeg 或 image/png · Content-Type is one of these',
  content_encoding_unsupported: '不要压缩内容 · do not compress the body',
  bad_json: '内容应为 UTF-8 编码的 JSON · the body is JSON in UTF-8',
  json_key_repeated: '同一对象中的键不能重复 · a key stands once in its object',
  not_found: '请核对路径 · compare the path',
  method_not_allowed: 'PUT、GET，撤回用 POST · PUT, GET, and POST for a withdrawal',
};

/**
 * @param {{ registries: Registries, base: () => string, report: Report }} options `base`: the address that is signed
 * @returns {(ctx: Context) => Promise<{ asked: Asked } | { answer: Answer }>} an answer where the request is wrong
 */
export function createReader({ registries, base, report }) {
  /** @type {Set<string>} */
  const nonces = new Set();

  /** @param {Context} ctx @returns {Promise<{ asked: Asked } | { answer: Answer }>} */
  async function read(ctx) {
    const what = `${ctx.method} ${ctx.url}`;
    await rejectAmbiguous(ctx, async () => undefined);
    const { route, params } = routeFor(ctx);
    const isSent = hasBody(ctx.req);
    if (isSent && route.method === 'get') throw new ApiError('bad_request');
    /** @type {Promise<Buffer> | undefined} */
    let reading;
    const body = isSent ? () => (reading ??= readBody(ctx, route)) : undefined;
    const headers = ctx.req.headersDistinct;
    const received = { method: ctx.method, url: `${base()}${ctx.originalUrl}`, headers, body };
    const { nonce, registry } = await verifyRequest(received, registries, new Date());
    if (nonces.has(nonce)) {
      const detail =
        '每个请求（包括重发）都要使用新的 nonce · every request needs a new nonce, also a repeated one';
      report(false, `${what}: nonce 重复 · a nonce that was used before`, detail);
      return { answer: refusal(401, 'nonce_replayed') };
    }
    nonces.add(nonce);
    const bytes = await body?.();
    const content = bytes && !route.mediaTypes ? readJson(bytes) : (bytes ?? {});
    const query = { ...ctx.query };
    const issues = [
      ...[route.params?.safeParse(params), route.query?.safeParse(query)],
      route.method === 'get' ? undefined : route.body?.safeParse(content),
    ].flatMap((parsed) => parsed?.error?.issues ?? []);
    if (issues.length > 0) {
      const detail = issues.map(({ path, message }) => `${path.join('.') || '(all)'}: ${message}`).join('; ');
      report(false, `${what}: 参数或内容有误 · the query or the body is not valid`, detail);
      return { answer: refusal(422, 'invalid') };
    }
    return { asked: { route: nameOf(route), params, query, body: content, registry } };
  }

  return async (ctx) => {
    const what = `${ctx.method} ${ctx.url}`;
    try {
      return await read(ctx);
    } catch (error) {
      if (error instanceof SignatureError) {
        const { code, issues } = error;
        report(false, `${what}: 签名有误 · the signature is wrong (${code})`, issues.map(inWords).join('; '));
        return { answer: refusal(401, 'request_not_verified', { detail: code, issues }) };
      }
      // Anything else is a mistake of this program, and ends as one.
      if (!(error instanceof ApiError)) throw error;
      report(
        false,
        `${what}: 请求无法处理 · the request can't be read (${error.code})`,
        advice[error.code] ?? '',
      );
      return { answer: refusal(error.status, error.code) };
    }
  };
}

/** @param {Pick<Route, 'method' | 'path'>} route */
function nameOf({ method, path }) {
  return `${method} ${path}`;
}

/** @param {Context} ctx @returns {{ route: Route, params: Record<string, string> }} */
function routeFor({ path, method }) {
  const found = routes.flatMap(({ route, form }) => {
    const match = form.exec(path);
    return match ? [{ route, params: { ...match.groups } }] : [];
  });
  if (found.length === 0) throw new ApiError('not_found');
  const one = found.find(({ route }) => route.method === method.toLowerCase());
  if (!one) throw new ApiError('method_not_allowed');
  return one;
}

/** @param {Issue} issue */
function inWords({ path, code, expected }) {
  return `${path}: ${code}, 应为 · expected: ${expected}`;
}
