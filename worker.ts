import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { createActivities } from './activities';
import { createAlipay } from './alipay/alipay';
import { readAlipaySettings } from './alipay/settings';
import { openStore } from './db/store';
import { documentTypesOf } from './domain/documents';
import { SWEPT_EVERY_MS } from './domain/limits';
import { readConfigFromEnvironment } from './platform/config';
import { createEncryption } from './platform/encryption';
import { readKeyRing } from './platform/key-ring';
import { createLogger } from './platform/logger';
import { connectTemporal, keepSchedule, WORKFLOW_TASK_TIMEOUT } from './platform/temporal';
import {
  connectTemporalWorker,
  installTemporalRuntime,
  namedWorkerOptions,
} from './platform/temporal-worker';
import { freeLoopbackPort, serveWorkerMetrics } from './platform/worker-metrics';
import { createCallbackSender } from './registry/callback';
import { readRegistries } from './registry/registries';
import { lookAgain, workflowTypes } from './workflows/contract';

const CALLBACK_TIMEOUT_MS = 10_000;

/** The worker: runs the workflows of the bundle that was built, and the only process that calls vendors. */
async function main(): Promise<void> {
  const config = readConfigFromEnvironment();
  const logger = createLogger({ ...config.log, name: 'worker' });
  const { port, token } = config.metrics;
  const sdkPort = port > 0 ? await freeLoopbackPort() : undefined;
  installTemporalRuntime(logger, sdkPort);
  const read = (file: string) => readFileSync(file, 'utf8');
  const store = openStore(config.database, createEncryption(readKeyRing(read(config.keys.file), config.env)));
  const { connection, client } = await connectTemporal(config.temporal);
  const workerConnection = await connectTemporalWorker(config.temporal);
  const { namespace, taskQueue } = config.temporal;
  const activities = createActivities({
    store,
    alipay: createAlipay(readAlipaySettings(config.alipay, read)),
    registries: readRegistries(read(config.registry.file), config.env),
    callbacks: createCallbackSender({
      keyId: config.registry.signingKeyId,
      privateKey: read(config.registry.signingKeyFile),
      timeoutMs: CALLBACK_TIMEOUT_MS,
    }),
    attemptLimits: config.attempts,
    flagLimits: config.flags,
    faceDocuments: documentTypesOf(config.alipay.faceDocuments),
    faceFailReasons: config.alipay.faceFailReasons,
    bankCardReasons: config.alipay.bankCardReasons,
    faceReturnUrl: config.alipay.faceReturnUrl,
    confirmedTemplate: config.alipay.confirmedTemplate,
    async lookAgain(matter) {
      await client.workflow.signalWithStart(workflowTypes.matter, {
        workflowId: matter,
        taskQueue,
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
        args: [],
        signal: lookAgain,
        signalArgs: [],
      });
    },
    logger,
    now: () => new Date(),
  });
  const worker = await Worker.create({
    ...namedWorkerOptions,
    connection: workerConnection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: join(__dirname, 'workflow-bundle.js') },
    activities,
  });
  await keepSchedule(client, { workflowType: workflowTypes.retention, taskQueue, everyMs: SWEPT_EVERY_MS });
  const metrics =
    sdkPort !== undefined && token !== undefined
      ? await serveWorkerMetrics({ host: config.server.host, port, token, sdkPort })
      : undefined;
  const running = worker.run();
  logger.info('worker_ready', { taskQueue });
  // Ends after SIGTERM or SIGINT, once what was begun is finished.
  await running;
  metrics?.close();
  metrics?.closeAllConnections();
  await workerConnection.close();
  await connection.close();
  await store.close();
  logger.info('worker_stopped');
}

void main();
