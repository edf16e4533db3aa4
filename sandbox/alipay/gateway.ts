import { isSigned, signatureOf, textToSign } from './signing';
import type { Content, createMethods } from './methods';

export interface GatewayKeys {
  appId: string;
  appPublicKey: string;
  gatewayPrivateKey: string;
}

export interface GatewayAnswer {
  text: string;
  /** For the list of calls: what was asked and how it ended, never with what data. */
  code: string;
}

const SKEW_MS = 10 * 60_000;

/** Signs an answer as the platform does: over the exact text of the inner object, `sign` last. */
export function answerOf(
  method: string,
  content: Content,
  privateKey: string | undefined,
  signedText?: string,
): string {
  const isFailure = content.code !== undefined && content.code !== '10000';
  // alipay.system.oauth.token reports failures under the second name.
  const name =
    method === 'alipay.system.oauth.token' && isFailure
      ? 'error_response'
      : `${method.replaceAll('.', '_')}_response`;
  const inner = JSON.stringify(content);
  const sign = privateKey === undefined ? '' : `,"sign":"${signatureOf(signedText ?? inner, privateKey)}"`;
  return `{"${name}":${inner}${sign}}`;
}

const invalid = (sub_code: string): Content => ({
  code: sub_code.startsWith('isv.missing') ? '40001' : '40002',
  msg: sub_code.startsWith('isv.missing') ? 'Missing Required Arguments' : 'Invalid Arguments',
  sub_code,
  sub_msg: sub_code,
});

/** What Alipay checks before it looks at what is asked. @returns what is wrong, or nothing */
export function defectOf(
  parameters: Record<string, string>,
  { appId, appPublicKey }: GatewayKeys,
  now: number,
): Content | undefined {
  const { app_id, method, version, charset, sign_type, timestamp, sign } = parameters;
  if (!app_id) return invalid('isv.missing-app-id');
  if (app_id !== appId) return invalid('isv.invalid-app-id');
  if (!method) return invalid('isv.missing-method');
  if (!version) return invalid('isv.missing-version');
  if (version !== '1.0') return invalid('isv.invalid-version');
  if (charset?.toLowerCase() !== 'utf-8') return invalid('isv.invalid-charset');
  if (sign_type !== 'RSA2') return invalid('isv.invalid-signature-type');
  if (!timestamp) return invalid('isv.missing-timestamp');
  const at = Date.parse(`${timestamp.replace(' ', 'T')}+08:00`);
  if (Number.isNaN(at) || Math.abs(at - now) > SKEW_MS) return invalid('isv.invalid-timestamp');
  if (!sign) return invalid('isv.missing-signature');
  return isSigned(textToSign(parameters), sign, appPublicKey) ? undefined : invalid('isv.invalid-signature');
}

/** Carries out one call whose form was checked. */
export function perform(
  parameters: Record<string, string>,
  { methods }: ReturnType<typeof createMethods>,
): Content {
  const method = parameters.method ?? '';
  const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!run) return invalid('isv.invalid-method');
  const biz = bizContentOf(parameters.biz_content);
  return biz ? run(parameters, biz) : invalid('isv.invalid-parameter');
}

export function bizContentOf(text = '{}'): Record<string, unknown> | undefined {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
