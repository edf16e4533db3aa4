import { createPrivateKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createSigner, httpbis } from 'http-message-signatures';
import { z } from 'zod';
import {
  MAX_LIFETIME_SECONDS,
  SIGNATURE_LABEL,
  SIGNATURE_PARAMETERS,
  coveredComponents,
  digestMember,
} from './signature-profile';

const messages = {
  callback_unreachable: 'No connection to the registration system could be made, or it broke',
  callback_timeout: 'The registration system did not respond in time',
  callback_rejected: 'The registration system did not respond with status 200',
  callback_gone: 'The registration system wants no more callbacks about this matter',
  callback_unacknowledged: 'The response of the registration system does not acknowledge this delivery',
} as const;

/**
 * A delivery without an acknowledgement. Repeat it, unless it is `callback_gone`: the registration system recognises a repeated delivery by its
 * id.
 */
export class CallbackError extends Error {
  readonly retry: 'later' | 'never';

  /** @param status HTTP status of the response, if there was one */
  constructor(
    readonly code: keyof typeof messages,
    readonly status?: number,
  ) {
    super(`${messages[code]} (${status === undefined ? code : `${code}, ${status}`}).`);
    this.name = 'CallbackError';
    this.retry = code === 'callback_gone' ? 'never' : 'later';
  }
}

/** The private key for callbacks is no Ed25519 key in PEM. The error does not quote the file. */
class CallbackKeyError extends Error {
  readonly code = 'callback_key_unusable';

  constructor() {
    super('The key that signs callbacks (REGISTRY_SIGNING_KEY_FILE) must be an Ed25519 private key in PEM.');
    this.name = 'CallbackKeyError';
  }
}

export interface CallbackSettings {
  /** The id under which registration systems know our key. */
  keyId: string;
  /** Ed25519, PEM. */
  privateKey: string;
  /** Longest duration of a delivery, from connecting to the last byte of the response. */
  timeoutMs: number;
  /** The newest checkpoint of the transparency log, of which the registration system is a witness by keeping it. */
  newestCheckpoint?: () => Promise<string | undefined>;
}

/** Sends events about matters to the registration systems that pushed them. */
export interface CallbackSender {
  /**
   * Delivers one signed event, with the newest checkpoint of the transparency log as `checkpoint`. It returns when the registration system
   * has acknowledged the delivery's id.
   * @throws CallbackError
   */
  deliver(url: string, body: { deliveryId: string } & Record<string, unknown>): Promise<void>;
}

const MAX_RESPONSE_BYTES = 16 * 1024;

/** @throws CallbackKeyError */
export function createCallbackSender({
  keyId,
  privateKey,
  timeoutMs,
  newestCheckpoint = async () => undefined,
}: CallbackSettings): CallbackSender {
  const key = createSigner(readPrivateKey(privateKey), 'ed25519', keyId);
  return {
    async deliver(url, body) {
      const content = Buffer.from(JSON.stringify({ ...body, checkpoint: await newestCheckpoint() }));
      const created = new Date();
      // `fetch` sends no fragment, and the signed target must be the one that the other side receives.
      const target = new URL(url);
      target.hash = '';
      const { headers } = await httpbis.signMessage(
        {
          key,
          name: SIGNATURE_LABEL,
          fields: coveredComponents(true),
          params: SIGNATURE_PARAMETERS,
          paramValues: {
            created,
            expires: new Date(created.getTime() + MAX_LIFETIME_SECONDS * 1000),
            nonce: randomUUID(),
          },
        },
        {
          method: 'POST',
          url: target.href,
          headers: { 'content-type': 'application/json', 'content-digest': digestMember(content) },
        },
      );
      const response = await send(target, headers, content, timeoutMs);
      if (acknowledgedId(response) !== body.deliveryId)
        throw new CallbackError('callback_unacknowledged', 200);
    },
  };
}

function readPrivateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The error below says as much as the error of `node:crypto`.
  }
  throw new CallbackKeyError();
}

async function send(
  target: URL,
  headers: Record<string, string | string[]>,
  body: Buffer,
  timeoutMs: number,
): Promise<string> {
  try {
    const response = await fetch(target, {
      method: 'POST',
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]),
      body: new Uint8Array(body),
      // Events may contain personal data, so they go only to the configured address and never to a redirect's target.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      // RFC 9110, 15.5.11: Gone.
      const code = response.status === 410 ? 'callback_gone' : 'callback_rejected';
      throw new CallbackError(code, response.status);
    }
    return await textOf(response);
  } catch (error) {
    if (error instanceof CallbackError) throw error;
    const { name } = Object(error) as { name?: unknown };
    throw new CallbackError(name === 'TimeoutError' ? 'callback_timeout' : 'callback_unreachable');
  }
}

async function textOf(response: Response): Promise<string> {
  if (!response.body) return '';
  const body: AsyncIterable<Uint8Array> = response.body;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > MAX_RESPONSE_BYTES) throw new CallbackError('callback_unacknowledged', response.status);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const acknowledgement = z.object({ acknowledged: z.string() });

function acknowledgedId(response: string): string | undefined {
  try {
    return acknowledgement.parse(JSON.parse(response)).acknowledged;
  } catch {
    return undefined;
  }
}
