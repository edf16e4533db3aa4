import { once } from 'node:events';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { z } from 'zod';
import { createMode } from '../mode';
import { orReject } from '../rejection';
import { serve } from '../serve';
import type { Running } from '../serve';
import { certify } from './certificates';
import type { Authority } from './certificates';
import { readSigningKeys, verifiedRequest } from './requests';

export interface SignerCaSandboxSettings {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** The root under which it issues certificates, and another one for the mode `other-root`. */
  authority: Authority;
  otherAuthority: Authority;
  /** The list of the product's signing keys: requests must be signed by one of them. */
  signingKeysFile: string;
}

const modes = [
  'up',
  /** Breaks the connection before the work. */
  'down',
  /** Does the work, then breaks the connection. */
  'lost-reply',
  /** Responds not before the caller leaves. */
  'slow',
  '500',
  'garbage',
  /** A megabyte of spaces follows the answer. */
  'large',
  /** Finds the request itself wrong, whoever it is about. */
  'refusal-of-request',
  /** Does not accept the identity. */
  'refusal',
  /** Signs another hash, names another person, or one of the same name, certifies for something else, or issues under another root. */
  'other-hash',
  'other-name',
  'other-number',
  'other-usage',
  'other-root',
] as const;

const requestSchema = z.strictObject({
  id: z.uuid(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  person: z.strictObject({ name: z.string().min(1), documentType: z.string(), number: z.string().min(1) }),
  signedAt: z.iso.datetime(),
});

/** A licensed certification authority (CA) that issues one certificate for one signature. docs/sandbox.md describes the protocol. */
export async function startSignerCaSandbox(settings: SignerCaSandboxSettings): Promise<Running> {
  /** By the id of the request, so that a repeated request gets the same answer. */
  const issued = new Map<string, { request: string; answer: Promise<object> }>();
  const modeSwitch = createMode(modes);

  const router = new Router();
  const app = new Koa();
  app.use(bodyParser({ enableTypes: ['json', 'text'], extendTypes: { text: ['application/jose'] } }));
  app.use(router.routes());

  router.post('/certificates', async (ctx) => {
    const mode = modeSwitch.take();
    if (mode === 'down') {
      ctx.req.socket.destroy();
      return;
    }
    if (mode === 'slow') {
      // Nobody reads an answer after the caller has left.
      await once(ctx.res, 'close');
      return;
    }
    if (mode === '500') orReject(undefined, 500, 'mode');
    // Read each time: a key may have been added.
    const keys = readSigningKeys(settings.signingKeysFile);
    const text = orReject(verifiedRequest(String(ctx.request.body), keys), 401, 'signature');
    const request = orReject(requestSchema.safeParse(JSON.parse(text)).data, 422, 'body');
    if (mode === 'refusal-of-request') orReject(undefined, 422, 'body');
    if (mode === 'refusal') orReject(undefined, 422, 'identity_refused');
    const known = issued.get(request.id);
    if (known && known.request !== text) orReject(undefined, 409, 'id');
    const { id, hash, person } = request;
    const of = {
      hash: mode === 'other-hash' ? '0'.repeat(64) : hash,
      name: mode === 'other-name' ? '另一人' : person.name,
      number: mode === 'other-number' ? '110101190001010022' : person.number,
      usage: mode === 'other-usage' ? 'digitalSignature' : 'digitalSignature,nonRepudiation',
    };
    const by = mode === 'other-root' ? settings.otherAuthority : settings.authority;
    const answer = known?.answer ?? certify(by, of);
    if (mode === 'up' || mode === 'lost-reply') issued.set(id, { request: text, answer });
    const made = await answer;
    if (mode === 'lost-reply') ctx.req.socket.destroy();
    else if (mode === 'large') ctx.body = JSON.stringify(made) + ' '.repeat(1_000_000);
    else ctx.body = mode === 'garbage' ? '<html>502</html>' : made;
  });
  router.get('/admin/certificates', (ctx) => {
    ctx.body = [...issued.keys()];
  });
  modeSwitch.addTo(router);
  router.get('/', (ctx) => {
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = [
      '电子认证服务沙箱 · sandbox of a certification authority',
      '',
      `POST /certificates (${issued.size} issued) · GET /admin/certificates · POST /admin/mode (${modeSwitch.current()})`,
    ].join('\n');
  });

  return await serve(app, settings);
}
