import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** What certificate mode needs, all PEM: the root, and certificate and keys of the application and of the platform. */
export interface AlipayCertificates {
  root: string;
  app: KeyPair & { certificate: string };
  alipay: KeyPair & { certificate: string };
}

/** Makes certificates as Alipay's open platform issues them: both under one root, with RSA keys of 2048 bits. */
export function createAlipayCertificates(): AlipayCertificates {
  const authority = keyPair();
  const root = certify('Sample Root', 1, authority, { name: 'Sample Root', key: authority });
  const issue = (name: string, serial: number) => {
    const keys = keyPair();
    return { ...keys, certificate: certify(name, serial, keys, { name: 'Sample Root', key: authority }) };
  };
  return { root, app: issue('2021000000000001', 11), alipay: issue('Sample Alipay', 12) };
}

type KeyPair = ReturnType<typeof keyPair>;

function keyPair() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

const DAY = 24 * 3_600_000;

function certify(
  name: string,
  serial: number,
  subject: KeyPair,
  issuer: { name: string; key: KeyPair },
): string {
  const certificate = forge.pki.createCertificate();
  const nameOf = (commonName: string) => [
    { shortName: 'C', value: 'CN' },
    { shortName: 'O', value: 'Sample' },
    { shortName: 'CN', value: commonName },
  ];
  certificate.publicKey = forge.pki.publicKeyFromPem(subject.publicKey);
  certificate.serialNumber = `4a${serial.toString(16).padStart(30, '0')}`;
  certificate.validity.notBefore = new Date(Date.now() - DAY);
  certificate.validity.notAfter = new Date(Date.now() + DAY);
  certificate.setSubject(nameOf(name));
  certificate.setIssuer(nameOf(issuer.name));
  certificate.sign(forge.pki.privateKeyFromPem(issuer.key.privateKey), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
