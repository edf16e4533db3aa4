import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const SERVICE = 'https://temporal.download';
const ANSWER_MS = 20_000;
const DOWNLOAD_MS = 900_000;

/**
 * Gets one of Temporal's programs from where its SDKs get them, as executable `target`. Fails soon if that can't be reached.
 * @param artifact `cli` or `temporal-test-server`
 */
export async function downloadProgram({ report }, artifact, version, target) {
  const platform = { linux: 'linux', darwin: 'darwin' }[process.platform];
  const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch];
  if (!platform || !arch) throw new Error(`no download for ${process.platform} ${process.arch}`);
  const query = new URLSearchParams({ arch, platform, format: 'tar.gz', 'sdk-name': 'sdk-typescript' });
  report('asking temporal.download');
  const about = await fetched(`${SERVICE}/${artifact}/${version}?${query}`);
  const { archiveUrl, fileToExtract } = await about.json();
  const bytes = await body(await fetched(archiveUrl), report);

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

async function fetched(url) {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(new Error('no answer')), ANSWER_MS);
  const signal = AbortSignal.any([waiting.signal, AbortSignal.timeout(DOWNLOAD_MS)]);
  const response = await fetch(url, { signal }).finally(() => clearTimeout(timer));
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response;
}

async function body(response, report) {
  const length = Number(response.headers.get('content-length'));
  const chunks = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    size += chunk.length;
    const whole = length ? ` of ${megabytes(length)}` : '';
    report(`downloading, ${megabytes(size)}${whole} MB`);
  }
  return Buffer.concat(chunks);
}

function megabytes(bytes) {
  return Math.round(bytes / 1024 ** 2);
}
