import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { renderSVG } from 'uqr';
import { z } from 'zod';
import { orReject } from '../rejection';
import { serve } from '../serve';
import type { Running } from '../serve';
import { createBills, faceOutcomes, isOpen } from './bills';
import type { FaceOutcome } from './bills';
import { serialsOf } from './certificates';
import { responseOf, defectOf, perform, structureOf } from './gateway';
import type { GatewayKeys } from './gateway';
import { createMethods } from './methods';
import { createModes, modeSchema } from './misbehaviour';
import type { Mode } from './misbehaviour';
import { authorizePage, facePage, overviewPage } from './pages';
import { unavailable } from './responses';
import type { Content } from './responses';
import { createAssignments, scenarioNames, scenarios, scenariosFor } from './scenarios';
import { scopes } from './settings';
import type { AlipaySandboxSettings, Holder } from './settings';

const scopeSchema = z.enum(scopes).default('auth_base');
const outcomeSchema = z.object({ outcome: z.enum(Object.keys(faceOutcomes) as FaceOutcome[]) });

/** A server that acts as Alipay's open platform. */
export async function startAlipaySandbox(settings: AlipaySandboxSettings): Promise<Running> {
  const read = (file: string) => readFileSync(file, 'utf8');
  const keys = keysOf(settings, read);
  const holders = JSON.parse(read(settings.personsFile)) as Holder[];
  const bills = createBills(settings.stateFile);
  const assignments = createAssignments(holders);
  const platform = createMethods(holders, bills, assignments);
  const modes = createModes();
  const holderOf = (account: unknown) => holders.find((holder) => holder.account === account);
  const calls: { method: string; code: string; at: string }[] = [];

  const router = new Router();
  const app = new Koa();
  app.use(bodyParser({ enableTypes: ['json', 'form'], formLimit: '4mb' }));
  app.use(router.routes());

  router.all('/gateway.do', async (ctx) => {
    const parameters = parametersOf(ctx.query, ctx.request.body);
    const request = { parameters, charset: parametersOf(ctx.query).charset };
    const method = parameters.method ?? '';
    if (method === 'alipay.user.certify.open.certify') {
      const defect = defectOf(request, keys, Date.now());
      const certifyId = structureOf(parameters.biz_content)?.certify_id;
      const known = defect || typeof certifyId !== 'string' ? undefined : certifyId;
      ctx.redirect(`/face/${orReject(known, 400, defect?.sub_code ?? 'isv.invalid-parameter')}`);
      return;
    }
    const { mode, delayMs } = modes.take(method);
    if (mode === 'down') {
      ctx.req.socket.destroy();
      return;
    }
    if (mode === 'slow') await wait(delayMs);
    const defect = defectOf(request, keys, Date.now());
    const work = () => perform(parameters, platform, `${ctx.protocol}://${ctx.host}`);
    if (mode === 'duplicate' && !defect) work();
    const content: Content = defect ?? (mode === 'unavailable' ? unavailable : work());
    calls.push({ method, code: codeOf(content), at: new Date().toISOString() });
    ctx.type = 'application/json';
    // The platform signs with a key that belongs to the application, so an unknown application gets no signature.
    const isUnknownApp =
      content.sub_code === 'isv.invalid-app-id' || content.sub_code === 'isv.missing-app-id';
    const isSigned = mode !== 'unsigned' && !isUnknownApp;
    if (mode === 'lost-reply') ctx.req.socket.destroy();
    else if (mode === '500') ctx.status = 500;
    else if (mode === 'garbage') ctx.body = '<html>502 Bad Gateway</html>';
    else ctx.body = responseOf(method, content, isSigned ? signerOf(keys, mode) : undefined);
  });

  router.get('/face/:certifyId', (ctx) => {
    const bill = orReject(bills.find(ctx.params.certifyId ?? ''), 404, 'certifyId');
    // A browser that goes back to this page asks for it again, and is led on once the check is over.
    ctx.set('Cache-Control', 'no-store');
    if (!isOpen(bill) && isWebPage(bill.returnUrl)) {
      ctx.redirect(bill.returnUrl);
      ctx.status = 303;
      return;
    }
    bills.begin(bill);
    ctx.type = 'text/html';
    const holder = holderOf(bill.account);
    const isDecided = holder !== undefined && assignments.nextFace(holder) !== undefined;
    ctx.body = facePage(bill, isDecided ? scenarios[assignments.nameOf(holder)].zh : undefined);
  });
  router.post('/face/:certifyId', (ctx) => {
    const bill = orReject(bills.find(ctx.params.certifyId ?? ''), 404, 'certifyId');
    const { data } = outcomeSchema.safeParse(ctx.request.body);
    const { outcome } = orReject(data, 422, 'outcome');
    bills.begin(bill);
    if (isOpen(bill)) {
      const holder = holderOf(bill.account);
      bills.finish(bill, (holder && assignments.takeFace(holder)) ?? faceOutcomes[outcome]);
    }
    ctx.redirect(isWebPage(bill.returnUrl) ? bill.returnUrl : `/face/${bill.certifyId}`);
    ctx.status = 303;
  });

  router.get('/qr-codes/:id.svg', (ctx) => {
    const link = orReject(platform.linkOf(ctx.params.id ?? ''), 404, 'id');
    ctx.type = 'image/svg+xml';
    ctx.body = renderSVG(link);
  });

  router.get('/authorize', (ctx) => {
    const to = String(ctx.query.redirect_uri);
    if (!/^https?:\/\//.test(to) || !URL.canParse(to)) ctx.throw(400, 'redirect_uri');
    const scope = orReject(scopeSchema.safeParse(ctx.query.scope).data, 400, 'scope');
    const holder = holderOf(ctx.query.account);
    if (!holder) {
      ctx.type = 'text/html';
      ctx.body = authorizePage(holders, to, scope);
      return;
    }
    const target = new URL(to);
    target.searchParams.set('auth_code', platform.grantCode(holder, scope));
    ctx.redirect(target.href);
  });

  router.get('/', (ctx) => {
    ctx.type = 'text/html';
    ctx.body = overviewPage({
      holders,
      assignments,
      bills: bills.all(),
      messages: platform.messages,
      mode: modes.get(),
    });
  });
  router.post('/admin/auth-codes', (ctx) => {
    const { account, scope } = Object(ctx.request.body) as { account?: unknown; scope?: unknown };
    const holder = orReject(holderOf(account), 404, 'account');
    const granted = orReject(scopeSchema.safeParse(scope).data, 422, 'scope');
    ctx.body = { authCode: platform.grantCode(holder, granted) };
  });
  router.post('/admin/mode', (ctx) => {
    const mode = orReject(modeSchema.safeParse(ctx.request.body).data, 422, 'mode');
    modes.set(mode);
    ctx.body = mode;
  });
  router.get('/admin/scenarios', (ctx) => {
    ctx.body = {
      scenarios: scenarioNames.map((name) => ({ name, zh: scenarios[name].zh, en: scenarios[name].en })),
      holders: holders.map((holder) => ({ account: holder.account, scenario: assignments.nameOf(holder) })),
    };
  });
  router.post('/admin/scenarios', (ctx) => {
    const { account, scenario } = Object(ctx.request.body) as { account?: unknown; scenario?: unknown };
    const holder = orReject(holderOf(account), 404, 'account');
    const name = scenariosFor(holder).find((one) => one === scenario);
    assignments.assign(holder, orReject(name, 422, 'scenario'));
    // A form on the page returns to the page.
    if (ctx.is('urlencoded')) {
      ctx.redirect('/');
      ctx.status = 303;
    } else ctx.body = { account, scenario };
  });
  router.get('/admin/bills', (ctx) => {
    ctx.body = bills.all().map((bill) => ({ ...bill, isExpired: bill.expiresAt <= Date.now() }));
  });
  router.post('/admin/bills/:certifyId/expire', (ctx) => {
    const bill = orReject(bills.find(ctx.params.certifyId ?? ''), 404, 'certifyId');
    bills.finish(bill, { state: 'expired' });
    ctx.status = 204;
  });
  router.get('/admin/calls', (ctx) => {
    ctx.body = { calls, cardOrders: platform.cardOrders() };
  });
  router.get('/admin/messages', (ctx) => {
    ctx.body = platform.messages;
  });
  router.post('/admin/reset', (ctx) => {
    bills.clear();
    assignments.reset();
    calls.length = 0;
    platform.messages.length = 0;
    modes.set({ mode: 'up', delayMs: 0 });
    ctx.status = 204;
  });

  return await serve(app, settings);
}

/** @throws Error if the settings contain neither a key nor certificates of the application */
function keysOf(
  { appId, appPublicKeyFile, certificates, gatewayPrivateKeyFile }: AlipaySandboxSettings,
  read: (file: string) => string,
): GatewayKeys {
  const gatewayPrivateKey = read(gatewayPrivateKeyFile);
  if (!certificates) {
    if (appPublicKeyFile === undefined) throw new Error('Set either appPublicKeyFile or certificates.');
    return { appId, appPublicKey: read(appPublicKeyFile), gatewayPrivateKey };
  }
  const app = read(certificates.appFile);
  const serials = serialsOf({
    app,
    alipay: read(certificates.alipayFile),
    root: read(certificates.rootFile),
  });
  return { appId, appPublicKey: app, gatewayPrivateKey, serials };
}

/** The key that signs a response, and the certificate that the response names. */
function signerOf({ gatewayPrivateKey: privateKey, serials }: GatewayKeys, mode: Mode['mode']) {
  const certificate = mode === 'other-certificate' ? serials?.root : serials?.alipay;
  return {
    privateKey,
    certificate: mode === 'no-certificate' ? undefined : certificate,
    signedText: mode === 'wrong-signature' ? 'another text' : undefined,
  };
}

/** The parameters of URL and form together. If a name occurs twice, the last value counts. */
function parametersOf(...parts: unknown[]): Record<string, string> {
  const entries = parts.flatMap((part) => Object.entries(Object(part) as Record<string, unknown>));
  return Object.fromEntries(entries.map(([name, value]) => [name, String([value].flat().at(-1))]));
}

/** Otherwise it leads into Alipay's app, which a browser can't follow. */
function isWebPage(url: string): boolean {
  return /^https?:/.test(url);
}

function codeOf({ sub_code, code }: Content): string {
  return sub_code ?? code ?? '10000';
}
