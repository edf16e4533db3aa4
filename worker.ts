import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { createActivities } from './activities';
import { repairKinds } from './activities/dependencies';
import { keepLog } from './activities/transparency-log';
import type { Sealing } from './activities/evidence';
import { createAlipay } from './alipay/alipay';
import { readAlipaySettings } from './alipay/settings';
import { findCheckpoint } from './db/log/checkpoints';
import { inconsistencies } from './db/log/inconsistency';
import { countVendorCalls } from './db/maintenance/vendor-calls';
import { findAuthority } from './db/matters/matters';
import { openStore } from './db/store/store';
import { documentTypesOf } from './domain/documents';
import { COMPARISON_INTERVAL_MS, SWEEP_INTERVAL_MS } from './domain/limits';
import { calledBackEvents } from './domain/matter-states';
import { drawInThread } from './evidence/documents/draw-in-thread';
import { noteSigners } from './evidence/log/note';
import { readCertificates } from './evidence/certificates';
import { createSignerAuthority } from './evidence/signer/signer-authority';
import { createKeySigner } from './evidence/signing/key-signer';
import { readSigningKeys } from './evidence/signing/signing-keys';
import { createTimeStamper } from './evidence/time-stamp/authority';
import { createCommandProofs } from './platform/command-proof';
import { missingProtection, readConfigFromEnvironment } from './platform/config';
import type { ConfigOf } from './platform/config-groups';
import { readKeyRing } from './platform/key-ring';
import { createLogger } from './platform/logger';
import { createMatterCommands } from './platform/matter-commands';
import { readProvenance } from './platform/provenance';
import { retried } from './platform/retried';
import { connectTemporal, isRunning, keepSchedule } from './platform/temporal';
import { connectTemporalWorker, installTemporalRuntime, workerOptions } from './platform/temporal-worker';
import { createWorkerMetrics, freeLoopbackPort, serveWorkerMetrics } from './platform/worker-metrics';
import { createCallbackSender } from './registry/callback';
import { readRegistries } from './registry/registries';
import { workflowTypes } from './workflows/contract';

const CALLBACK_TIMEOUT_MS = 10_000;
const AUTHORITY_TIMEOUT_MS = 10_000;
const SCHEDULES_RETRY_MS = 10_000;

/** The worker: runs the workflows of the bundle that was built, and the only process that calls vendors. */
async function main(): Promise<void> {
  const config = readConfigFromEnvironment('worker');
  const logger = createLogger({ ...config.log, name: 'worker' });
  for (const code of missingProtection(config)) logger.warn(code);
  const { port, token } = config.workerMetrics;
  const sdkPort = port > 0 ? await freeLoopbackPort() : undefined;
  installTemporalRuntime(logger, sdkPort);
  const read = (file: string) => readFileSync(file, 'utf8');
  const ring = readKeyRing(read(config.keys.file), config.env);
  const proofs = createCommandProofs(ring);
  const store = openStore(config.database, ring);
  const { connection, client } = await connectTemporal(config.temporal);
  const workerConnection = await connectTemporalWorker(config.temporal);
  const { namespace, taskQueue } = config.temporal;
  const figures = createWorkerMetrics({
    repairs: repairKinds,
    refusals: inconsistencies,
    events: calledBackEvents,
  });
  const { origin, signingKeyFile, timeStampSeconds } = config.logKeeping;
  const sealing = sealingOf(config, read);
  const vendorCalls = countVendorCalls(store.knex, {
    now: () => new Date(),
    failed: (error) => logger.warn('vendor_calls_not_counted', { error }),
  });
  const activities = createActivities({
    store,
    proofs,
    alipay: createAlipay(readAlipaySettings(config.alipay, read), (call) => {
      vendorCalls.count(call);
      figures.vendorCall(call);
    }),
    registries: readRegistries(read(config.registries.file), config.env),
    callbacks: createCallbackSender({
      keyId: config.callbacks.keyId,
      privateKey: read(config.callbacks.keyFile),
      timeoutMs: CALLBACK_TIMEOUT_MS,
      newestCheckpoint: async () => (await findCheckpoint(store.knex, origin))?.note,
    }),
    sealing,
    documents: { draw: drawInThread(), publicUrl: config.server.publicUrl },
    attemptLimits: config.attempts,
    flagLimits: config.flags,
    kept: config.kept,
    storedFacesWarning: config.storedFacesWarning,
    faceDocuments: documentTypesOf(config.alipay.faceDocuments),
    faceFailReasons: config.alipay.faceFailReasons,
    bankCardReasons: config.alipay.bankCardReasons,
    faceReturnUrl: config.alipay.faceReturnUrl,
    confirmedTemplate: config.alipay.confirmedTemplate,
    reevaluate: createMatterCommands(client, taskQueue, (matter) => findAuthority(store.knex, matter))
      .reevaluate,
    isRunning: (workflowId) => isRunning(client, workflowId),
    countRepair: figures.countRepair,
    acknowledged: figures.acknowledged,
    logger,
    now: () => new Date(),
  });
  const worker = await Worker.create({
    ...workerOptions(proofs),
    connection: workerConnection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: join(__dirname, 'workflow-bundle.js') },
    activities,
  });
  const keepSchedules = async () => {
    const { retention, sweep } = workflowTypes;
    await keepSchedule(client, { workflowType: retention, taskQueue, everyMs: SWEEP_INTERVAL_MS });
    await keepSchedule(client, { workflowType: sweep, taskQueue, everyMs: COMPARISON_INTERVAL_MS });
  };
  // Journeys do not need them, and Temporal takes none while one of its parts is away.
  const schedules = retried(keepSchedules, {
    everyMs: SCHEDULES_RETRY_MS,
    failed: (error) => logger.warn('schedules_not_kept', { error }),
  });
  const metrics =
    sdkPort !== undefined && token !== undefined
      ? await serveWorkerMetrics({
          host: config.server.host,
          port,
          token,
          sdkPort,
          registry: figures.registry,
        })
      : undefined;
  const log = keepLog({
    store,
    identity: { origin, signers: noteSigners(read(signingKeyFile), origin) },
    ...(sealing.timeStamper && { timeStamper: sealing.timeStamper }),
    timeStampSeconds,
    countRefusal: figures.countLogRefusal,
    logger,
    now: () => new Date(),
  });
  const running = worker.run();
  logger.info('worker_ready', { taskQueue, ...readProvenance(__dirname) });
  // Ends after SIGTERM or SIGINT, once what was begun is finished.
  await running;
  await schedules.stop();
  await log.stop();
  await vendorCalls.stop();
  metrics?.close();
  metrics?.closeAllConnections();
  await workerConnection.close();
  await connection.close();
  await store.close();
  logger.info('worker_stopped');
}

/** With what evidence is sealed. */
function sealingOf(config: ConfigOf<'worker'>, read: (file: string) => string): Sealing {
  const keys = readSigningKeys(read(config.signingKeys.file), config.env);
  const signer = createKeySigner(read(config.signingKey.file), keys);
  const { timeStamp, signerCa } = config;
  const common = { timeoutMs: AUTHORITY_TIMEOUT_MS, now: () => new Date() };
  return {
    keys,
    signer,
    ...(timeStamp && {
      timeStamper: createTimeStamper({
        ...{ ...common, url: timeStamp.url, policy: timeStamp.policy },
        roots: readCertificates(read(timeStamp.rootsFile)),
      }),
    }),
    ...(signerCa && {
      signerAuthority: createSignerAuthority({
        ...{ ...common, url: signerCa.url, signer },
        roots: readCertificates(read(signerCa.rootsFile)),
      }),
    }),
  };
}

void main();
