import { refusal } from './answer.mjs';

/**
 * @import { Answer } from './answer.mjs'
 * @import { Matter } from './pushes.mjs'
 * @import { Report } from './report.mjs'
 * @import { Asked } from './requests.mjs'
 */

const MATTER = '/api/registry/matters/:externalId';

/**
 * What a registration system may do besides, and what it gets here: nobody has confirmed, and nothing has happened.
 * @type {Record<string, (asked: Asked & { externalId: string, version: number | undefined }) => object>}
 */
const answers = {
  'get /api/registry/events': ({ query: { after = '0' } }) => ({ events: [], next: after }),
  'get /api/registry/matters': () => ({ matters: [] }),
  [`get ${MATTER}/invitations`]: ({ externalId, version }) => ({ externalId, version, invitations: [] }),
  [`post ${MATTER}/archive-acknowledgement`]: ({ externalId, body }) => ({ externalId, ...Object(body) }),
};

/**
 * Answers a request that is not asked for.
 * @param {string} what the request, as it is reported
 * @param {Asked} asked
 * @param {ReadonlyMap<string, Matter>} matters what was pushed
 * @param {Report} report
 * @returns {Answer | undefined} undefined for other requests
 */
export function answerOptional(what, asked, matters, report) {
  const answer = answers[asked.route];
  if (!answer) return undefined;
  const { externalId = '' } = asked.params;
  const matter = matters.get(externalId);
  if (externalId && !matter) {
    report(false, `${what}: 没有这项业务 · no such matter`, '请先推送 · push it first');
    return refusal(404, 'not_found');
  }
  report(true, `${what}: 已接收 · taken`, '');
  return { status: 200, body: answer({ ...asked, externalId, version: matter?.version }) };
}
