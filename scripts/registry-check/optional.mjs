import { createRequire } from 'node:module';
import { join } from 'node:path';
import { refusal } from './answer.mjs';

/**
 * @import { Route } from '../../api/define-route.ts'
 * @import { Answer } from './answer.mjs'
 * @import { Matter } from './pushes.mjs'
 * @import { Report } from './report.mjs'
 */

/** @typedef {{ externalId: string, version: number | undefined, after: string | undefined, content: object }} Asked */

const require = createRequire(import.meta.url);
const { routesOf } = /** @type {typeof import('../../api/routes.ts')} */ (
  require(join(import.meta.dirname, '../../dist/api/routes.js'))
);
/** @type {Route[]} */
const routes = routesOf(/** @type {never} */ ({}));

const MATTER = '/api/registry/matters/:externalId';

/**
 * What a registration system may do besides, and what it gets here: nobody has confirmed, and nothing has happened.
 * @type {Record<string, (asked: Asked) => object>}
 */
const answers = {
  'get /api/registry/events': ({ after = '0' }) => ({ events: [], next: after }),
  'get /api/registry/matters': () => ({ matters: [] }),
  [`get ${MATTER}/invitations`]: ({ externalId, version }) => ({ externalId, version, invitations: [] }),
  [`post ${MATTER}/archive-acknowledgement`]: ({ externalId, content }) => ({ externalId, ...content }),
};

/**
 * Answers a request that is not asked for, and says what is wrong with it by the schema of its route.
 * @param {{ method: string, url: string, body: unknown }} request
 * @param {ReadonlyMap<string, Matter>} matters what was pushed
 * @param {Report} report
 * @returns {Answer | undefined} undefined for other requests
 */
export function answerOptional({ method, url, body }, matters, report) {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const [, externalId = ''] = /^\/api\/registry\/matters\/([\w.-]+)\//.exec(pathname) ?? [];
  const name = `${method.toLowerCase()} ${externalId ? pathname.replace(externalId, ':externalId') : pathname}`;
  const answer = answers[name];
  const route = routes.find((one) => `${one.method} ${one.path}` === name);
  if (!answer || !route) return undefined;
  const what = `${method} ${url}`;
  const query = Object.fromEntries(searchParams);
  const issues = [route.query?.safeParse(query), route.body?.safeParse(body)].flatMap(
    (parsed) => parsed?.error?.issues ?? [],
  );
  if (issues.length > 0) {
    const detail = issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    report(false, `${what}: 参数或内容有误 · the query or the body is not valid`, detail);
    return refusal(422, 'invalid');
  }
  const matter = matters.get(externalId);
  if (externalId && !matter) {
    report(false, `${what}: 没有这项业务 · no such matter`, '请先推送 · push it first');
    return refusal(404, 'not_found');
  }
  report(true, `${what}: 已接收 · taken`, '');
  const asked = { externalId, version: matter?.version, after: query.after, content: Object(body) };
  return { status: 200, body: answer(asked) };
}
