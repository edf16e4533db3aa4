import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate with its private key, as PEM files. */
export interface Certificate {
  certFile: string;
  keyFile: string;
}

/** A certificate authority of one test; its own certificate is what others trust. */
export interface CertificateAuthority extends Certificate {
  /** A certificate for a host or a client of that name. */
  issue(name: string): Certificate;
}

// Nothing is taken from the machine's own configuration, which may add extensions.
const CONFIG = '[req]\ndistinguished_name = name\n[name]\n';

export function createAuthority(folder: string, name: string): CertificateAuthority {
  const config = join(folder, `${name}.cnf`);
  writeFileSync(config, CONFIG);
  const make = (subject: string, extensions: string[], ...signedBy: string[]): Certificate => {
    const file = join(folder, `${name}-${subject}`);
    const made = { certFile: `${file}.crt`, keyFile: `${file}.key` };
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', made.keyFile];
    const added = extensions.flatMap((extension) => ['-addext', extension]);
    const about = ['-config', config, '-days', '1', '-subj', `/CN=${subject}`, '-out', made.certFile];
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
