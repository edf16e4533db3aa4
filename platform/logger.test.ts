import { ApplicationFailure } from '@temporalio/common';
import { createLeakDetector } from '../test/leak-detector';
import { createLogger } from './logger';
import type { LogFields } from './logger';

const name = '欧阳测试';
const number = '110101190001010014';
const detector = createLeakDetector([name, number]);
const secret = `${name} ${number}`;

function openLog(level = 'debug') {
  const lines: string[] = [];
  const logger = createLogger({ level, name: 'api' }, { write: (line) => void lines.push(line) });
  return {
    logger,
    text: () => lines.join(''),
    parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

test('a line has time, level, name, event and the listed fields', () => {
  const { logger, parsed } = openLog();
  const fields: LogFields = {
    requestId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    route: '/api/journeys/:id/to-dos/:toDoId',
    method: 'POST',
    status: 202,
    durationMs: 12.34567,
    step: 'matter-face',
    command: 'startFace',
    code: 'not_allowed_now',
    journey: 'journey-0123456789abcdef0123456789abcdef',
    matter: 'matter-00000000000000000000000000000001',
    attempt: 2,
    retry: false,
  };
  logger.info('command_done', fields);
  expect(parsed()).toEqual([
    {
      ...fields,
      durationMs: 12.346,
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'info',
      name: 'api',
      event: 'command_done',
    },
  ]);
});

test('a URL is written without user, password, query and fragment', () => {
  const { logger, parsed } = openLog();
  logger.info('called', {
    url: `https://user:${number}@alipay.test:54321/gateway.do?name=${name}#${number}`,
  });
  expect(parsed()).toMatchObject([{ url: 'https://alipay.test:54321/gateway.do' }]);
});

test('lines below the level are not written', () => {
  const { logger, parsed } = openLog('warn');
  logger.info('quiet');
  logger.debug('quiet');
  logger.warn('written');
  logger.error('written');
  expect(parsed().map(({ level }) => level)).toEqual(['warn', 'error']);
});

test('a child adds its fields to every line, and the fields of a line take precedence', () => {
  const { logger, parsed } = openLog();
  const child = logger.child({ step: 'face', attempt: 1 }).child({ registry: 'beijing' });
  child.info('one');
  child.info('two', { attempt: 2 });
  expect(parsed()).toMatchObject([
    { event: 'one', step: 'face', attempt: 1, registry: 'beijing' },
    { event: 'two', step: 'face', attempt: 2, registry: 'beijing' },
  ]);
});

// TypeScript prevents most of these calls, but a cast or the object of a library can still cause them.
const unsafeFields: Record<string, unknown> = {
  'an unlisted field': { person: secret },
  'an unlisted nested object': { request: { body: { name, number } } },
  'a nested object in a listed field': { step: { name, number } },
  'a listed text field': { step: number, code: name, cause: secret, command: `x${number}` },
  'every field at once': Object.fromEntries(
    [
      'requestId',
      'route',
      'method',
      'status',
      'durationMs',
      'journey',
      'matter',
      'delivery',
      'url',
      'retry',
      'count',
      'port',
    ].map((field) => [field, secret]),
  ),
  'an id with a number in it': {
    requestId: number,
    delivery: number,
    journey: `journey-${number}`,
    matter: number,
  },
  'a path instead of a route': { route: `/api/persons/${number}`, url: `https://a.test/persons/${number}` },
  'a number': { status: Number(number), count: 110101190001, attempt: BigInt(number) },
  'a message of an error': { error: new Error(secret) },
  'a cause of an error': { error: new Error('outer', { cause: new Error('inner', { cause: secret }) }) },
  'a cause of a cause': {
    error: new Error('outer', { cause: new Error('inner', { cause: new Error(secret) }) }),
  },
  'a field of an error': {
    error: Object.assign(new Error('x'), {
      sql: `insert ${secret}`,
      code: secret,
      type: number,
      name: secret,
    }),
  },
  'a stack that holds an old message': {
    error: Object.assign(new Error('x'), { stack: `Error: ${secret}\n    at ${number} (/app/face.ts:1:1)` }),
  },
  'details of a failure': {
    error: ApplicationFailure.create({ message: secret, type: 'x', details: [secret] }),
  },
  'a thrown text': { error: secret },
  'a thrown object': { error: { message: secret, name } },
  'a toJSON': { toJSON: () => secret, error: { toJSON: () => secret } },
};

test.each(Object.entries(unsafeFields))('%s brings no personal value into a line', (_, fields) => {
  const { logger, text, parsed } = openLog();
  logger.error('failed', fields as LogFields);
  logger.child(fields as LogFields).error('failed');
  expect(parsed()).toHaveLength(2);
  expect(detector.search('log', text())).toEqual([]);
});

test('an event that is no code is not written', () => {
  const { logger, text, parsed } = openLog();
  logger.info(secret);
  logger.info(`face of ${name}`, {});
  expect(parsed().map(({ event }) => event)).toEqual(['unnamed_event', 'unnamed_event']);
  expect(detector.search('log', text())).toEqual([]);
});

test('a withheld value is marked as withheld', () => {
  const { logger, parsed } = openLog();
  logger.info('odd', { step: name, status: Infinity, count: NaN });
  expect(parsed()).toMatchObject([{ step: 'withheld', status: 'withheld', count: 'withheld' }]);
});

test('name, code and locations of an error and its causes are written', () => {
  const { logger, parsed } = openLog();
  const cause = Object.assign(new TypeError(secret), { code: 'ER_DUP_ENTRY' });
  logger.error('failed', {
    error: ApplicationFailure.create({ message: secret, type: 'vendor_unavailable', cause }),
  });
  expect(parsed()[0]?.error).toEqual({
    name: 'ApplicationFailure',
    code: 'vendor_unavailable',
    frames: expect.arrayContaining([expect.stringContaining('platform/logger.test.ts:')]),
    cause: {
      name: 'TypeError',
      code: 'ER_DUP_ENTRY',
      frames: expect.arrayContaining([expect.stringContaining('platform/logger.test.ts:')]),
    },
  });
});

test('an error that is its own cause is written with a limited depth', () => {
  const { logger, parsed } = openLog();
  const error = new Error('loop');
  error.cause = error;
  logger.error('failed', { error });
  expect(parsed()).toHaveLength(1);
});
