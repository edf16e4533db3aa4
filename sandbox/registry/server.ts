import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { z } from 'zod';
import { orReject } from '../rejection';
import { serve } from '../serve';
import type { Running } from '../serve';
import { loadState, saveState } from '../state';
import { createVerifier, signedHeaders } from './signing';
import { createWitness } from './witness';

export interface RegistrySandboxSettings {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** URL in the signatures of callbacks; by default the server's own address. */
  publicUrl?: string;
  /** The api that receives pushed matters. */
  apiUrl: string;
  systemId: string;
  keyId: string;
  privateKeyFile: string;
  callbackKeyId: string;
  callbackPublicKeyFile: string;
  samplesDir: string;
  stateFile?: string;
}

interface Callback {
  deliveryId: string;
  event: string;
  body: unknown;
  receivedAt: string;
  /** Number of repetitions after the first delivery. */
  repeats: number;
}

const modeSchema = z.strictObject({
  mode: z.enum(['up', 'down', '500', 'slow', 'lost-reply', 'no-ack']),
  times: z.number().int().min(1).optional(),
});

const pushSchema = z.strictObject({
  externalId: z.string(),
  matter: z.looseObject({}),
  /** Deliberate faults of the push. */
  misbehave: z
    .strictObject({
      skewSeconds: z.number().int().optional(),
      nonce: z.string().optional(),
      changedByte: z.boolean().optional(),
    })
    .optional(),
});

const versionSchema = z.looseObject({ version: z.number() });

const authoritiesSchema = z.array(z.looseObject({ code: z.string() }));

const sampleSchema = z.object({ externalId: z.string(), matter: versionSchema });

const callbackSchema = z.looseObject({
  deliveryId: z.string(),
  event: z.string(),
  checkpoint: z.string().optional(),
});

