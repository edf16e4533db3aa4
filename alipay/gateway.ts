import { AlipaySdk } from 'alipay-sdk';
import { z } from 'zod';
import { AlipayError, errorOfFailure } from './errors';
import { readPrivateKey, readPublicKey } from './keys';
import { readSignedAnswer } from './signed-answer';

/** How to reach Alipay's V2 gateway, and by what both sides know each other. */
export interface GatewaySettings {
  gateway: string;
  appId: string;
  /** The application's RSA key: PEM or base64, PKCS#1 or PKCS#8. */
  privateKey: string;
  /** Alipay's RSA key in key mode, PEM or base64. In certificate mode the certificate holds it. */
  alipayPublicKey?: string;
  /** Longest call, from connecting to the last byte of the answer. */
  timeoutMs: number;
  /** Certificate mode, each the text of a PEM file. */
  certificates?: { appCert: string; alipayRootCert: string; alipayPublicCert: string };
}

/** One call of one interface. */
export interface GatewayCall<T> {
  /** As Alipay names it, `alipay.system.oauth.token`. */
  method: string;
  /** Parameters that travel as JSON in `biz_content`, spelled as Alipay spells them. */
  bizContent?: Record<string, unknown>;
  /** Parameters that stand beside `biz_content`. */
  fields?: Record<string, string>;
  /** The person's token, where the interface acts for a person. */
  authToken?: string;
  /** Whether calling twice does no harm, so that nobody needs to ask what became of the first call. */
  repeatable: boolean;
  /** What a successful answer holds. */
  answer: z.ZodType<T>;
}

/** Alipay's gateway: sends signed calls, believes only signed answers. */
export interface Gateway {
  /** @throws AlipayError */
  call<T>(call: GatewayCall<T>): Promise<T>;
  /** A signed URL to be opened on the person's phone. Signed for now: the gateway looks at its timestamp. */
  pageUrl(method: string, bizContent: Record<string, unknown>): string;
}

// A portrait of 2 MB is 2.7 MB in base64 and some more with its slashes escaped, twice.
const LONGEST_ANSWER = 4 * 1024 * 1024;

const verdict = z.object({
  code: z.coerce.string().optional(),
  sub_code: z.string().optional(),
  sub_msg: z.string().optional(),
});

// Causes that exclude that the gateway has seen the call. Any other may come after it was carried out.
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|ERR_SSL_.*|UNABLE_TO_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*)$/;

/**
 * Signs by the SDK but sends by `fetch`: the SDK's `exec` follows redirects, sends a call again when the connection
 * breaks (and so uses up a single-use code or orders twice), reads answers of any size, quotes them in its errors and
 * cannot verify failures.
 */
export function createGateway(settings: GatewaySettings): Gateway {
  const sdk = createSdk(settings);

  function signed(method: string, fields: Record<string, string | undefined>, bizContent?: object): string {
    // The SDK signs an empty value, the gateway drops it before it verifies (alipay-sdk-nodejs-all, issue 48).
    const present = Object.entries(fields).filter(([, value]) => value);
    return sdk.sdkExecute(
      method,
      { ...Object.fromEntries(present), format: 'JSON', timestamp: beijingTime(new Date()), bizContent },
      // Names are written as Alipay spells them; a change to camel case and back loses some.
      { bizContentAutoSnakeCase: false },
    );
  }

  async function ask<T>(call: GatewayCall<T>): Promise<T> {
    const { method, bizContent, fields = {}, authToken } = call;
    const url = new URL(settings.gateway);
    const form = new URLSearchParams();
    // Like the official SDKs: what belongs to the interface in the body, what belongs to the gateway in the URL.
    const query = new URLSearchParams(signed(method, { ...fields, auth_token: authToken }, bizContent));
    for (const [name, value] of query) {
      (name === 'biz_content' || name in fields ? form : url.searchParams).set(name, value);
    }
    const { name, body } = readSignedAnswer(
      await send(url, form, settings.timeoutMs),
      // alipay.system.oauth.token reports failures under the second name.
      [`${method.replaceAll('.', '_')}_response`, 'error_response'],
      (content, signature) => sdk.rsaCheck(content, signature),
      sdk.config.alipayCertSn,
    );
    const { code, ...reasons } = parse(verdict, body);
    // oauth.token leaves the code out where all is well.
    if (reasons.sub_code || (code ?? '10000') !== '10000') throw errorOfFailure({ code, ...reasons });
    if (name === 'error_response') throw new AlipayError('alipay_answer_unreadable');
    return parse(call.answer, body);
  }

  return {
    async call(call) {
      try {
        return await ask(call);
      } catch (error) {
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

/** `yyyy-MM-dd HH:mm:ss` in China, which has one zone and no summer time. The SDK writes the process's local time. */
function beijingTime(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

async function send(url: URL, form: URLSearchParams, timeoutMs: number): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
      // A redirect would carry a signed call, with a person's data, to wherever it points.
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
    if (length > LONGEST_ANSWER) throw new AlipayError('alipay_answer_unreadable', { subCode: 'too-long' });
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
