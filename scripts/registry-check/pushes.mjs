import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Koa from 'koa';
import { refusal } from './answer.mjs';
import { answerOptional } from './optional.mjs';
import { createReader } from './requests.mjs';

/**
 * @import { Registries } from '../../registry/registries.ts'
 * @import { z } from 'zod'
 * @import { matterSchema } from '../../api/registry/matter-schema.ts'
 * @import { Answer } from './answer.mjs'
 * @import { Report } from './report.mjs'
 * @import { Asked } from './requests.mjs'
 */

const require = createRequire(import.meta.url);
const dist = join(import.meta.dirname, '../../dist');
const { documentFileTypeOf } = /** @type {typeof import('../../domain/document-files.ts')} */ (
  require(join(dist, 'domain/document-files.js'))
);
const schemas = /** @type {typeof import('../../api/registry/matter-schema.ts')} */ (
  require(join(dist, 'api/registry/matter-schema.js'))
);
const { mayPush } = /** @type {typeof import('../../registry/registries.ts')} */ (
  require(join(dist, 'registry/registries.js'))
);
const { shanghaiDay } = /** @type {typeof import('../../domain/shanghai-time.ts')} */ (
  require(join(dist, 'domain/shanghai-time.js'))
);

/** @typedef {z.infer<typeof matterSchema>} Matter */

const MATTER = '/api/registry/matters/:externalId';

/** What a registration system shows in this run, in the order in which it is asked for. */
const tasks = {
  push: '推送一项业务 · push a matter',
  repeat: '收到 503 后以新的 nonce 重发同一业务 · after 503, send the same again, with a new nonce',
  read: '查询该业务 · read the matter',
  'next-version': '推送该业务的下一版本 · push its next version',
  document: '上传一份申请材料 · upload a document',
  withdrawal: '撤回该业务 · withdraw it',
};

/** @typedef {keyof typeof tasks} Task */

const taskNames = /** @type {Task[]} */ (Object.keys(tasks));

/**
 * Plays the identity check for a registration system's pushes: takes its requests on loopback, and says what is wrong with each. It
 * answers the first matter with 503, as a busy server does, and keeps nothing.
 * @param {object} options
 * @param {number} options.port
 * @param {string} [options.publicUrl] the address that the registration system signs
 * @param {Registries} options.registries
 * @param {Report} options.report
 */