/** A server that acts as a registration system: it pushes matters and receives callbacks about them. */
export async function startRegistrySandbox(settings: RegistrySandboxSettings): Promise<Running> {
  const read = (file: string) => readFileSync(file, 'utf8');
  const key = { keyId: settings.keyId, privateKey: read(settings.privateKeyFile) };
  const verify = createVerifier({
    keyId: settings.callbackKeyId,
    publicKey: read(settings.callbackPublicKeyFile),
  });
  const callbacks = new Map(
    loadState<Callback[]>(settings.stateFile, []).map((callback) => [callback.deliveryId, callback]),
  );
  /** The matters that this process has pushed last. Sample matters may also be at the api since an earlier run. */
  const pushed = new Map<string, object>();
  const rejected: Record<string, number> = {};
  const witness = createWitness(settings.apiUrl);
  let current: z.infer<typeof modeSchema> = { mode: 'up' };

  async function send(
    method: string,
    path: string,
    content?: unknown,
    { changedByte = false, ...faults }: { skewSeconds?: number; nonce?: string; changedByte?: boolean } = {},
  ): Promise<{ status: number; body: unknown }> {
    const url = `${settings.apiUrl}${path}`;
    const body = content === undefined ? undefined : JSON.stringify(content);
    const headers = signedHeaders({ method, url, body }, key, faults);
    const response = await fetch(url, { method, headers, body: changedByte ? `${body ?? ''} ` : body });
    return { status: response.status, body: await response.json() };
  }

  const mediaTypes: Record<string, string> = { '.pdf': 'application/pdf', '.jpg': 'image/jpeg' };

  /** Uploads the documents that sample matters name. Those that are not there are on paper. */
  async function uploadSampleDocuments(): Promise<void> {
    const folder = join(settings.samplesDir, 'documents');
    for (const file of readdirSync(folder).sort()) {
      const body = readFileSync(join(folder, file));
      const sha256 = createHash('sha256').update(body).digest('hex');
      const url = `${settings.apiUrl}/api/registry/documents/${sha256}`;
      const headers = signedHeaders({ method: 'PUT', url, body, mediaType: mediaTypes[extname(file)] }, key);
      const { status } = await fetch(url, { method: 'PUT', headers, body });
      if (status >= 300) orReject(undefined, 502, 'documents');
    }
  }

  /** Tells the api where people find the authorities of the sample matters. */
  async function tellSampleAuthorities(): Promise<void> {
    const authorities = authoritiesSchema.parse(
      JSON.parse(read(join(settings.samplesDir, 'authorities.json'))),
    );
    for (const { code, ...contact } of authorities) {
      const { status } = await send('PUT', `/api/registry/authorities/${code}`, contact);
      if (status >= 300) orReject(undefined, 502, 'authorities');
    }
  }

  const pathOf = (externalId: string) => `/api/registry/matters/${encodeURIComponent(externalId)}`;

  async function push(externalId: string, matter: object, faults?: z.infer<typeof pushSchema>['misbehave']) {
    const response = await send('PUT', pathOf(externalId), matter, faults);
    if (response.status < 300) pushed.set(externalId, matter);
    return response;
  }

  const samples = () => {
    const folder = join(settings.samplesDir, 'matters');
    const files = readdirSync(folder).sort();
    return files.map((file) => sampleSchema.parse(JSON.parse(read(join(folder, file)))));
  };

  const versionOf = async (externalId: string) =>
    versionSchema.safeParse((await send('GET', pathOf(externalId))).body).data?.version;

  function takeMode(): string {
    const { mode, times } = current;
    if (times !== undefined) current = times > 1 ? { mode, times: times - 1 } : { mode: 'up' };
    return mode;
  }

  const router = new Router();
  const app = new Koa();
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: '4mb' }));
  app.use(router.routes());

  router.post('/callbacks', async (ctx) => {
    const mode = takeMode();
    if (mode === 'down') {
      ctx.req.socket.destroy();
      return;
    }
    if (mode === '500') orReject(undefined, 500, 'mode');
    if (mode === 'slow') await wait(30_000);
    const message = {
      method: ctx.method,
      url: `${settings.publicUrl ?? running.url}${ctx.originalUrl}`,
      body: ctx.request.rawBody,
    };
    const defect = verify(message, ctx.headers as Record<string, string | undefined>);
    if (defect !== undefined) {
      rejected[defect] = (rejected[defect] ?? 0) + 1;
      ctx.status = 401;
      ctx.body = { code: defect };
      return;
    }
    const body = orReject(callbackSchema.safeParse(ctx.request.body).data, 422, 'body');
    if (body.checkpoint !== undefined) witness.see(body.checkpoint);
    const known = callbacks.get(body.deliveryId);
    if (known) known.repeats += 1;
    else {
      const { deliveryId, event } = body;
      callbacks.set(deliveryId, {
        deliveryId,
        event,
        body,
        receivedAt: new Date().toISOString(),
        repeats: 0,
      });
    }
    saveState(settings.stateFile, [...callbacks.values()]);
    if (mode === 'lost-reply') ctx.req.socket.destroy();
    else ctx.body = mode === 'no-ack' ? {} : { acknowledged: body.deliveryId };
  });

  router.post('/admin/push', async (ctx) => {
    const { externalId, matter, misbehave } = orReject(
      pushSchema.safeParse(ctx.request.body).data,
      422,
      'body',
    );
    ctx.body = await push(externalId, matter, misbehave);
  });
  router.post('/admin/push-samples', async (ctx) => {
    await tellSampleAuthorities();
    await uploadSampleDocuments();
    const results = [];
    for (const { externalId, matter } of samples()) {
      // A re-issued sample is at the api with a higher version.
      const isReissued = ((await versionOf(externalId)) ?? 0) > matter.version;
      results.push({ externalId, ...(isReissued ? { status: 200 } : await push(externalId, matter)) });
    }
    ctx.status = results.every(({ status }) => status < 300) ? 200 : 502;
    ctx.body = results;
  });
  // A registration system does this after reissue.requested: it pushes the same content as the next version.
  router.post('/admin/re-issue/:externalId', async (ctx) => {
    const { externalId = '' } = ctx.params;
    const matter = pushed.get(externalId) ?? samples().find((one) => one.externalId === externalId)?.matter;
    const content = orReject(matter, 404, 'externalId');
    const version = orReject(await versionOf(externalId), 404, 'version');
    ctx.body = await push(externalId, { ...content, version: version + 1 });
  });
  router.get('/admin/matters/:externalId', async (ctx) => {
    ctx.body = await send('GET', pathOf(ctx.params.externalId ?? ''));
  });
  router.post('/admin/withdraw/:externalId', async (ctx) => {
    const path = `${pathOf(ctx.params.externalId ?? '')}/withdrawal`;
    ctx.body = await send('POST', path, ctx.request.body);
  });
  router.get('/admin/callbacks', (ctx) => {
    ctx.body = { verified: [...callbacks.values()], rejected };
  });
  router.get('/admin/witness', async (ctx) => {
    ctx.body = await witness.view();
  });
  router.post('/admin/mode', (ctx) => {
    current = orReject(modeSchema.safeParse(ctx.request.body).data, 422, 'mode');
    ctx.body = current;
  });
  router.post('/admin/reset', (ctx) => {
    callbacks.clear();
    current = { mode: 'up' };
    saveState(settings.stateFile, []);
    ctx.status = 204;
  });
  router.get('/', (ctx) => {
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = [
      `登记系统沙箱（${settings.systemId}）· sandbox of a registration system`,
      '',
      'POST /admin/push-samples · POST /admin/push · GET /admin/matters/:externalId · POST /admin/withdraw/:externalId',
      'POST /admin/re-issue/:externalId: pushes the same content as the next version, as after reissue.requested',
      `GET /admin/callbacks (${callbacks.size}) · GET /admin/witness · POST /admin/mode (${current.mode})`,
    ].join('\n');
  });

  const running = await serve(app, settings);
  return running;
}
