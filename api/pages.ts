import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type Koa from 'koa';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The mini-program for browsers, as it was built. Everything is read once, at the start: what is not in the folder then can't be
 * asked for by any path. Serves nothing if it was not built. Responses are zipped for clients that accept it, since phone networks are slow.
 */
export function servePages(folder: string): Koa.Middleware {
  const files = new Map(existsSync(folder) ? filesIn(folder, '') : []);
  return async (ctx, next) => {
    const path = ctx.path === '/' ? '/index.html' : ctx.path;
    const file = ctx.method === 'GET' || ctx.method === 'HEAD' ? files.get(path) : undefined;
    if (!file) {
      await next();
      return;
    }
    ctx.state.route = '/';
    ctx.type = types[extname(path)] ?? 'application/octet-stream';
    // Names carry the hash of what is in them, but for the page that names the others.
    ctx.set('Cache-Control', path === '/index.html' ? 'no-cache' : 'public, max-age=31536000, immutable');
    ctx.vary('Accept-Encoding');
    if (ctx.acceptsEncodings('gzip', 'identity') === 'gzip') {
      ctx.set('Content-Encoding', 'gzip');
      ctx.body = file.zipped;
    } else ctx.body = file.plain;
  };
}

interface PageFile {
  plain: Buffer;
  zipped: Buffer;
}

function filesIn(folder: string, path: string): [string, PageFile][] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry): [string, PageFile][] => {
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) return filesIn(folder, below);
    const plain = readFileSync(join(folder, below));
    return [[below, { plain, zipped: gzipSync(plain) }]];
  });
}
