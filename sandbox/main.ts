import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { startAlipaySandbox } from './alipay/server';
import { startRegistrySandbox } from './registry/server';

const address = { host: z.string(), port: z.number().int(), publicUrl: z.string() };

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
});

/** `node dist/sandbox/main.js <settings.json>`: replaces Alipay and a registration system on a local machine. */
async function main(): Promise<void> {
  const settings = settingsSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
  const servers = [await startAlipaySandbox(settings.alipay), await startRegistrySandbox(settings.registry)];
  console.log(`sandbox ready ${servers.map(({ url }) => url).join(' ')}`);
  const stop = () => void Promise.all(servers.map((server) => server.close()));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

void main();
