import { webcrypto, X509Certificate } from 'node:crypto';
import * as pkijs from 'pkijs';

// Where pkijs finds its cryptography depends on globals unless it is told.
pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto }));

/** Reads certificates in PEM, at least one. @throws Error if there is none, or one can't be read */
export function readCertificates(pem: string): [X509Certificate, ...X509Certificate[]] {
  const texts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const [first, ...others] = texts.map((text) => new X509Certificate(text));
  if (!first) throw new Error('A file that must hold certificates in PEM holds none.');
  return [first, ...others];
}

/**
 * Whether a path (RFC 5280, section 6) leads from a certificate to one of the roots, and every certificate on it was valid at that
 * time. Revocation is not looked up.
 * @param others certificates that may stand between
 */
export async function isTrusted(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  at: Date,
): Promise<boolean> {
  const between = others.filter(({ raw }) => !raw.equals(certificate.raw));
  const engine = new pkijs.CertificateChainValidationEngine({
    trustedCerts: roots.map(parsed),
    // The last one is the certificate in question.
    certs: [...between, certificate].map(parsed),
    checkDate: at,
  });
  const { result } = await engine.verify();
  return result;
}

/** A certificate with the parts that Node does not show, such as which extensions are critical. */
export function parsed({ raw }: X509Certificate): pkijs.Certificate {
  return pkijs.Certificate.fromBER(raw);
}
