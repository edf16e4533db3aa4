import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { authority, issue } from '../evidence-authorities.mjs';
import { findProgram, toolsDir } from '../machine.mjs';
import { UserError } from '../user-error.mjs';

/** @import { Certified } from '../evidence-authorities.mjs' */

/** @typedef {ReturnType<typeof provideCertificates>} Certificates */

/** Each server, and each client of Temporal. */
const HOLDERS = /** @type {const} */ ([
  'mysql',
  'postgresql',
  'temporal',
  'balancer',
  'api',
  'worker',
  'operator',
]);

const OWN = [
  'keyUsage=critical,digitalSignature',
  'extendedKeyUsage=serverAuth,clientAuth',
  'subjectAltName=DNS:localhost,IP:127.0.0.1',
];

/**
 * A root, and the certificates of everything in the cluster, for `localhost`. Made once for this user: a program of Node trusts a root
 * from its start or not at all (NODE_EXTRA_CA_CERTS).
 */
export function provideCertificates() {
  const folder = join(toolsDir, 'cluster-certificates');
  const made = join(folder, 'made');
  /** @param {string} name @returns {Certified} */
  const filesOf = (name) => ({ certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) });
  const balancerPem = join(folder, 'balancer.pem');
  if (!existsSync(made)) {
    if (!findProgram('openssl')) throw new UserError('Install openssl and start again.');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const root = authority(folder, 'root');
    for (const name of HOLDERS) issue(folder, name, root, OWN);
    // HAProxy wants both in one file.
    const { certificate, key } = filesOf('balancer');
    writeFileSync(balancerPem, readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8'), {
      mode: 0o600,
    });
    writeFileSync(made, '');
  }
  return {
    root: filesOf('root').certificate,
    balancerPem,
    /** @param {(typeof HOLDERS)[number]} name */
    of: (name) => filesOf(name),
  };
}
