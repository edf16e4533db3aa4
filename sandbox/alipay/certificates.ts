import { createHash, X509Certificate } from 'node:crypto';

/** By which certificates both sides know each other: their serial numbers, as Alipay writes them. */
export interface CertificateSerials {
  app: string;
  alipay: string;
  root: string;
}

/** @param pem the text of each certificate's file; the root's may hold several */
export function serialsOf(pem: CertificateSerials): CertificateSerials {
  const roots = pem.root.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return {
    app: serialOf(new X509Certificate(pem.app)),
    alipay: serialOf(new X509Certificate(pem.alipay)),
    // Those signed by SM2 stand in the same file and do not count.
    root: roots
      .map((text) => new X509Certificate(text))
      .filter(({ publicKey }) => publicKey.asymmetricKeyType === 'rsa')
      .map(serialOf)
      .join('_'),
  };
}

/** MD5 of the issuer, its parts in reverse order, followed by the serial number in decimal. */
function serialOf({ issuer, serialNumber }: X509Certificate): string {
  const name = issuer.split('\n').reverse().join(',');
  return createHash('md5')
    .update(`${name}${BigInt(`0x${serialNumber}`)}`)
    .digest('hex');
}
