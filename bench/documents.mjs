import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { quantile, row } from './results.mjs';

/** @import { Row } from './results.mjs' */
/** @import { EvidenceStatement } from '../domain/evidence.ts' */

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '..');

/**
 * How long it takes to make and sign the documents of one confirmation, without the time-stamping authority, and how large they are.
 * @param {{ dataDir: string, times: number, say: (line: string) => void }} options
 * @returns {Promise<Row[]>}
 */
export async function measureDocuments({ dataDir, times, say }) {
  say(`documents: ${times} times`);
  /** @type {typeof import('../evidence/documents/document.ts')} */
  const { makeDocument } = require(join(root, 'dist/evidence/documents/document.js'));
  /** @type {typeof import('../evidence/documents/draw-in-thread.ts')} */
  const { drawInThread } = require(join(root, 'dist/evidence/documents/draw-in-thread.js'));
  const tools = { draw: drawInThread(), ...signerIn(dataDir) };
  const statement = sampleStatement();
  const json = JSON.stringify(statement);
  const source = {
    ...{ statement, json, sha256: hash(json), submittedAt: new Date() },
    portrait: /** @type {const} */ ('not-captured'),
    verification: { publicUrl: 'https://identity.example', code: 'K7QX-M2PD-9WFT-4HCB' },
  };
  const rows = [];
  for (const kind of /** @type {const} */ (['confirmation-letter', 'archive-sheet'])) {
    const durations = [];
    let bytes = 0;
    // The first ones decode the glyphs that all others share.
    for (let time = -3; time < times; time += 1) {
      const before = performance.now();
      const { file } = await makeDocument(kind, source, tools, new Date());
      if (time >= 0) durations.push(performance.now() - before);
      bytes = file.length;
    }
    rows.push(
      row(`document: ${kind}`, quantile(durations), {
        unit: 'ms',
        bar: 60,
        note: 'median, without a time stamp',
      }),
      row(`document: ${kind}`, bytes / 1024, { unit: 'KB', bar: 150 }),
    );
  }
  return rows;
}

/** @param {string} text */
function hash(text) {
  return createHash('sha256').update(text).digest('hex');
}

/** @param {string} folder */
function signerIn(folder) {
  const [keyFile, certFile] = [join(folder, 'documents.key'), join(folder, 'documents.crt')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile];
  execFileSync('openssl', ['req', '-x509', ...key, '-subj', '/CN=bench', '-out', certFile], {
    stdio: 'pipe',
  });
  const privateKey = createPrivateKey(readFileSync(keyFile));
  const { raw, publicKey } = new X509Certificate(readFileSync(certFile));
  const times = { from: new Date(0), until: new Date('2100-01-01T00:00:00Z') };
  const listed = { id: 'bench', publicKey, certificates: [raw], ...times };
  const signer = {
    alg: /** @type {const} */ ('ES256'),
    kid: 'bench',
    chain: [raw],
    /** @param {Buffer} bytes */
    sign: async (bytes) => sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
  return { signer, keys: { all: [listed], byId: () => listed } };
}

/** @returns {EvidenceStatement} */
function sampleStatement() {
  const at = '2026-11-27T06:05:09.000Z';
  const scope = '软件开发；信息系统集成服务；技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广。';
  const strokes = Array.from({ length: 12 }, (_, stroke) =>
    Array.from({ length: 25 }, (_, point) => {
      const turn = (stroke + point) / 4;
      return /** @type {[number, number, number]} */ ([
        60 + stroke * 40 + 20 * Math.cos(turn),
        60 + point * 7,
        stroke * 400 + point * 16,
      ]);
    }),
  );
  return {
    ...{ format: 1, salt: 'AAAAAAAAAAAAAAAAAAAAAA', kind: 'face', number: '20261127-7KMQ4XWD2P' },
    matter: {
      ...{ registry: 'bench', externalId: 'M-1', version: 1, textHash: hash('text') },
      text: {
        authority: '110105',
        kind: 'establishment',
        entity: { name: '北京沙箱样例科技有限公司' },
        sections: [
          {
            title: '登记事项',
            fields: [
              { label: '住所', value: '北京市朝阳区沙箱路1号' },
              { label: '经营范围', value: scope.repeat(3) },
            ],
          },
        ],
        documents: [{ name: '公司章程', sha256: hash('章程') }],
        person: { name: '买买提·沙箱', documentType: 'resident-id', roles: ['director', 'shareholder'] },
      },
    },
    person: { name: '买买提·沙箱', documentType: 'resident-id', number: '110105190204053036' },
    reference: 'P-1',
    consents: [{ kind: 'face-check', version: '2026-2', textHash: hash('consent'), givenAt: at }],
    checks: [
      {
        purpose: 'matter-face',
        orderNo: hash('order').slice(0, 32),
        certifyId: null,
        portraitHash: null,
        score: null,
        passedAt: at,
      },
    ],
    flags: [],
    accepted: [],
    signature: { strokes, width: 600, height: 300 },
    signedAt: at,
  };
}
