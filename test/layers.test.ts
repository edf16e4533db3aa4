import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const IMPORTS = '@typescript-eslint/no-restricted-imports';

// One line each: the file it is said to stand in, the text, the rules it breaks.
type Case = [file: string, text: string, ...broken: string[]];

function value(from: string): string {
  return `import { it } from '${from}';\nexport const used = it;\n`;
}

function type(from: string): string {
  return `import type { It } from '${from}';\nexport type Used = It;\n`;
}

function values(file: string, allowed: string[], forbidden: string[]): Case[] {
  return [
    ...allowed.map((from): Case => [file, value(from)]),
    ...forbidden.map((from): Case => [file, value(from), IMPORTS]),
  ];
}

function types(file: string, allowed: string[], forbidden: string[]): Case[] {
  return [
    ...allowed.map((from): Case => [file, type(from)]),
    ...forbidden.map((from): Case => [file, type(from), IMPORTS]),
  ];
}

const inner = ['../db/knex', '../alipay/gateway', '../registry/callbacks', '../platform/logger'];

const cases: Case[] = [
  ...values('domain/steps.ts', ['./roles'], ['zod', 'node:crypto', '../workflows/contract', ...inner]),
  ...types('domain/steps.ts', ['./roles'], ['zod', '../db/knex']),

  ...values(
    'workflows/journey.ts',
    ['./inbox', '../domain/steps', '@temporalio/workflow', '@temporalio/common'],
    ['../activities/index', '../api/app', '@temporalio/client', 'node:crypto', 'crypto', 'zod', ...inner],
  ),
  ...types('workflows/journey.ts', ['../activities/index', '@temporalio/client'], ['../api/app', ...inner]),

  ...values(
    'activities/face.ts',
    ['../domain/steps', 'zod', 'node:crypto', ...inner],
    ['../workflows/contract', '../api/app', '../sandbox/gateway', '../worker'],
  ),
  ...types('activities/face.ts', [], ['../workflows/contract', '../api/app']),

  ...values(
    'api/matters/routes.ts',
    ['../app', '../../workflows/contract', '../../domain/steps', 'koa', '../../db/knex'],
    ['../../workflows/journey', '../../activities/index', '../../sandbox/gateway', '../main', '../../worker'],
  ),
  ...types('api/matters/routes.ts', ['../../workflows/journey'], ['../../activities/index']),

  ...values(
    'db/matters/matters.ts',
    ['../../domain/limits', '../../platform/encryption', 'knex'],
    ['../../api/app', '../../alipay/gateway', '../../texts/user-messages'],
  ),
  ...types('db/matters/matters.ts', ['../../domain/steps'], ['../../api/app', '../../activities/index']),

  ...values(
    'evidence/documents/fonts.ts',
    ['../../domain/limits', '../../platform/secrets', 'fontkit'],
    ['../../db/knex', '../../activities/index', '../../api/app', '../../texts/user-messages'],
  ),
  ...types('evidence/documents/fonts.ts', ['../../domain/steps'], ['../../db/knex']),
  ...values(
    'evidence/log/tree.ts',
    ['../../domain/limits', '../../platform/secrets', 'node:crypto'],
    ['../../db/log/hashes', '../../api/app', '../../registry/callback', '../../texts/user-messages'],
  ),
  ...values('db/log/hashes.ts', ['../../evidence/log/proofs'], ['../../activities/index']),
  ...values('registry/callbacks.ts', [], ['../evidence/log/checkpoint']),

  ...values(
    'platform/logger.ts',
    ['pino', './config', '../workflows/contract'],
    ['../domain/steps', '../db/knex', '../workflows/journey'],
  ),
  ...types('platform/logger.ts', ['../domain/steps'], ['../db/knex']),

  ...values(
    'alipay/gateway.ts',
    ['alipay-sdk', '../domain/shanghai-time'],
    ['../platform/logger', '../sandbox/gateway'],
  ),
  ...types('alipay/gateway.ts', ['../domain/steps'], ['../platform/config', '../registry/callbacks']),

  ...values('registry/callbacks.ts', ['zod'], ['../domain/steps', '../platform/logger', '../alipay/gateway']),
  ...types('registry/callbacks.ts', ['../domain/steps'], ['../platform/config']),

  ...values(
    'evidence/signing/jws.ts',
    ['pkijs', 'node:crypto', '../../domain/evidence', '../../platform/public-text', '../certificates'],
    ['../../db/evidence/seals', '../../activities/evidence', '../../api/app', '../../sandbox/serve'],
  ),
  ...values('activities/evidence.ts', ['../evidence/signing/jws'], []),

  ...values('sandbox/gateway.ts', ['koa', 'node:crypto'], [...inner, '../evidence/signing/jws']),
  ...types('sandbox/gateway.ts', [], inner),

  ...values(
    'registry-client/src/client.ts',
    ['./signature', 'node:crypto'],
    ['../../registry/callback', '../../domain/roles'],
  ),
  ...types('registry-client/src/client.ts', ['./api-types'], ['../../domain/roles', '../../api/app']),

  // Composition roots may import everything, and tests too.
  ...values('worker.ts', ['./activities/index', './platform/config', './alipay/gateway'], []),
  ...values('api/main.ts', ['../alipay/gateway', './app'], []),
  ...values(
    'activities/face.test.ts',
    ['../sandbox/gateway', '../test/setup/database'],
    ['node:timers/promises'],
  ),

  ['scripts/demo.mjs', value('../test/drivers/phone.mjs')],
  ['scripts/demo.mjs', value('../test/setup/keys'), 'no-restricted-imports'],
  ['scripts/demo.mjs', value('../bench/figures.mjs'), 'no-restricted-imports'],

  ['domain/steps.ts', "export const it = await import('../db/knex');\n", 'no-restricted-syntax'],
  ['api/app.ts', "export const port = process.env['PORT'];\n", 'no-restricted-properties'],
  ['api/app.ts', 'export const { PORT } = process.env;\n', 'no-restricted-properties'],
  ['platform/logger.ts', "import { env } from 'node:process';\nexport const port = env.PORT;\n", IMPORTS],
  ['platform/config.ts', 'export const port = process.env.PORT;\n'],
  ['workflows/journey.ts', "console.log('here');\n", 'no-console'],
  ['worker.ts', "console.log('here');\n", 'no-console'],
  ['sandbox/gateway.ts', "console.log('here');\n"],
  ['domain/steps.ts', 'export default 1;\n', 'no-restricted-exports'],
  ['domain/steps.test.ts', "it.skip('works', () => undefined);\n", 'no-restricted-syntax'],
  ['domain/steps.test.ts', "it.only('works', () => undefined);\n", 'no-restricted-syntax'],
  ['domain/steps.test.ts', "jest.mock('../db/knex');\n", 'no-restricted-syntax'],
  ['domain/steps.test.ts', 'setTimeout(() => undefined, 10);\n', 'no-restricted-globals'],
];

describe('the layer rules', () => {
  const snippets = cases.map(([file, text]) => ({ file, text }));
  const found = JSON.parse(
    execFileSync(process.execPath, [join(__dirname, 'setup/lint-snippets.mjs')], {
      input: JSON.stringify(snippets),
      encoding: 'utf8',
    }),
  ) as string[][];

  it.each(
    cases.map(([file, text, ...broken], index) => ({ file, line: text.split('\n')[0], broken, index })),
  )('$file: $line → $broken', ({ broken, index }) => {
    expect(found[index]).toEqual(broken);
  });
});
