import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { createMode } from '../mode';
import { orReject } from '../rejection';
import { serve } from '../serve';
import type { Running } from '../serve';

export interface TimeStampingSandboxSettings {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** Configuration of `openssl ts`, with the sections `up`, `other-policy` and `other-root`. */
  configFile: string;
}

const modes = [
  'up',
  /** Breaks the connection. */
  'down',
  /** Responds not before the caller leaves. */
  'slow',
  '500',
  'garbage',
  /** Says, as the protocol has it, that it gives no time stamp. */
  'rejection',
  /** Stamps another hash, for another nonce, under another policy or by another authority. */
  'other-hash',
  'other-nonce',
  'other-policy',
  'other-root',
] as const;

type Mode = (typeof modes)[number];

const run = promisify(execFile);

/** A time-stamping authority (RFC 3161 over HTTP): `openssl ts -reply` behind a server. */
export async function startTimeStampingSandbox(settings: TimeStampingSandboxSettings): Promise<Running> {
  const modeSwitch = createMode(modes);
  let requests = 0;
  // openssl counts serial numbers in a file, so one request after the other.
  let last: Promise<unknown> = Promise.resolve();

  async function reply(query: Buffer, mode: Mode): Promise<Buffer> {
    const folder = await mkdtemp(join(tmpdir(), 'rid-time-stamp-'));
    const [asked, answered] = [join(folder, 'query'), join(folder, 'reply')];
    try {
      await writeFile(asked, changed(query, mode));
      const section = mode === 'other-policy' || mode === 'other-root' ? mode : 'up';
      const how = ['-config', settings.configFile, '-section', section];
      await run('openssl', ['ts', '-reply', ...how, '-queryfile', asked, '-out', answered]);
      return await readFile(answered);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  const router = new Router();
  const app = new Koa();
  app.use(bodyParser({ enableTypes: ['json'] }));
  app.use(router.routes());

  router.post('/', async (ctx) => {
    requests += 1;
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
    if (!ctx.is('application/timestamp-query')) orReject(undefined, 415, 'content-type');
    const chunks: Buffer[] = [];
    for await (const chunk of ctx.req) chunks.push(chunk as Buffer);
    const made = last.then(() => reply(Buffer.concat(chunks), mode));
    last = made.catch(() => undefined);
    ctx.type = 'application/timestamp-reply';
    ctx.body = mode === 'garbage' ? Buffer.from('<html>502</html>') : await made;
  });
  modeSwitch.addTo(router);
  router.get('/', (ctx) => {
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = [
      '时间戳服务沙箱 · sandbox of a time-stamping authority (RFC 3161)',
      '',
      `POST / · POST /admin/mode (${modeSwitch.current()}) · ${requests} requests`,
    ].join('\n');
  });

  return await serve(app, settings);
}

/** The query with another hash or nonce: its last byte differs. A `rejection` comes if the hash has another length than its algorithm. */
function changed(query: Buffer, mode: Mode): Buffer {
  const copy = Buffer.from(query);
  // An OCTET STRING of 32 bytes; behind the nonce comes certReq, which is true.
  const hash = copy.indexOf(Buffer.from([0x04, 32])) + 2;
  const nonceEnd = copy.lastIndexOf(Buffer.from([0x01, 0x01, 0xff]));
  const at = { 'other-hash': hash + 31, 'other-nonce': nonceEnd - 1 }[mode as string];
  if (at !== undefined) copy[at] = (copy[at] ?? 0) ^ 1;
  // SHA-512 in place of SHA-256, which this authority does not accept.
  if (mode === 'rejection') copy[copy.indexOf(Buffer.from('0304020105', 'hex')) + 3] = 3;
  return copy;
}
