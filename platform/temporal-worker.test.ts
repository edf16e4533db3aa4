import { Runtime } from '@temporalio/worker';
import { createLeakDetector } from '../test/leak-detector';
import { createLogger } from './logger';
import { installTemporalRuntime, temporalLogger } from './temporal-worker';
import { freeLoopbackPort } from './worker-metrics';

const name = '欧阳测试';
const number = '110101190001010014';
const detector = createLeakDetector([name, number]);
const secret = `${name} ${number}`;

function openLog() {
  const lines: string[] = [];
  const logger = createLogger({ level: 'debug', name: 'worker' }, { write: (line) => void lines.push(line) });
  return {
    logger,
    text: () => lines.join(''),
    parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

test('messages of the SDK become events, and its metadata becomes our fields', () => {
  const { logger, parsed } = openLog();
  const journey = 'journey-0123456789abcdef0123456789abcdef';
  temporalLogger(logger).warn('Activity failed', {
    sdkComponent: 'worker',
    activityType: 'checkFace',
    workflowType: 'journey',
    workflowId: journey,
    taskQueue: 'registration-identity',
    attempt: 3,
    durationMs: 12,
    error: Object.assign(new Error(secret), { code: 'vendor_unavailable' }),
  });
  expect(parsed()).toMatchObject([
    {
      level: 'warn',
      event: 'activity_failed',
      activity: 'checkFace',
      workflow: 'journey',
      journey,
      taskQueue: 'registration-identity',
      attempt: 3,
      durationMs: 12,
      error: { name: 'Error', code: 'vendor_unavailable' },
    },
  ]);
});

test('a state of the worker and an event of a workflow are written', () => {
  const { logger, parsed } = openLog();
  const matter = 'matter-0123456789abcdef0123456789abcdef';
  temporalLogger(logger).info('Worker state changed', { sdkComponent: 'worker', state: 'RUNNING' });
  temporalLogger(logger).info('matter_sealed', { sdkComponent: 'workflow', workflowId: matter });
  expect(parsed()).toMatchObject([
    { event: 'worker_state_changed', state: 'running' },
    { event: 'matter_sealed', matter },
  ]);
});

test('no personal value passes in a message, in metadata or in a failure', () => {
  const { logger, text, parsed } = openLog();
  const sdk = temporalLogger(logger);
  sdk.error(`Error while processing ActivityTask.start: ${secret}`, { sdkComponent: 'worker' });
  sdk.error(secret, {
    sdkComponent: secret,
    workflowId: secret,
    activityType: secret,
    state: secret,
    input: [secret],
  });
  sdk.warn('Workflow failed', {
    error: new Error(secret, { cause: new Error(secret) }),
    [Symbol('x')]: secret,
  });
  sdk.info('Activity completed', { error: secret, result: { name }, workflowId: `matter-${number}` });
  expect(parsed().map(({ event }) => event)).toEqual([
    'temporal_worker',
    'temporal',
    'workflow_failed',
    'activity_completed',
  ]);
  expect(detector.search('log', text())).toEqual([]);
});

test('the installed runtime logs to our logger and exports its metrics on the loopback', async () => {
  const { logger, text, parsed } = openLog();
  const port = await freeLoopbackPort();
  installTemporalRuntime(logger, port);
  Runtime.instance().metricMeter.createCounter('counted').add(1);
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(await response.text()).toMatch(/^counted\b.* 1$/m);
  Runtime.instance().logger.error('Worker failed', { sdkComponent: 'worker', error: new Error(secret) });
  Runtime.instance().flushLogs();
  expect(parsed()).toMatchObject([{ level: 'error', event: 'worker_failed' }]);
  expect(detector.search('log', text())).toEqual([]);
  await Runtime.instance().shutdown();
});
