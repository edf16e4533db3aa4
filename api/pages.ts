import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type Koa from 'koa';
import helmet from 'koa-helmet';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

// The build puts the zipped forms of a file beside it. The smaller one is first.
const zippedForms = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
];

/**
 * The mini-program for browsers, as it was built. Serves nothing if it was not built. Each client gets the smallest form that it accepts,
 * since phone networks are slow, and none if it has the file already.
 */
export function servePages(folder: string): Koa.Middleware {
  const files = readFiles(folder);
  return async (ctx, next) => {
    const path = ctx.path === '/' ? PAGE : ctx.path;
    if (isSent(ctx, files.get(path), { path, route: '/' })) return;
    await next();
  };
}

/** Nothing inline, nothing from elsewhere, and in no frame: who is at work there may decide about others. */
const consolePolicy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'"],
    'connect-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  },
});

/**
 * The clerk console, as it was built, below `/console`. Its pages have addresses of their own, and one file that shows all of them:
 * every address without an ending gets that one.
 */
export function serveConsole(folder: string): Koa.Middleware {
  const files = readFiles(folder);
  return async (ctx, next) => {
    const [isBelow, rest] = /^\/console(\/.*)?$/.exec(ctx.path) ?? [];
    const path = rest === undefined || !rest.includes('.') ? PAGE : rest;
    if (isBelow === undefined || !isSent(ctx, files.get(path), { path, route: CONSOLE })) {
      await next();
      return;
    }
    ctx.set('X-Frame-Options', 'DENY');
    await consolePolicy(ctx, async () => {});
  };
}

const PAGE = '/index.html';
const CONSOLE = '/console';

/** Everything is read once, at the start: what is not in the folder then can't be asked for by any path. */
function readFiles(folder: string): Map<string, Form[]> {
  return new Map(existsSync(folder) ? filesIn(folder, '') : []);
}

/** Sends one of the forms of a file. @returns false if there is none, or it is not asked for */
function isSent(
  ctx: Koa.Context,
  forms: Form[] | undefined,
  { path, route }: { path: string; route: string },
): boolean {
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return false;
  const form = forms?.find(({ encoding }) => ctx.acceptsEncodings(encoding)) ?? forms?.at(-1);
  if (!form) return false;
  ctx.state.route = route;
  ctx.type = types[extname(path)] ?? 'application/octet-stream';
  // Names carry the hash of what is in them, but for the page that names the others.
  ctx.set('Cache-Control', path === PAGE ? 'no-cache' : 'public, max-age=31536000, immutable');
  ctx.vary('Accept-Encoding');
  if (form.encoding !== 'identity') ctx.set('Content-Encoding', form.encoding);
  ctx.body = form.bytes;
  ctx.etag = form.hash;
  if (ctx.fresh) ctx.status = 304;
  return true;
}

interface Form {
  encoding: string;
  bytes: Buffer;
  hash: string;
}

function filesIn(folder: string, path: string): [string, Form[]][] {
  const entries = readdirSync(join(folder, path), { withFileTypes: true });
  const names = new Set(entries.map(({ name }) => name));
  return entries.flatMap((entry): [string, Form[]][] => {
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) return filesIn(folder, below);
    if (zippedForms.some(({ ending }) => entry.name.endsWith(ending))) return [];
    const forms = [...zippedForms, { encoding: 'identity', ending: '' }]
      .filter(({ ending }) => names.has(entry.name + ending))
      .map(({ encoding, ending }) => {
        const bytes = readFileSync(join(folder, below + ending));
        return { encoding, bytes, hash: createHash('sha256').update(bytes).digest('base64url') };
      });
    return [[below, forms]];
  });
}
