import type { IncomingMessage, ServerResponse } from 'node:http';
import type { webhooks } from './api-types';
import { CallbackRejected, verifySignature } from './signature';
import type { CallbackKey } from './signature';

/** The body of a callback. Later versions may send events and fields that this type does not have: acknowledge them all. */
export type Callback = {
  [E in keyof webhooks]: webhooks[E]['post']['requestBody']['content']['application/json'];
}[keyof webhooks];

/** Remembers nonces, so that nobody can send a callback a second time. */
export interface NonceStore {
  /** Whether the nonce was not there before; it is kept until `expires`. */
  add(keyId: string, nonce: string, expires: Date): Promise<boolean>;
}

/** Remembers which deliveries were handled: a callback whose acknowledgement was lost comes again, with the same id. */
export interface DeliveryStore {
  /**
   * Runs `work` unless this delivery was handled before, and remembers it if `work` succeeds. Where handling writes to a database,
   * write the id in the same transaction.
   */
  once(deliveryId: string, work: () => Promise<void>): Promise<void>;
}

export interface ReceiverSettings {
  /** The URL of this receiver, as it is registered: it is part of what is signed. */
  url: string;
  /** The keys of the identity check: two while it changes them. */
  keys: readonly CallbackKey[];
  nonces: NonceStore;
  deliveries: DeliveryStore;
  /** Takes one callback; if it fails, the callback is not acknowledged and comes again. */
  handle(callback: Callback): Promise<void>;
  /** Is told of every callback that was not acknowledged. */
  onFailure?(error: unknown): void;
  now?: () => Date;
}

const MAX_BODY_BYTES = 256 * 1024;

/** A handler for `createServer` of `node:http`, which verifies callbacks, handles each delivery once, and acknowledges it. */
export function createCallbackReceiver(settings: ReceiverSettings) {
  const { nonces, deliveries, handle, onFailure = () => undefined } = settings;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    try {
      const body = await bytesOf(request);
      const { method = '', headersDistinct: headers } = request;
      const now = settings.now?.() ?? new Date();
      const { keyId, nonce, expires } = verifySignature(
        { method, url: settings.url, headers, body },
        settings.keys,
        now,
      );
      const callback = readCallback(body);
      if (!(await nonces.add(keyId, nonce, expires))) throw new CallbackRejected('nonce_replayed');
      await deliveries.once(callback.deliveryId, () => handle(callback));
      answer(200, { acknowledged: callback.deliveryId });
    } catch (error) {
      onFailure(error);
      if (error instanceof CallbackRejected) answer(401, { code: error.code });
      else answer(500, { code: 'not_handled' });
    }
  };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new CallbackRejected('body_malformed');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function readCallback(body: Buffer): Callback {
  try {
    const callback = JSON.parse(body.toString('utf8')) as Callback;
    if (typeof callback.deliveryId === 'string' && typeof callback.event === 'string') return callback;
  } catch {
    // The error below says as much.
  }
  throw new CallbackRejected('body_malformed');
}

/** Keeps nonces in memory: enough for one process, and for as long as it runs. */
export function memoryNonces(now: () => Date = () => new Date()): NonceStore {
  const known = new Map<string, Date>();
  return {
    async add(keyId, nonce, expires) {
      for (const [one, until] of known) if (until < now()) known.delete(one);
      const id = `${keyId} ${nonce}`;
      if (known.has(id)) return false;
      known.set(id, expires);
      return true;
    },
  };
}

/** Keeps the ids of deliveries in memory. For tests: after a restart it has forgotten them. */
export function memoryDeliveries(): DeliveryStore {
  const handled = new Map<string, Promise<void>>();
  return {
    async once(deliveryId, work) {
      const running = handled.get(deliveryId) ?? work();
      handled.set(deliveryId, running);
      await running.catch((error: unknown) => {
        handled.delete(deliveryId);
        throw error;
      });
    },
  };
}
