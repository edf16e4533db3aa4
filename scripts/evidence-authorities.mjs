import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, hasApt, installPackages } from './machine.mjs';
import { UserError } from './user-error.mjs';

/** @import { Tools } from './processes.mjs' */

/** @typedef {{ certificate: string, key: string }} Certified the files of a certificate and of its private key */

/**
 * Has openssl, which makes certificates, and time stamps in the sandbox.
 * @param {Tools} tools
 * @throws {UserError} if it is not there and can't be installed
 */
export async function provideOpenssl({ processes, report }) {
  if (findProgram('openssl')) return;
  if (!hasApt()) throw new UserError('Install openssl and start again.');
  report('installing openssl with apt');
  await installPackages({ processes, report }, ['openssl']);
}

/**
 * The key that signs evidence, a time-stamping authority, and an authority that certifies signers: for an installation that nobody gave
 * any. Each has a root of its own. Made once.
 * @param {string} folder
 * @returns the paths of all files
 */
export function provideEvidenceAuthorities(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = join(folder, 'made');
  const signing = { key: join(folder, 'signing.key'), list: join(folder, 'signing-keys.json') };
  const timeStamping = { configFile: join(folder, 'time-stamping.cnf'), roots: join(folder, 'tsa-root.crt') };
  const filesOf = (/** @type {string} */ name) => ({
    certificate: join(folder, `${name}.crt`),
    key: join(folder, `${name}.key`),
  });
  const signerCa = { authority: filesOf('ca-root'), otherAuthority: filesOf('ca-other-root') };
  if (!existsSync(made)) {
    const own = issue(folder, 'signing', authority(folder, 'signing-root'), SIGNS);
    writeSigningKeys(signing.list, [own.certificate, join(folder, 'signing-root.crt')]);
    const [tsa, other] = ['tsa', 'tsa-other'].map((name) =>
      issue(folder, name, authority(folder, `${name}-root`), STAMPS, 'rsa:2048'),
    );
    if (tsa && other) writeFileSync(timeStamping.configFile, timeStampingConfig(folder, tsa, other));
    for (const name of ['ca-root', 'ca-other-root']) authority(folder, name);
    writeFileSync(made, '');
  }
  return { signing, timeStamping, signerCa };
}

const NAME = '/C=CN/O=Sample';
const P256 = 'ec';
const SIGNS = ['keyUsage=critical,digitalSignature,nonRepudiation'];
const STAMPS = ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=critical,timeStamping'];

/**
 * A root that signs itself.
 * @param {string} folder
 * @param {string} name
 */
export function authority(folder, name) {
  const isAuthority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
  return certificate(folder, name, isAuthority, []);
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {Certified} by
 * @param {string[]} extensions
 * @param {string} [keyType]
 */
export function issue(folder, name, by, extensions, keyType) {
  const signedBy = ['-CA', by.certificate, '-CAkey', by.key];
  return certificate(folder, name, ['basicConstraints=critical,CA:FALSE', ...extensions], signedBy, keyType);
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string[]} extensions
 * @param {string[]} signedBy
 * @param {string} [keyType]
 * @returns {Certified}
 */
function certificate(folder, name, extensions, signedBy, keyType = P256) {
  const files = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  // The machine's own configuration may add extensions.
  const config = join(folder, 'openssl.cnf');
  writeFileSync(config, '[req]\ndistinguished_name = name\n[name]\n');
  const curve = keyType === P256 ? ['-pkeyopt', 'ec_paramgen_curve:P-256'] : [];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-config', config, '-days', '3650', '-subj', `${NAME}/CN=${name}`],
      ...['-newkey', keyType, ...curve, '-nodes', '-keyout', files.key, '-out', files.certificate],
      ...extensions.flatMap((extension) => ['-addext', extension]),
      ...signedBy,
    ],
    { stdio: 'pipe' },
  );
  return files;
}

/**
 * @param {string} file
 * @param {string[]} chain
 */
function writeSigningKeys(file, chain) {
  const certificates = chain.map((one) => readFileSync(one, 'utf8')).join('');
  const from = new Date(new X509Certificate(certificates).validFrom).toISOString().replace('.000', '');
  const keys = [{ id: 'embedded-signing-1', certificates, from }];
  writeFileSync(file, `${JSON.stringify({ keys }, null, 2)}\n`);
}

/**
 * The configuration of `openssl ts`, with one section for each way to answer.
 * @param {string} folder
 * @param {Certified} own
 * @param {Certified} other
 */
function timeStampingConfig(folder, own, other) {
  writeFileSync(join(folder, 'tsa-serial'), '01\n');
  /**
   * @param {string} name
   * @param {Certified} by
   * @param {string} policy
   */
  const section = (name, by, policy) =>
    [
      `[${name}]`,
      `serial = ${join(folder, 'tsa-serial')}`,
      `signer_cert = ${by.certificate}`,
      `signer_key = ${by.key}`,
      'signer_digest = sha256',
      `default_policy = ${policy}`,
      'digests = sha256',
      'accuracy = secs:1',
      'ess_cert_id_alg = sha256',
      '',
    ].join('\n');
  return [
    section('up', own, '1.2.156.1.1'),
    section('other-policy', own, '1.2.156.1.2'),
    section('other-root', other, '1.2.156.1.1'),
  ].join('\n');
}
