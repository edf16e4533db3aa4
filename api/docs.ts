import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import type Koa from 'koa';
import { z } from 'zod';
import { COOKIE, CSRF_HEADER } from './clerk/session-cookie';
import type { Audience, Route } from './define-route';

const security: Record<Audience, string | undefined> = {
  public: undefined,
  visitor: undefined,
  'mini-app': 'session',
  'journey-holder': 'session',
  'registration-system': 'messageSignature',
  operator: 'operatorToken',
  'clerk-visitor': undefined,
  clerk: 'clerkSession',
};

const errorSchema = z
  .strictObject({
    error: z.strictObject({
      code: z.string(),
      message: z.string().describe('for people, Chinese'),
      requestId: z.uuid(),
      detail: z.string().optional(),
      issues: z.array(z.strictObject({ path: z.string(), code: z.string() })).optional(),
    }),
  })
  .meta({ id: 'Error' });

/** The description of the api, drawn from the same list of routes that serves it. */
export function describeApi(routes: readonly Route[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'operatorToken', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'messageSignature', {
    type: 'apiKey',
    in: 'header',
    name: 'Signature',
    description: 'HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530)',
  });
  registry.registerComponent('securitySchemes', 'clerkSession', {
    type: 'apiKey',
    in: 'cookie',
    name: COOKIE,
  });
  registry.registerComponent('securitySchemes', 'csrfToken', {
    type: 'apiKey',
    in: 'header',
    name: CSRF_HEADER,
  });
  for (const route of routes) {
    const scheme = security[route.audience];
    const isChangedByClerk = route.audience === 'clerk' && route.method !== 'get';
    const key = z.object({
      'Idempotency-Key': z.string().min(1).max(200).describe('the same tap carries the same key'),
    });
    registry.registerPath({
      method: route.method,
      path: route.path.replaceAll(/:([A-Za-z]+)/g, '{$1}'),
      summary: route.summary,
      tags: [route.audience],
      ...(scheme && { security: [{ [scheme]: [], ...(isChangedByClerk && { csrfToken: [] }) }] }),
      request: {
        ...(route.params && { params: route.params as z.ZodObject }),
        ...(route.query && { query: route.query as z.ZodObject }),
        ...(route.idempotent && { headers: key }),
        ...(route.body && { body: { content: { 'application/json': { schema: route.body } } } }),
      },
      responses: {
        ...Object.fromEntries(
          Object.entries(route.answers).map(([status, { description, schema, mediaType }]) => [
            status,
            {
              description,
              ...(schema && { content: { 'application/json': { schema } } }),
              ...(mediaType && {
                content: { [mediaType]: { schema: { type: 'string', format: 'binary' } } },
              }),
            },
          ]),
        ),
        default: {
          description: 'What is wrong, and what to do next',
          content: { 'application/json': { schema: errorSchema } },
        },
      },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: '登记注册身份验证 · Registration identity check', version: '1' },
  });
}

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;

const start = `window.SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#swagger-ui' });`;

const folder = dirname(require.resolve('swagger-ui-dist/package.json'));

const assets: Record<string, string> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
};

/** A page to read the description at `/docs`. */
export function docsOf(routes: readonly Route[]): Koa.Middleware {
  const description = describeApi(routes);
  return async (ctx, next) => {
    const [, file] = /^\/docs(?:\/([\w.-]*))?$/.exec(ctx.path) ?? [];
    if (ctx.method !== 'GET' || !/^\/docs(\/|$)/.test(ctx.path)) await next();
    else if (!file) [ctx.type, ctx.body] = ['text/html', page];
    else if (file === 'start.js') [ctx.type, ctx.body] = ['text/javascript', start];
    else if (file === 'openapi.json') ctx.body = description;
    else if (Object.hasOwn(assets, file)) {
      [ctx.type, ctx.body] = [assets[file] ?? '', createReadStream(join(folder, file))];
    } else await next();
  };
}
