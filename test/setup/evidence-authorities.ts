import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sealing } from '../../activities/evidence';
import { readCertificates } from '../../evidence/certificates';
import { createSignerAuthority } from '../../evidence/signer/signer-authority';
import { createKeySigner } from '../../evidence/signing/key-signer';
import { readSigningKeys } from '../../evidence/signing/signing-keys';
import { createTimeStamper } from '../../evidence/time-stamp/authority';
import { startSignerCaSandbox } from '../../sandbox/signer-ca/server';
import { startTimeStampingSandbox } from '../../sandbox/time-stamping/server';

interface Files {
  signing: { key: string; list: string };
  timeStamping: { configFile: string; roots: string };
  signerCa: Record<'authority' | 'otherAuthority', { certificate: string; key: string }>;
}

/** The sandboxes of the authorities that seal evidence, and our side of them. */
export interface EvidenceAuthorities {
  files: Files;
  folder: string;
  sealing: Required<Sealing>;
  timeStampUrl: string;
  signerUrl: string;
  /** How an authority answers from now on, or `times` times. */
  mode(of: 'time-stamping' | 'signer-ca', mode: string, times?: number): Promise<void>;
  end(): Promise<void>;
}

const host = '127.0.0.1';

export async function startEvidenceAuthorities(
  now: () => Date = () => new Date(),
): Promise<EvidenceAuthorities> {
  const folder = mkdtempSync(join(tmpdir(), 'rid-authorities-'));
  const script = join(__dirname, 'make-evidence-authorities.mjs');
  const files = JSON.parse(execFileSync(process.execPath, [script, folder], { encoding: 'utf8' })) as Files;
  const { signing, timeStamping, signerCa } = files;
  const read = (file: string) => readFileSync(file, 'utf8');
  const stamping = await startTimeStampingSandbox({ host, port: 0, configFile: timeStamping.configFile });
  const certifying = await startSignerCaSandbox({
    ...{ host, port: 0, ...signerCa, signingKeysFile: signing.list },
  });
  const keys = readSigningKeys(read(signing.list), 'development');
  const signer = createKeySigner(read(signing.key), keys);
  const timeoutMs = 2_000;
  return {
    files,
    folder,
    timeStampUrl: stamping.url,
    signerUrl: certifying.url,
    sealing: {
      keys,
      signer,
      timeStamper: createTimeStamper({
        ...{ url: stamping.url, timeoutMs, now },
        roots: readCertificates(read(timeStamping.roots)),
        policy: '1.2.156.1.1',
      }),
      signerAuthority: createSignerAuthority({
        ...{ url: certifying.url, timeoutMs, now, signer },
        roots: readCertificates(read(signerCa.authority.certificate)),
      }),
    },
    async mode(of, mode, times) {
      const url = of === 'time-stamping' ? stamping.url : certifying.url;
      const response = await fetch(`${url}/admin/mode`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ mode, times }),
      });
      if (!response.ok) throw new Error(`There is no mode ${mode}.`);
    },
    async end() {
      await Promise.all([stamping.close(), certifying.close()]);
      rmSync(folder, { recursive: true });
    },
  };
}
