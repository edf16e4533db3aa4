import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAlipay } from '../alipay/alipay';
import { readAlipaySettings } from '../alipay/settings';
import { livingScopes } from '../db/clerks/sessions';
import { createWorklistFeed } from '../db/decisions/worklist-feed';
import { createJourneyWatch } from '../db/journeys/watch';
import { findAuthority } from '../db/matters/matters';
import { countVendorCalls } from '../db/maintenance/vendor-calls';
import { openStore } from '../db/store/store';
import { PROVIDER_SIGN_IN_MS } from '../domain/clerks';
import { documentTypesOf } from '../domain/documents';
import { readCertificates } from '../evidence/certificates';
import { noteVerifiers } from '../evidence/log/note';
import { readSigningKeys } from '../evidence/signing/signing-keys';
import { createCommandProofs } from '../platform/command-proof';
import { missingProtection, readConfigFromEnvironment } from '../platform/config';
import { ProviderError } from '../platform/identity-provider';
import { readKeyRing } from '../platform/key-ring';
import { createOpenidProvider } from '../platform/openid-provider';
import { createLogger } from '../platform/logger';
import { createMatterCommands } from '../platform/matter-commands';
import { readProvenance } from '../platform/provenance';
import { connectTemporal } from '../platform/temporal';
import { createVirusScanner } from '../platform/virus-scanner';
import { readRegistries } from '../registry/registries';
import { readLegalTexts } from '../texts/legal-texts';
import { createApp } from './app';
import { createJourneyCommands } from './journeys/commands';
import { createApiFigures } from './metrics/figures';
import { createApiServer } from './server';
import { readNationalDesk } from './support/national-desk';
import { readQrCode } from './support/qr-code';

/** The api: serves until it is told to stop, and finishes what it has begun. */
async function main(): Promise<void> {
  const config = readConfigFromEnvironment('api');
  const logger = createLogger({ ...config.log, name: 'api' });
  for (const code of missingProtection(config)) logger.warn(code);
  const read = (file: string) => readFileSync(file, 'utf8');
  const supportQrCode = readQrCode(config.support.qrFile);
  const nationalDesk = readNationalDesk(config.support.nationalDeskFile);
  const ring = readKeyRing(read(config.keys.file), config.env);
  const store = openStore(config.database, ring);
  const { connection, client } = await connectTemporal(config.temporal);
  const { taskQueue } = config.temporal;
  const { origin, publicKeysFile } = config.transparencyLog;
  const { timeStamp, signerCa } = config;
  const signingKeys = readSigningKeys(read(config.signingKeys.file), config.env);
  const logVerifiers = noteVerifiers(read(publicKeysFile), origin);
  const now = () => new Date();
  const leaving = new AbortController();
  const worklistFeed = createWorklistFeed(
    store.knex,
    (tokens) => livingScopes(store.knex, tokens, config.session, now()),
    now,
  );
  const figures = createApiFigures(store, { origin, stamps: timeStamp !== undefined }, now);
  const vendorCalls = countVendorCalls(store.knex, {
    now,
    failed: (error) => logger.warn('vendor_calls_not_counted', { error }),
  });
  const { publicUrl } = config.server;
  const identityProvider =
    config.identityProvider &&
    createOpenidProvider({
      ...config.identityProvider,
      clientSecret: read(config.identityProvider.secretFile).trim(),
      redirectUri: `${publicUrl}/console/provider`,
      signedOutUri: `${publicUrl}/console`,
      maxAgeSeconds: PROVIDER_SIGN_IN_MS / 1000,
    });
  // Clerks sign in with their passwords meanwhile; it is tried again when one wants to sign in there.
  identityProvider?.discover().catch((error: unknown) => {
    logger.warn('identity_provider_unusable', {
      code: error instanceof ProviderError ? error.detail : 'unexpected',
    });
  });
  const app = createApp({
    store,
    alipay: createAlipay(readAlipaySettings(config.alipay, read), (call) => {
      vendorCalls.count(call);
      figures.vendorCall(call);
    }),
    journeyWatch: createJourneyWatch(store.knex),
    worklistFeed,
    registries: readRegistries(read(config.registries.file), config.env),
    pseudonyms: store.pseudonyms,
    journeys: figures.counting(createJourneyCommands(client, taskQueue, createCommandProofs(ring))),
    matters: createMatterCommands(client, taskQueue, (matter) => findAuthority(store.knex, matter)),
    leaving: leaving.signal,
    async isTemporalUp() {
      try {
        await connection.withDeadline(Date.now() + 1_000, () => connection.workflowService.getSystemInfo({}));
        return true;
      } catch {
        return false;
      }
    },
    legalTexts: readLegalTexts(),
    signingKeys,
    logger,
    figures,
    ...(config.virusScanner && { virusScanner: createVirusScanner(config.virusScanner) }),
    metricsToken: config.metrics.token,
    attemptLimits: config.attempts,
    signaturePerRole: config.signaturePerRole,
    carryOverDays: config.carryOverDays,
    authorizedIdentity: config.alipay.authorizedIdentity,
    faceDocuments: documentTypesOf(config.alipay.faceDocuments),
    sessionLimits: config.session,
    identityProvider,
    rate: config.rate,
    trustedProxies: config.proxies.trusted ?? [],
    supportQrCode,
    nationalDesk,
    messageTemplates: config.alipay.confirmedTemplate === undefined ? [] : [config.alipay.confirmedTemplate],
    temporalUi: config.temporalUi,
    h5AuthorizeUrl: config.h5.authorizeUrl,
    // Beside dist/, in which this file lies once it is compiled.
    pagesFolder: join(__dirname, '../../miniapp/dist/h5'),
    consoleFolder: join(__dirname, '../../console/dist/pages'),
    transparencyLog: { origin, verifierKeys: logVerifiers.map(({ verifierKey }) => verifierKey) },
    trust: {
      keys: signingKeys,
      logVerifiers,
      ...(timeStamp && {
        timeStamp: { roots: readCertificates(read(timeStamp.rootsFile)), policy: timeStamp.policy },
      }),
      ...(signerCa && { signerRoots: readCertificates(read(signerCa.rootsFile)) }),
    },
    publicUrl,
    now,
  });
  const server = createApiServer(app, logger, leaving.signal);
  server.listen(config.server.port, config.server.host, () => {
    logger.info('api_ready', {
      port: (server.address() as AddressInfo).port,
      ...readProvenance(join(__dirname, '..')),
    });
  });
  const end = () => {
    server.close(() => {
      void vendorCalls
        .stop()
        .then(() => Promise.all([store.close(), connection.close()]))
        .then(() => logger.info('api_stopped'));
    });
    worklistFeed.end();
    server.closeIdleConnections();
  };
  // The balancer still sends requests until it has asked /health/serving again.
  const stop = () => {
    if (leaving.signal.aborted) return;
    leaving.abort();
    logger.info('api_leaving');
    setTimeout(end, config.drain.seconds * 1_000);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

void main();