export async function listenForPushes({ port, publicUrl, registries, report }) {
  /** @type {Map<string, Matter>} */
  const matters = new Map();
  /** @type {Set<Task>} */
  const done = new Set();
  /** @type {() => void} */
  let finish = () => undefined;
  const finished = new Promise((resolve) => (finish = () => resolve(undefined)));
  let busyWith = '';

  /** @param {string} what @param {Asked} asked @returns {Answer} */
  function answerTo(what, asked) {
    const { externalId = '', sha256 = '' } = asked.params;
    if (asked.route === `put ${MATTER}`) return pushed(what, externalId, asked);
    if (asked.route === 'put /api/registry/documents/:sha256') return uploaded(what, sha256, asked);
    const optional = answerOptional(what, asked, matters, report);
    if (optional) return optional;
    const matter = matters.get(externalId);
    if (!matter) {
      const detail =
        '先推送，再以相同的业务编号查询或撤回 · push first, then read or withdraw by the same id';
      report(false, `${what}: 没有这项业务 · no such matter`, detail);
      return refusal(404, 'not_found');
    }
    const { version } = matter;
    if (asked.route === `get ${MATTER}`)
      return right('read', what, { status: 200, body: standing(externalId, matter, 'open') });
    if (asked.route === `post ${MATTER}/withdrawal`) {
      if (Object(asked.body).version === version)
        return right('withdrawal', what, {
          status: 200,
          body: { externalId, version, state: 'withdrawn' },
        });
      report(
        false,
        `${what}: 版本不符 · another version`,
        `请写明要撤回的版本 · name the version: {"version":${version}}`,
      );
      return refusal(404, 'not_found');
    }
    report(
      false,
      `${what}: 这里没有 · nothing here`,
      '本工具中无人确认，没有存证、人像和邀请 · in this run nobody confirms: there is no evidence, portrait or invitation',
    );
    return refusal(404, 'not_found');
  }

  /** @param {Task} task @param {string} what @param {Answer} answer */
  function right(task, what, answer) {
    done.add(task);
    report(true, `${what}: ${tasks[task]}`, '');
    return answer;
  }

  /**
   * @param {string} what
   * @param {string} externalId
   * @param {Asked} asked
   * @returns {Answer}
   */
  function pushed(what, externalId, { body, registry }) {
    const matter = schemas.matterSchema.parse(body);
    const { issues } = schemas.readPersons(matter, shanghaiDay(new Date()));
    if (issues.length > 0) {
      const detail = issues.map(({ path, code }) => `${path}: ${code}`).join('; ');
      report(false, `${what}: 业务内容有误 · the matter is not valid`, `${detail}. docs/matter.schema.json`);
      return refusal(422, 'invalid', { issues });
    }
    if (!mayPush(registry, matter)) {
      const detail = `authority ${matter.authority}, kind ${matter.kind}: 该登记系统无此权限 · not among those of this system`;
      report(false, `${what}: 登记机关或业务类型不允许 · the authority or the kind is not allowed`, detail);
      return refusal(403, 'authority_not_permitted');
    }
    const known = matters.get(externalId);
    const text = JSON.stringify(matter);
    const isSame = JSON.stringify(known) === text;
    if (known && !isSame && matter.version <= known.version) {
      const detail = `内容有变化时版本应大于 ${known.version} · with other content the version must be above ${known.version}`;
      report(false, `${what}: 版本冲突 · the version conflicts`, detail);
      return refusal(409, 'version_conflict');
    }
    if (!done.has('push')) {
      busyWith = text;
      right('push', what, { status: 503, body: {} });
      return { ...refusal(503, 'temporarily_unavailable'), headers: { 'retry-after': '1' } };
    }
    matters.set(externalId, matter);
    const answer = { status: known ? 200 : 201, body: standing(externalId, matter, 'open') };
    if (text === busyWith) return right('repeat', what, answer);
    if (known && !isSame) return right('next-version', what, { ...answer, status: 201 });
    report(true, `${what}: 已接收 · taken`, '');
    return answer;
  }

  /** @param {string} what @param {string} sha256 @param {Asked} asked @returns {Answer} */
  function uploaded(what, sha256, { body }) {
    const content = /** @type {Buffer} */ (body);
    if (createHash('sha256').update(content).digest('hex') !== sha256) {
      const detail =
        '路径应为文件的 SHA-256（小写十六进制） · the path has the SHA-256 of the file in lower-case hexadecimal';
      report(false, `${what}: 哈希不符 · another hash`, detail);
      return refusal(422, 'document_not_as_named');
    }
    if (!documentFileTypeOf(content)) {
      const detail = '文件应为 PDF、JPEG 或 PNG，以文件内容为准 · a PDF, JPEG or PNG, by its content';
      report(false, `${what}: 文件类型不支持 · the type of the file is not supported`, detail);
      return refusal(422, 'document_unsupported');
    }
    return right('document', what, { status: 201, body: { sha256, size: content.length } });
  }

  const read = createReader({ registries, base: () => base, report });
  const app = new Koa();
  app.use(async (ctx) => {
    ctx.res.once('finish', () => {
      if (taskNames.every((task) => done.has(task))) finish();
    });
    const result = await read(ctx);
    const {
      status,
      body,
      headers = {},
    } = 'asked' in result ? answerTo(`${ctx.method} ${ctx.url}`, result.asked) : result.answer;
    ctx.set(headers);
    ctx.body = body;
    ctx.status = status;
  });
  // A request that was broken off has been reported as one that can't be read.
  app.on('error', (error, ctx) => {
    if (ctx.writable) app.onerror(error);
  });
  const server = createServer(app.callback());
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${address.port}`;
  const base = publicUrl ?? url;
  return {
    url,
    /** When everything has been seen. */
    finished,
    /** Ends, and says what was not seen. */
    close() {
      server.closeAllConnections();
      server.close();
      for (const task of taskNames.filter((task) => !done.has(task))) {
        report(false, `未收到 · not seen: ${tasks[task]}`, '请补做 · do it too');
      }
    },
  };
}

export const taskTexts = Object.values(tasks);

/** @param {string} externalId @param {Matter} matter @param {string} state */
function standing(externalId, { version, documents, persons }, state) {
  return {
    ...{ externalId, version, state },
    documents: documents.map(({ sha256 }) => ({ sha256, isUploaded: false })),
    persons: persons.map(({ reference, roles }) => ({
      reference,
      toDoId: randomUUID(),
      roles: roles.map((role) => ({ role, state: 'pending', settledAt: null })),
    })),
  };
}
