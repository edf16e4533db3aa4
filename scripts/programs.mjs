import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @import { Report } from './progress.mjs' */

const SERVICE = 'https://temporal.download';
// By Node's names, those of the service.
const PLATFORMS = new Map([
  ['linux', 'linux'],
  ['darwin', 'darwin'],
]);
const ARCHITECTURES = new Map([
  ['x64', 'amd64'],
  ['arm64', 'arm64'],
]);
const ANSWER_MS = 20_000;
const DOWNLOAD_MS = 900_000;

/**
 * Downloads one of Temporal's programs from the same place as its SDKs. Fails soon if that can't be reached.
 * @param {{ report: Report }} tools
 * @param {'cli' | 'temporal-test-server'} artifact
 * @param {string} version
 * @param {string} target the path of the executable file
 */
export async function downloadProgram({ report }, artifact, version, target) {
  const platform = PLATFORMS.get(process.platform);
  const arch = ARCHITECTURES.get(process.arch);
  if (!platform || !arch) throw new Error(`no download for ${process.platform} ${process.arch}`);
  const query = new URLSearchParams({ arch, platform, format: 'tar.gz', 'sdk-name': 'sdk-typescript' });
  report('asking temporal.download');
  const about = await fetchOk(`${SERVICE}/${artifact}/${version}?${query}`);
  const { archiveUrl, fileToExtract } = /** @type {{ archiveUrl: string, fileToExtract: string }} */ (
    await about.json()
  );
  const bytes = await readBody(await fetchOk(archiveUrl), report);

  mkdirSync(dirname(target), { recursive: true });
  const archive = `${target}.${process.pid}.tar.gz`;
  const draft = `${target}.${process.pid}`;
  try {
    writeFileSync(archive, bytes);
    writeFileSync(draft, execFileSync('tar', ['-xzOf', archive, fileToExtract], { maxBuffer: 1024 ** 3 }));
    chmodSync(draft, 0o755);
    renameSync(draft, target);
  } finally {
    rmSync(archive, { force: true });
    rmSync(draft, { force: true });
  }
}

/** @param {string} url */
async function fetchOk(url) {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(new Error('no answer')), ANSWER_MS);
  const signal = AbortSignal.any([waiting.signal, AbortSignal.timeout(DOWNLOAD_MS)]);
  const response = await fetch(url, { signal }).finally(() => clearTimeout(timer));
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response;
}

/**
 * @param {Response} response
 * @param {Report} report
 */
async function readBody(response, report) {
  const length = Number(response.headers.get('content-length'));
  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    const whole = length ? ` of ${megabytes(length)}` : '';
    report(`downloading, ${megabytes(size)}${whole} MB`);
  }
  return Buffer.concat(chunks);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Math.round(bytes / 1024 ** 2);
}
