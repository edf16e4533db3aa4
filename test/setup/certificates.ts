import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate with its private key, as PEM files. */
export interface Certificate {
  certFile: string;
  keyFile: string;
}

/** A certificate authority for one test. Peers trust its own certificate. */
export interface CertificateAuthority extends Certificate {
  /** Issues a certificate for the host or client of that name. */
  issue(name: string): Certificate;
}

// The machine's own configuration is not used, because it may add extensions.
const CONFIG = '[req]\ndistinguished_name = name\n[name]\n';

const ec = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
const rsa = ['rsa:2048'];

/** @param keyType P-256 unless given */
export function createAuthority(folder: string, name: string, keyType = ec): CertificateAuthority {
  const config = join(folder, `${name}.cnf`);
  writeFileSync(config, CONFIG);
  const make = (subject: string, extensions: string[], ...signedBy: string[]): Certificate => {
    const file = join(folder, `${name}-${subject}`);
    const made = { certFile: `${file}.crt`, keyFile: `${file}.key` };
    const key = ['-newkey', ...keyType, '-nodes', '-keyout', made.keyFile];
    const added = extensions.flatMap((extension) => ['-addext', extension]);
    const about = [
      '-config',
      config,
      '-days',
      '1',
      '-subj',
      `/C=CN/O=Sample/CN=${subject}`,
      '-out',
      made.certFile,
    ];
    execFileSync('openssl', ['req', '-x509', ...key, ...about, ...added, ...signedBy], { stdio: 'pipe' });
    return made;
  };
  const own = make('authority', ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign']);
  return {
    ...own,
    issue: (subject) =>
      make(
        subject,
        ['basicConstraints=critical,CA:FALSE', `subjectAltName=DNS:${subject}`],
        ...['-CA', own.certFile, '-CAkey', own.keyFile],
      ),
  };
}

interface CertifiedKeys {
  certificate: string;
  privateKey: string;
  publicKey: string;
}

/** The files for Alipay's certificate mode, in PEM: the root, and the certificates and keys of application and platform. */
export interface AlipayCertificates {
  root: string;
  app: CertifiedKeys;
  alipay: CertifiedKeys;
}

/** Makes certificates as Alipay's open platform issues them: both under one root, with RSA keys of 2048 bits. */
export function createAlipayCertificates(): AlipayCertificates {
  const folder = mkdtempSync(join(tmpdir(), 'rid-alipay-'));
  const authority = createAuthority(folder, 'alipay', rsa);
  const issue = (name: string): CertifiedKeys => {
    const { certFile, keyFile } = authority.issue(name);
    const certificate = readFileSync(certFile, 'utf8');
    const publicKey = createPublicKey(certificate).export({ type: 'spki', format: 'pem' }).toString();
    return { certificate, publicKey, privateKey: readFileSync(keyFile, 'utf8') };
  };
  const made = {
    root: readFileSync(authority.certFile, 'utf8'),
    app: issue('2021000000000001'),
    alipay: issue('platform'),
  };
  rmSync(folder, { recursive: true });
  return made;
}
