import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import type Koa from 'koa';
import { z } from 'zod';
import { COOKIE, CSRF_HEADER } from './clerk/session-cookie';
import { IDEMPOTENCY_KEY } from './request-context';
import type { Audience, Route } from './define-route';
import { statusOf } from './errors';
import type { ErrorCode } from './errors';
import { errorsOf } from './declared-errors';
import { mayGrow } from './extensible';
import { acknowledgementSchema, callbacks } from './registry/callbacks';

/**
 * Version of the interface (Semantic Versioning), in no path: what stands here is changed only in compatible ways
 * (docs/registration-systems.md).
 */
const API_VERSION = '1.0.0';

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

const issueSchema = z.strictObject({
  path: z.string(),
  code: z.string(),
  expected: z
    .string()
    .optional()
    .describe('where a signature is wrong: the form or the bound that holds there'),
});

/** An answer that refuses, by one of these codes. */
const refusalSchema = (
  codes: readonly [ErrorCode, ...ErrorCode[]],
  errorExtras: Record<string, z.ZodType> = {},
) =>
  z.strictObject({
    error: z.strictObject({
      code: mayGrow(codes),
      message: z.string().describe('for people, Chinese: what happened, and what to do next'),
      requestId: z.uuid(),
      detail: z.string().optional(),
      issues: z.array(issueSchema).optional(),
    }),
    ...Object.fromEntries(Object.entries(errorExtras).map(([name, schema]) => [name, schema.optional()])),
  });

/** Everything that a route answers with, refusals included. */
function responsesOf(route: Route) {
  const errors = errorsOf(route);
  const statuses = new Set([...Object.keys(route.responses).map(Number), ...errors.map(statusOf)]);
  return Object.fromEntries(
    [...statuses]
      .sort((one, other) => one - other)
      .map((status) => {
        const { description, schema, mediaType } = route.responses[status] ?? {};
        const codes = errors.filter((code) => statusOf(code) === status);
        const text = [description, ...codes.map((code) => `\`${code}\``)].filter(Boolean).join(', ');
        const [code, ...others] = codes;
        const refusal = code && refusalSchema([code, ...others], route.errorExtras?.[status]);
        const json = schema && refusal ? z.union([schema, refusal]) : (schema ?? refusal);
        const binary = { schema: { type: 'string' as const, format: 'binary' } };
        const content = {
          ...(json && { 'application/json': { schema: json } }),
          ...(mediaType && { [mediaType]: binary }),
        };
        return [status, { description: text, ...(Object.keys(content).length > 0 && { content }) }];
      }),
  );
}

function contentOf({ mediaTypes }: Route, body: z.ZodType) {
  const binary = { schema: { type: 'string' as const, format: 'binary' } };
  return mediaTypes
    ? Object.fromEntries(mediaTypes.map((type) => [type, binary]))
    : { 'application/json': { schema: body } };
}

type SecurityScheme = Parameters<OpenAPIRegistry['registerComponent']>[2];

const securitySchemes: Readonly<Record<string, SecurityScheme>> = {
  session: { type: 'http', scheme: 'bearer' },
  operatorToken: { type: 'http', scheme: 'bearer' },
  messageSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'Signature',
    description: 'HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530)',
  },
  clerkSession: { type: 'apiKey', in: 'cookie', name: COOKIE },
  csrfToken: { type: 'apiKey', in: 'header', name: CSRF_HEADER },
};

/** Callbacks go to the address that is configured for the registration system. */
function registerCallbacks(registry: OpenAPIRegistry): void {
  for (const { event, summary, schema } of Object.values(callbacks)) {
    registry.registerWebhook({
      method: 'post',
      path: event,
      summary,
      tags: ['registration-system'],
      security: [{ messageSignature: [] }],
      request: { body: { required: true, content: { 'application/json': { schema } } } },
      responses: {
        200: {
          description:
            'Acknowledged. After any other response the callback is repeated, with the same deliveryId',
          content: { 'application/json': { schema: acknowledgementSchema } },
        },
      },
    });
  }
}

/** The description of the api, drawn from the same list of routes that serves it. */
export function describeApi(routes: readonly Route[]): object {
  const registry = new OpenAPIRegistry();
  for (const [name, scheme] of Object.entries(securitySchemes)) {
    registry.registerComponent('securitySchemes', name, scheme);
  }
  if (routes.some(({ audience }) => audience === 'registration-system')) registerCallbacks(registry);
  for (const route of routes) {
    const scheme = security[route.audience];
    const isChangedByClerk = route.audience === 'clerk' && route.method !== 'get';
    const key = z.object({
      'Idempotency-Key': z.string().regex(IDEMPOTENCY_KEY).describe('the same command carries the same key'),
    });
    registry.registerPath({
      method: route.method,
      path: route.path.replaceAll(/[:*](\w+)/g, '{$1}'),
      summary: route.summary,
      tags: [route.audience],
      ...(scheme && { security: [{ [scheme]: [], ...(isChangedByClerk && { csrfToken: [] }) }] }),
      request: {
        ...(route.params && { params: route.params as z.ZodObject }),
        ...(route.query && { query: route.query as z.ZodObject }),
        ...(route.idempotent && { headers: key }),
        ...(route.body && {
          body: {
            required: !route.body.safeParse({}).success,
            content: contentOf(route, route.body),
          },
        }),
      },
      responses: responsesOf(route),
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: '登记注册身份验证 · Registration identity check', version: API_VERSION },
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
  // Made when it is first read: it takes a third of a second, which the api's start and most tests can do without.
  let description: object | undefined;
  return async (ctx, next) => {
    const [, file] = /^\/docs(?:\/([\w.-]*))?$/.exec(ctx.path) ?? [];
    if (ctx.method !== 'GET' || !/^\/docs(\/|$)/.test(ctx.path)) await next();
    else if (!file) [ctx.type, ctx.body] = ['text/html', page];
    else if (file === 'start.js') [ctx.type, ctx.body] = ['text/javascript', start];
    else if (file === 'openapi.json') ctx.body = description ??= describeApi(routes);
    else if (Object.hasOwn(assets, file)) {
      [ctx.type, ctx.body] = [assets[file] ?? '', createReadStream(join(folder, file))];
    } else await next();
  };
}
