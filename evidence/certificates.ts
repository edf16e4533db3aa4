import { webcrypto, X509Certificate } from 'node:crypto';
import * as pkijs from 'pkijs';

// Where pkijs finds its cryptography depends on globals unless it is told.
pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto }));

const BASIC_CONSTRAINTS = '2.5.29.19';
// Key usage, alternative names, basic and name constraints, the four about policies, extended key usage: those that pkijs, `findPath` and
// `keepsLengths` process, or that say nothing about a path.
const UNDERSTOOD = /^2\.5\.29\.(15|17|19|30|32|33|36|37|54)$/;

/** Reads certificates in PEM, at least one. @throws Error if there is none, or one can't be read */
export function readCertificates(pem: string): [X509Certificate, ...X509Certificate[]] {
  const texts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const [first, ...others] = texts.map((text) => new X509Certificate(text));
  if (!first) throw new Error('A file that must hold certificates in PEM holds none.');
  return [first, ...others];
}

// A chain of an authority has three or four certificates.
const MOST_BETWEEN = 10;

/**
 * Whether a path (RFC 5280, section 6) leads from a certificate to one of the roots, and every certificate on it was valid at that
 * time. Revocation is not looked up. The certificates may come from anybody.
 * @param others certificates that may stand between, in any order; with more than ten nothing is trusted
 */
export async function isTrusted(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  at: Date,
): Promise<boolean> {
  try {
    const between = others.filter(({ raw, ca }) => ca && !raw.equals(certificate.raw));
    const path = between.length > MOST_BETWEEN ? undefined : findPath(certificate, between, roots, at);
    if (!path?.every(isUnderstood) || !keepsLengths(path)) return false;
    const engine = new pkijs.CertificateChainValidationEngine({
      trustedCerts: path.slice(-1).map(parsed),
      // The last one is the certificate in question.
      certs: path.map(parsed).reverse(),
      checkDate: at,
    });
    const { result } = await engine.verify();
    return result;
  } catch {
    // A certificate that can't be read whole, or has a key of a kind that is unknown here.
    return false;
  }
}

/**
 * From the certificate to a root, which comes last. pkijs would look for it too, but follows two certificates that certify each other
 * for ever; here each one is followed once.
 */
function findPath(
  certificate: X509Certificate,
  between: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  at: Date,
): X509Certificate[] | undefined {
  const isValid = ({ validFrom, validTo }: X509Certificate) =>
    at.getTime() >= Date.parse(validFrom) && at.getTime() <= Date.parse(validTo);
  const validRoots = roots.filter(isValid);
  const left = new Set(between.filter(isValid));

  function follow(last: X509Certificate): X509Certificate[] | undefined {
    if (validRoots.some(({ raw }) => raw.equals(last.raw))) return [last];
    const root = validRoots.find((one) => isIssuedBy(last, one));
    if (root) return [last, root];
    for (const one of left) {
      if (!isIssuedBy(last, one)) continue;
      left.delete(one);
      const rest = follow(one);
      if (rest) return [last, ...rest];
    }
    return undefined;
  }
  return follow(certificate);
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** RFC 5280, section 4.2: a critical extension that is not processed makes a certificate unusable. pkijs does not refuse it. */
function isUnderstood(certificate: X509Certificate): boolean {
  return (parsed(certificate).extensions ?? []).every(
    ({ critical, extnID }) => !critical || UNDERSTOOD.test(extnID),
  );
}

/** Whether no authority on the path has more authorities below it than it may (RFC 5280, section 4.2.1.9), which pkijs does not ask. */
function keepsLengths(path: readonly X509Certificate[]): boolean {
  return path.every((one, at) => {
    const below = path.slice(1, at).filter(({ subject, issuer }) => subject !== issuer).length;
    const constraints: unknown = parsed(one).extensions?.find(
      ({ extnID }) => extnID === BASIC_CONSTRAINTS,
    )?.parsedValue;
    const most = constraints instanceof pkijs.BasicConstraints ? constraints.pathLenConstraint : undefined;
    // A number too large for JavaScript is no limit.
    return typeof most !== 'number' || below <= most;
  });
}

/** Whose certificate it is: the organisation of its subject, or else the common name. */
export function subjectOf(certificate: X509Certificate): string | undefined {
  const { subject } = certificate.toLegacyObject();
  const name = subject.O ?? subject.CN;
  return Array.isArray(name) ? name[0] : name;
}

/** A certificate with the parts that Node does not show, such as which extensions are critical. */
export function parsed({ raw }: X509Certificate): pkijs.Certificate {
  return pkijs.Certificate.fromBER(raw);
}
