import { createPrivateKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createSigner, httpbis } from 'http-message-signatures';
import { z } from 'zod';
import {
  LONGEST_LIFETIME,
  SIGNATURE_LABEL,
  SIGNATURE_PARAMETERS,
  coveredComponents,
  digestMember,
} from './signature-profile';

const sentences = {
  callback_unreachable: 'No connection to the registration system could be made, or it broke',
  callback_timeout: 'The registration system did not answer in time',
  callback_refused: 'The registration system did not answer with status 200',
  callback_unacknowledged: 'The answer of the registration system does not acknowledge this delivery',
} as const;

/** Why a delivery is not known to have arrived. It is to be repeated: the registration system knows it by its id. */
export class CallbackError extends Error {
  readonly retry = 'later';

  /** @param status of the answer, where there was one. */
  constructor(
    readonly code: keyof typeof sentences,
    readonly status?: number,
  ) {
    super(`${sentences[code]} (${status === undefined ? code : `${code}, ${status}`}).`);
    this.name = 'CallbackError';
  }
}

/** The private key for callbacks is no Ed25519 key in PEM. Says nothing of what it holds. */
class CallbackKeyError extends Error {
  readonly code = 'callback_key_unusable';

  constructor() {
    super('The key that signs callbacks (REGISTRY_SIGNING_KEY_FILE) must be an Ed25519 private key in PEM.');
    this.name = 'CallbackKeyError';
  }
}

export interface CallbackSettings {
  /** By which registration systems know our key. */
  keyId: string;
  /** Ed25519, PEM. */
  privateKey: string;
  /** Longest delivery, from connecting to the last byte of the answer. */
  timeoutMs: number;
}

/** Tells registration systems what became of their matters. */
export interface CallbackSender {
  /**
   * Delivers one event, signed, and returns once the registration system has acknowledged it by its id.
   * @throws CallbackError
   */
  deliver(url: string, body: { deliveryId: string } & Record<string, unknown>): Promise<void>;
}

const LONGEST_ANSWER = 16 * 1024;

/** @throws CallbackKeyError */
export function createCallbackSender({ keyId, privateKey, timeoutMs }: CallbackSettings): CallbackSender {
  const key = createSigner(readPrivateKey(privateKey), 'ed25519', keyId);
  return {
    async deliver(url, body) {
      const content = Buffer.from(JSON.stringify(body));
      const created = new Date();
      // As `fetch` sends it: the target that is signed must be the one that the other side sees.
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
            expires: new Date(created.getTime() + LONGEST_LIFETIME * 1000),
            nonce: randomUUID(),
          },
        },
        {
          method: 'POST',
          url: target.href,
          headers: { 'content-type': 'application/json', 'content-digest': digestMember(content) },
        },
      );
      const answer = await send(target, headers, content, timeoutMs);
      if (acknowledgedId(answer) !== body.deliveryId) throw new CallbackError('callback_unacknowledged', 200);
    },
  };
}

function readPrivateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below: the error of `node:crypto` knows no more.
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
      // What is told of a matter is meant for the address that was configured, not for where it points.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new CallbackError('callback_refused', response.status);
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
    if (length > LONGEST_ANSWER) throw new CallbackError('callback_unacknowledged', response.status);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const acknowledgement = z.object({ acknowledged: z.string() });

function acknowledgedId(answer: string): string | undefined {
  try {
    return acknowledgement.parse(JSON.parse(answer)).acknowledged;
  } catch {
    return undefined;
  }
}
