import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import type { KeyLike } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AlipaySettings } from '../alipay/alipay';

/** A received call. */
export interface ReceivedCall {
  query: URLSearchParams;
  form: URLSearchParams;
  bizContent: unknown;
  /** Whether the application's key signed exactly these values; checked by Alipay's rule, without the SDK. */
  signatureValid: boolean;
}

/** A text is the body of a response with status 200. A function writes the whole response itself. */
type Reply = string | ((response: ServerResponse) => void);

const application = generateKeyPairSync('rsa', { modulusLength: 2048 });
const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Alipay's signature over `content`. */
export function signatureOf(content: string, key: KeyLike = alipay.privateKey): string {
  return createSign('RSA-SHA256').update(content).sign(key, 'base64');
}

/** A response in the form of Alipay's gateway, with the signature last. */
export function signedResponse(name: string, body: object | string): string {
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  return `{"${name}":${content},"sign":"${signatureOf(content)}"}`;
}

/** A small HTTP server that replaces the gateway. Each test sets its responses and can read the received calls. */
export async function startSigningGateway() {
  const calls: ReceivedCall[] = [];
  let replyTo: (call: ReceivedCall) => Reply = () => '{}';
  const server = createServer((request, response) => {
    void receivedCall(request).then((call) => {
      calls.push(call);
      const reply = replyTo(call);
      if (typeof reply === 'string') response.end(reply);
      else reply(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const settings: AlipaySettings = {
    gateway: `http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway.do`,
    appId: '2021000000000001',
    privateKey: application.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    alipayPublicKey: alipay.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    timeoutMs: 5_000,
  };
  return {
    settings,
    calls,
    /** Responds with `reply` from now on, and deletes the earlier calls. */
    respond(reply: typeof replyTo) {
      replyTo = reply;
      calls.length = 0;
    },
    /** Responds to each method with its body from now on. A body without a code is a success. */
    respondByMethod(bodies: Record<string, object>) {
      this.respond(({ query }) => {
        const method = query.get('method') ?? '';
        return signedResponse(`${method.replaceAll('.', '_')}_response`, {
          ...{ code: '10000', msg: 'Success' },
          ...bodies[method],
        });
      });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function receivedCall(request: IncomingMessage): Promise<ReceivedCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const query = new URL(request.url ?? '', 'http://gateway').searchParams;
  return {
    query,
    form,
    bizContent: JSON.parse(form.get('biz_content') ?? 'null'),
    signatureValid: isSigned(new URLSearchParams([...query, ...form])),
  };
}

/** Whether the application signed these parameters, by the rule of Alipay's gateway: sorted, joined, without empty ones. */
export function isSigned(parameters: URLSearchParams): boolean {
  const text = [...parameters]
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return createVerify('RSA-SHA256')
    .update(text)
    .verify(application.publicKey, parameters.get('sign') ?? '', 'base64');
}
