import { shanghaiSecond } from '../domain/shanghai-time';
import { AlipaySdk } from 'alipay-sdk';
import { z } from 'zod';
import { AlipayError, errorOfFailure } from './errors';
import { readPrivateKey, readPublicKey } from './keys';
import { readSignedResponse } from './signed-response';

/** Address of Alipay's V2 gateway, and the keys or certificates of both sides. */
export interface GatewaySettings {
  gateway: string;
  appId: string;
  /** The application's RSA key: PEM or base64, PKCS#1 or PKCS#8. */
  privateKey: string;
  /** Key mode: Alipay's RSA public key, PEM or base64. In certificate mode the key is in the certificate. */
  alipayPublicKey?: string;
  /** Longest duration of a call, from connecting to the last byte of the response. */
  timeoutMs: number;
  /** Certificate mode: the text of each PEM file. */
  certificates?: { appCert: string; alipayRootCert: string; alipayPublicCert: string };
}

/** One call to one interface. */
export interface GatewayCall<T> {
  /** Alipay's name of the interface, such as `alipay.system.oauth.token`. */
  method: string;
  /** Parameters sent as JSON in `biz_content`, with Alipay's own spelling. */
  bizContent?: Record<string, unknown>;
  /** Parameters sent next to `biz_content`. */
  fields?: Record<string, string>;
  /** The person's token, if the interface acts for a person. */
  authToken?: string;
  /** Whether a second call does no harm, so that the call may be repeated without a query for the first one's outcome. */
  repeatable: boolean;
  /** Schema of a successful response. */
  response: z.ZodType<T>;
}

/** Is told of every call that was sent. @param outcome `done`, or the code of the failure */
export type CountCall = (call: { interface: string; outcome: string; milliseconds: number }) => void;

/** Alipay's gateway: sends signed calls and accepts only signed responses. */
export interface Gateway {
  /** @throws AlipayError */
  call<T>(call: GatewayCall<T>): Promise<T>;
  /** A signed URL to open on the person's phone. It must be opened soon, because the gateway checks the timestamp. */
  pageUrl(method: string, bizContent: Record<string, unknown>): string;
}

// A portrait of 2 MB takes 2.7 MB in base64, and a little more because its slashes are escaped twice.
const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

const status = z.object({
  code: z.coerce.string().optional(),
  sub_code: z.string().optional(),
  sub_msg: z.string().optional(),
});

// With these causes the call cannot have reached the gateway. Any other cause can occur after Alipay has carried the call out.
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|ERR_SSL_.*|UNABLE_TO_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*)$/;

/**
 * Signs with the SDK but sends with `fetch`. The SDK's `exec` follows redirects, repeats a call when the connection breaks (which
 * uses up a single-use code, or places an order twice), reads responses of any size, quotes them in its errors, and cannot verify
 * failures.
 */
export function createGateway(settings: GatewaySettings, count: CountCall = () => {}): Gateway {
  const sdk = createSdk(settings);

  function signed(method: string, fields: Record<string, string | undefined>, bizContent?: object): string {
    // The SDK signs empty values, but the gateway drops them before it verifies (alipay-sdk-nodejs-all, issue 48).
    const present = Object.entries(fields).filter(([, value]) => value);
    return sdk.sdkExecute(
      method,
      { ...Object.fromEntries(present), format: 'JSON', timestamp: shanghaiSecond(new Date()), bizContent },
      // The names have Alipay's spelling already. Conversion to camel case and back loses some of them.
      { bizContentAutoSnakeCase: false },
    );
  }

  async function sendCall<T>(call: GatewayCall<T>): Promise<T> {
    const { method, bizContent, fields = {}, authToken } = call;
    const url = new URL(settings.gateway);
    const form = new URLSearchParams();
    // As in the official SDKs, the interface's parameters go into the body and the gateway's into the URL.
    const query = new URLSearchParams(signed(method, { ...fields, auth_token: authToken }, bizContent));
    for (const [name, value] of query) {
      (name === 'biz_content' || name in fields ? form : url.searchParams).set(name, value);
    }
    const { name, body } = readSignedResponse(
      await send(url, form, settings.timeoutMs),
      // alipay.system.oauth.token uses the second name for failures.
      [`${method.replaceAll('.', '_')}_response`, 'error_response'],
      (content, signature) => sdk.rsaCheck(content, signature),
      sdk.config.alipayCertSn,
    );
    const { code, ...reasons } = parse(status, body);
    // A successful response of oauth.token has no code.
    if (reasons.sub_code || (code ?? '10000') !== '10000') throw errorOfFailure({ code, ...reasons });
    if (name === 'error_response') throw new AlipayError('alipay_answer_unreadable');
    return parse(call.response, body);
  }

  return {
    async call(call) {
      const begun = performance.now();
      const counted = (outcome: string) =>
        count({ interface: call.method, outcome, milliseconds: performance.now() - begun });
      try {
        const response = await sendCall(call);
        counted('done');
        return response;
      } catch (error) {
        counted(error instanceof AlipayError ? error.code : 'unknown');
        if (!(call.repeatable && error instanceof AlipayError && error.retry === 'ask-first')) throw error;
        throw new AlipayError(error.code, { retry: 'later', subCode: error.subCode });
      }
    },
    pageUrl(method, bizContent) {
      const url = new URL(settings.gateway);
      for (const [name, value] of new URLSearchParams(signed(method, {}, bizContent))) {
        url.searchParams.set(name, value);
      }
      return url.href;
    },
  };
}

function createSdk({ appId, privateKey, alipayPublicKey, certificates }: GatewaySettings): AlipaySdk {
  return new AlipaySdk({
    appId,
    privateKey: readPrivateKey(privateKey),
    keyType: 'PKCS8',
    ...(certificates
      ? {
          appCertContent: certificates.appCert,
          alipayRootCertContent: certificates.alipayRootCert,
          alipayPublicCertContent: certificates.alipayPublicCert,
        }
      : { alipayPublicKey: readPublicKey(alipayPublicKey ?? '') }),
  });
}

async function send(url: URL, form: URLSearchParams, timeoutMs: number): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
      // A redirect would send a signed call, with personal data, to another address.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      const busy = response.status >= 500 || response.status === 429;
      throw new AlipayError(busy ? 'alipay_unavailable' : 'alipay_answer_unreadable', {
        subCode: `http-${response.status}`,
      });
    }
    return await textOf(response);
  } catch (error) {
    throw error instanceof AlipayError ? error : errorOfNetwork(error);
  }
}

async function textOf(response: Response): Promise<string> {
  if (!response.body) return '';
  const body: AsyncIterable<Uint8Array> = response.body;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > MAX_RESPONSE_BYTES)
      throw new AlipayError('alipay_answer_unreadable', { subCode: 'too-long' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function errorOfNetwork(error: unknown): AlipayError {
  const { name, cause } = Object(error) as { name?: unknown; cause?: unknown };
  if (name === 'TimeoutError') return new AlipayError('alipay_timeout');
  const { code } = Object(cause) as { code?: unknown };
  const neverSent = typeof code === 'string' && NEVER_SENT.test(code);
  return new AlipayError(neverSent ? 'alipay_unreachable' : 'alipay_reply_lost', { subCode: code });
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const { success, data } = schema.safeParse(body);
  if (!success) throw new AlipayError('alipay_answer_unreadable');
  return data;
}
