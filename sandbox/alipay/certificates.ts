import { createHash, X509Certificate } from 'node:crypto';

/** Serial numbers of the certificates of both sides, in Alipay's form. */
export interface CertificateSerials {
  app: string;
  alipay: string;
  root: string;
}

/** @param pem the text of each certificate file; the root file may contain several certificates */
export function serialsOf(pem: CertificateSerials): CertificateSerials {
  const roots = pem.root.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return {
    app: serialOf(new X509Certificate(pem.app)),
    alipay: serialOf(new X509Certificate(pem.alipay)),
    // The file also contains SM2 certificates, which do not count.
    root: roots
      .map((text) => new X509Certificate(text))
      .filter(({ publicKey }) => publicKey.asymmetricKeyType === 'rsa')
      .map(serialOf)
      .join('_'),
  };
}

/** MD5 of the issuer (its parts in reverse order) followed by the decimal serial number. */
function serialOf({ issuer, serialNumber }: X509Certificate): string {
  const name = issuer.split('\n').reverse().join(',');
  return createHash('md5')
    .update(`${name}${BigInt(`0x${serialNumber}`)}`)
    .digest('hex');
}
