import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { startAlipaySandbox } from './alipay/server';
import { startRegistrySandbox } from './registry/server';
import { startSignerCaSandbox } from './signer-ca/server';
import { startTimeStampingSandbox } from './time-stamping/server';
import { startVirusScannerSandbox } from './virus-scanner/server';

const listening = { host: z.string(), port: z.number().int() };
const address = { ...listening, publicUrl: z.string() };
const authority = z.strictObject({ certificate: z.string(), key: z.string() });

const settingsSchema = z.strictObject({
  alipay: z.strictObject({
    ...address,
    appId: z.string(),
    appPublicKeyFile: z.string().optional(),
    certificates: z
      .strictObject({ appFile: z.string(), alipayFile: z.string(), rootFile: z.string() })
      .optional(),
    gatewayPrivateKeyFile: z.string(),
    personsFile: z.string(),
    stateFile: z.string(),
  }),
  registry: z.strictObject({
    ...address,
    apiUrl: z.string(),
    systemId: z.string(),
    keyId: z.string(),
    privateKeyFile: z.string(),
    callbackKeyId: z.string(),
    callbackPublicKeyFile: z.string(),
    samplesDir: z.string(),
    stateFile: z.string(),
  }),
  timeStamping: z.strictObject({ ...listening, configFile: z.string() }).optional(),
  signerCa: z
    .strictObject({ ...listening, authority, otherAuthority: authority, signingKeysFile: z.string() })
    .optional(),
  virusScanner: z.strictObject(listening).optional(),
});

/**
 * `node dist/sandbox/main.js <settings.json>`: replaces Alipay, a registration system, the authorities that seal evidence and a
 * virus scanner on a local machine.
 */
async function main(): Promise<void> {
  const settings = settingsSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
  const { alipay, registry, timeStamping, signerCa, virusScanner } = settings;
  const servers = [
    await startAlipaySandbox(alipay),
    await startRegistrySandbox(registry),
    ...(timeStamping ? [await startTimeStampingSandbox(timeStamping)] : []),
    ...(signerCa ? [await startSignerCaSandbox(signerCa)] : []),
    ...(virusScanner ? [await startVirusScannerSandbox(virusScanner)] : []),
  ];
  console.log(`sandbox ready ${servers.map(({ url }) => url).join(' ')}`);
  const stop = () => void Promise.all(servers.map((server) => server.close()));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

void main();
