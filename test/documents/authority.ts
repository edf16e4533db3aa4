import { execFileSync } from 'node:child_process';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawSigner } from '../../evidence/signing/raw-signer';
import type { SigningKeys } from '../../evidence/signing/signing-keys';
import type { TimeStamper } from '../../evidence/time-stamp/time-stamper';
import { keysOf } from '../setup/signing-key';

/** A root that openssl made, a signer and a time-stamping authority under it. */
export interface DocumentAuthority {
  folder: string;
  /** The root's certificate, PEM. */
  rootFile: string;
  signer: RawSigner;
  keys: SigningKeys;
  timeStamper: TimeStamper;
  end(): void;
}

const SUBJECT = '/C=CN/O=Sample';

export function createDocumentAuthority(): DocumentAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'rid-documents-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(join(folder, 'openssl.cnf'), '[req]\ndistinguished_name = name\n[name]\n');
  const make = (name: string, extensions: string[], ...issuer: string[]) => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
    const added = extensions.flatMap((extension) => ['-addext', extension]);
    const about = ['-config', 'openssl.cnf', '-days', '2', '-subj', `${SUBJECT}/CN=${name}`];
    openssl('req', '-x509', ...key, ...about, '-out', `${name}.crt`, ...added, ...issuer);
    return new X509Certificate(readFileSync(join(folder, `${name}.crt`))).raw;
  };
  const root = make('root', ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign']);
  const under = ['-CA', 'root.crt', '-CAkey', 'root.key'];
  const leaf = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature,nonRepudiation'];
  const own = make('evidence', leaf, ...under);
  make('time', [...leaf, 'extendedKeyUsage=critical,timeStamping'], ...under);
  writeFileSync(
    join(folder, 'time.cnf'),
    [
      '[tsa]\ndefault_tsa = authority\n[authority]\nserial = serial\nsigner_cert = time.crt\ncerts = root.crt',
      'signer_key = time.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256',
      'ess_cert_id_chain = no\ness_cert_id_alg = sha256\n',
    ].join('\n'),
  );
  const key = createPrivateKey(readFileSync(join(folder, 'evidence.key')));
  return {
    folder,
    rootFile: join(folder, 'root.crt'),
    signer: {
      alg: 'ES256',
      kid: 'evidence-1',
      chain: [own, root],
      sign: async (bytes) => sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }),
    },
    keys: keysOf({
      ...{ id: 'evidence-1', publicKey: new X509Certificate(own).publicKey, certificates: [own, root] },
      ...{ from: new Date('2020-01-01T00:00:00Z'), until: new Date('2100-01-01T00:00:00Z') },
    }),
    timeStamper: {
      async stamp(hash) {
        openssl('ts', '-query', '-digest', hash.toString('hex'), '-sha256', '-cert', '-out', 'query');
        openssl('ts', '-reply', '-config', 'time.cnf', '-queryfile', 'query', '-token_out', '-out', 'token');
        return readFileSync(join(folder, 'token'));
      },
    },
    end: () => rmSync(folder, { recursive: true }),
  };
}
