import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The files of a root certificate and of its private key, PEM. */
export interface Authority {
  certificate: string;
  key: string;
}

const run = promisify(execFile);
const escaped = (text: string) => text.replaceAll(/[/+\\]/g, '\\$&');

/**
 * Makes a key, a certificate for it that names the person, and a signature over the hash; the key is deleted at once, so that it signs
 * nothing else.
 * @param of `hash` is SHA-256 in hexadecimal, `usage` what the key is for, as openssl writes it
 */
export async function certify(
  { certificate: root, key: rootKey }: Authority,
  { name, number, hash, usage }: { name: string; number: string; hash: string; usage: string },
): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'rid-signer-'));
  const file = (called: string) => join(folder, called);
  try {
    await writeFile(file('cnf'), '[req]\ndistinguished_name = name\n[name]\n');
    await writeFile(file('hash'), Buffer.from(hash, 'hex'));
    await run('openssl', [
      ...['req', '-x509', '-config', file('cnf'), '-utf8', '-days', '1', '-multivalue-rdn'],
      ...['-subj', `/C=CN/CN=${escaped(name)}/serialNumber=${escaped(number)}`],
      ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', file('key'), '-out', file('crt'), '-CA', root, '-CAkey', rootKey],
      ...['-addext', 'basicConstraints=critical,CA:FALSE'],
      ...['-addext', `keyUsage=critical,${usage}`],
    ]);
    const how = ['-sign', '-inkey', file('key'), '-pkeyopt', 'digest:sha256'];
    await run('openssl', ['pkeyutl', ...how, '-in', file('hash'), '-out', file('signature')]);
    const read = async (path: string) => new X509Certificate(await readFile(path)).raw.toString('base64');
    return {
      certificates: [await read(file('crt')), await read(root)],
      signature: (await readFile(file('signature'))).toString('base64'),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
