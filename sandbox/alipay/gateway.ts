import type { CertificateSerials } from './certificates';
import { isSigned, signatureOf, textToSign } from './signing';
import type { createMethods } from './methods';
import { invalid, missing } from './responses';
import type { Content } from './responses';

export interface GatewayKeys {
  appId: string;
  /** PEM of a public key or, in certificate mode, of the application's certificate. */
  appPublicKey: string;
  gatewayPrivateKey: string;
  /** Only in certificate mode. */
  serials?: CertificateSerials;
}

const SKEW_MS = 10 * 60_000;

/**
 * The text of a response, signed like the platform's: the signature covers the exact text of the inner object, `sign` is the last
 * member, and in certificate mode the serial number of the platform's certificate comes before it.
 * @param by undefined for a response without signature; `signedText` for a signature over another text
 */
export function responseOf(
  method: string,
  content: Content,
  by?: { privateKey: string; certificate?: string; signedText?: string },
): string {
  const isFailure = content.code !== undefined && content.code !== '10000';
  // Failures of alipay.system.oauth.token, and of calls without a method, have the name error_response.
  const isNameless = method === '' || (method === 'alipay.system.oauth.token' && isFailure);
  const name = isNameless ? 'error_response' : `${method.replaceAll('.', '_')}_response`;
  const inner = JSON.stringify(content);
  if (!by) return `{"${name}":${inner}}`;
  const certificate = by.certificate === undefined ? '' : `,"alipay_cert_sn":"${by.certificate}"`;
  return `{"${name}":${inner}${certificate},"sign":"${signatureOf(by.signedText ?? inner, by.privateKey)}"}`;
}

/** A request. The `charset` comes only from the URL, because the platform reads the encoding of all other parameters there. */
export interface GatewayRequest {
  parameters: Record<string, string>;
  charset: string | undefined;
}

/** Alipay's checks of the common parameters and the signature. @returns the failure, or undefined */
export function defectOf(
  { parameters, charset }: GatewayRequest,
  keys: GatewayKeys,
  now: number,
): Content | undefined {
  const { app_id, method, version, sign_type, timestamp, sign } = parameters;
  if (!app_id) return missing('isv.missing-app-id');
  if (app_id !== keys.appId) return invalid('isv.invalid-app-id');
  if (!method) return missing('isv.missing-method');
  if (!version) return missing('isv.missing-version');
  if (version !== '1.0') return invalid('isv.invalid-version');
  if (charset !== undefined && !/^(utf-8|gbk)$/i.test(charset)) return invalid('isv.invalid-charset');
  if (!sign_type) return missing('isv.missing-signature-type');
  if (sign_type !== 'RSA2') return invalid('isv.invalid-signature-type');
  if (!timestamp) return missing('isv.missing-timestamp');
  const at = Date.parse(`${timestamp.replace(' ', 'T')}+08:00`);
  if (Number.isNaN(at) || Math.abs(at - now) > SKEW_MS) return invalid('isv.invalid-timestamp');
  if (!sign) return missing('isv.missing-signature');
  const text = textToSign(parameters);
  // Without UTF-8 in the URL the platform decodes everything as GBK, and the result differs from the signed UTF-8 text.
  const isReadAsSent = charset?.toLowerCase() === 'utf-8' || /^[\x20-\x7e]*$/.test(text);
  if (!isReadAsSent || !isSigned(text, sign, keys.appPublicKey)) return invalid('isv.invalid-signature');
  return keys.serials && certificateDefectOf(parameters, keys.serials);
}

// The codes are known from reports of applications. The order of the platform's checks is not known.
function certificateDefectOf(
  { app_cert_sn: app, alipay_root_cert_sn: root }: Record<string, string>,
  serials: CertificateSerials,
): Content | undefined {
  if (!app) return invalid('isv.missing-app-cert-sn');
  if (app !== serials.app) return invalid('isv.app-cert-not-exist');
  if (!root) return invalid('isv.missing-alipay-root-cert-sn');
  return root === serials.root ? undefined : invalid('isv.invalid-alipay-root-cert-sn');
}

/** Carries out one call that defectOf has accepted. @param origin address of this server for people's browsers */
export function perform(
  parameters: Record<string, string>,
  { methods }: ReturnType<typeof createMethods>,
  origin: string,
): Content {
  const method = parameters.method ?? '';
  const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!run) return invalid('isv.invalid-method');
  const biz = structureOf(parameters.biz_content ?? '{}');
  return biz ? run(parameters, biz, origin) : invalid('isv.invalid-parameter');
}

/** An object, given as a plain object or as JSON in a string; undefined for anything else. */
export function structureOf(value: unknown): Record<string, unknown> | undefined {
  let parsed = value;
  try {
    if (typeof value === 'string') parsed = JSON.parse(value);
  } catch {
    return undefined;
  }
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  return isObject ? (parsed as Record<string, unknown>) : undefined;
}
