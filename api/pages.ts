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

/** How a folder of pages is served. */
interface Pages {
  /** The path below which they are. */
  at?: string;
  /** A file under the same name never changes. The page that names the others may. */
  namesCarryHashes?: boolean;
  /** Every address without an ending gets the one page, which shows what the address names. */
  isOnePage?: boolean;
  /** In place of what the api sends with everything. */
  headers?: Koa.Middleware;
}

const PAGE = '/index.html';

/**
 * Pages, such as the mini-program for browsers as it was built. Everything is read once, at the start: what is not in the folder then can't be
 * asked for by any path. Serves nothing if it was not built. Each client gets the smallest form that it accepts, since phone networks
 * are slow, and none if it has the file already.
 */
export function servePages(folder: string, pages: Pages = {}): Koa.Middleware {
  const { at = '', namesCarryHashes = true, isOnePage = false, headers } = pages;
  const files = new Map(existsSync(folder) ? filesIn(folder, '') : []);
  return async (ctx, next) => {
    const isBelow = ctx.path === at || ctx.path.startsWith(`${at}/`);
    const below = ctx.path.slice(at.length);
    const isPage = below === '' || below === '/' || (isOnePage && !below.includes('.'));
    const path = isPage ? PAGE : below;
    const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
    const forms = isBelow && isRead ? files.get(path) : undefined;
    const form = forms?.find(({ encoding }) => ctx.acceptsEncodings(encoding)) ?? forms?.at(-1);
    if (!form) {
      await next();
      return;
    }
    ctx.state.route = at || '/';
    ctx.type = types[extname(path)] ?? 'application/octet-stream';
    const isFixed = namesCarryHashes && path !== PAGE;
    ctx.set('Cache-Control', isFixed ? 'public, max-age=31536000, immutable' : 'no-cache');
    ctx.vary('Accept-Encoding');
    if (form.encoding !== 'identity') ctx.set('Content-Encoding', form.encoding);
    ctx.body = form.bytes;
    ctx.etag = form.hash;
    if (ctx.fresh) ctx.status = 304;
    await headers?.(ctx, async () => {});
  };
}

/** The clerk console, as it was built. Nothing inline, nothing from elsewhere, and in no frame: a clerk decides about others there. */
export function serveConsole(folder: string): Koa.Middleware {
  const policy = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        // Scans are read, compared and then shown as blobs.
        'img-src': ["'self'", 'blob:'],
        'connect-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
  });
  return servePages(folder, { at: '/console', isOnePage: true, headers: policy });
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
