import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { connect as connectPlain } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { ConfigError, readConfig } from '../../platform/config';
import type { Config } from '../../platform/config-groups';
import { connectTemporal } from '../../platform/temporal';
import { connectTemporalWorker } from '../../platform/temporal-worker';
import { createAuthority } from '../setup/certificates';
import type { Certificate } from '../setup/certificates';
import { temporalServer } from '../setup/needs/temporal';

// Temporal behind TLS. Only the environment variables say how it is reached.

const folder = mkdtempSync(join(tmpdir(), 'rid-tls-'));
const authority = createAuthority(folder, 'ours');
const stranger = createAuthority(folder, 'stranger');
const client = authority.issue('client');
const apiKeyFile = join(folder, 'api-key');
writeFileSync(apiKeyFile, 'key-of-the-api\n');

const opened: { close(): unknown }[] = [];
afterAll(() => {
  for (const server of opened) server.close();
  rmSync(folder, { recursive: true });
});

const least = {
  DATABASE_URL: 'mysql://user:secret@localhost:3306/identity',
  ALIPAY_APP_ID: '2021000000000001',
  ALIPAY_PRIVATE_KEY_FILE: 'app.pem',
  ALIPAY_PUBLIC_KEY_FILE: 'alipay.pem',
  KEYS_FILE: 'keys.json',
  REGISTRIES_FILE: 'registries.json',
  REGISTRY_SIGNING_KEY_FILE: 'signing.pem',
  REGISTRY_SIGNING_KEY_ID: 'authority-1',
  SIGNING_KEYS_FILE: 'signing-keys.json',
  SIGNING_KEY_FILE: 'signing.key',
  TLOG_ORIGIN: 'identity.example/log',
  TLOG_SIGNING_KEY_FILE: 'log.pem',
};

const settingsOf = (env: Record<string, string>): Config['temporal'] =>
  readConfig({ ...least, ...env }, 'worker').temporal;

async function portOf(server: Pick<Server, 'listen' | 'address'> & { close(): unknown }): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  opened.push(server);
  return (server.address() as AddressInfo).port;
}

/** A TLS proxy in front of the tests' Temporal server. */
async function terminator(
  { certFile, keyFile }: Certificate,
  clientsSignedBy?: Certificate,
): Promise<number> {
  const [host, port] = temporalServer().address.split(':');
  const server = createTlsServer(
    {
      cert: readFileSync(certFile),
      key: readFileSync(keyFile),
      ALPNProtocols: ['h2'],
      ...(clientsSignedBy && {
        ca: readFileSync(clientsSignedBy.certFile),
        requestCert: true,
        rejectUnauthorized: true,
      }),
    },
    (socket) => {
      const behind = connectPlain(Number(port), host);
      for (const [from, to] of [
        [socket, behind],
        [behind, socket],
      ] as const) {
        from.on('error', () => to.destroy());
        from.pipe(to);
      }
    },
  );
  return await portOf(server);
}

/** Connects as the api does and as the worker does. */
async function connect(env: Record<string, string>): Promise<void> {
  const settings = settingsOf(env);
  const { connection } = await connectTemporal(settings);
  await connection.close();
  const native = await connectTemporalWorker(settings);
  await native.close();
}

const trusting = {
  TEMPORAL_TLS: 'true',
  TEMPORAL_TLS_CA_FILE: authority.certFile,
};
const withClient = { TEMPORAL_TLS_CERT_FILE: client.certFile, TEMPORAL_TLS_KEY_FILE: client.keyFile };

describe('Temporal by TLS', () => {
  let port: number;
  let mutualPort: number;
  let elsewherePort: number;

  beforeAll(async () => {
    port = await terminator(authority.issue('localhost'));
    mutualPort = await terminator(authority.issue('localhost'), authority);
    elsewherePort = await terminator(authority.issue('temporal.example'));
  });

  const at = (of: number) => ({ TEMPORAL_ADDRESS: `localhost:${of}` });

  it('api and worker connect to a server with a certificate of the trusted authority', async () => {
    await connect({ ...at(port), ...trusting });
  });

  it('they connect to a server with another name, if that name is configured', async () => {
    await connect({ ...at(elsewherePort), ...trusting, TEMPORAL_TLS_SERVER_NAME: 'temporal.example' });
  });

  it('they send a certificate of their own, if the server asks for one', async () => {
    await connect({ ...at(mutualPort), ...trusting, ...withClient });
  });

  it('neither connects in any other case', async () => {
    const other = stranger.issue('client');
    const settings: Record<string, Record<string, string>> = {
      'without TLS': at(port),
      'to a server of another authority': {
        ...at(port),
        ...trusting,
        TEMPORAL_TLS_CA_FILE: stranger.certFile,
      },
      'to a server of another name': { ...at(elsewherePort), ...trusting },
      'without the certificate that the server asks for': { ...at(mutualPort), ...trusting },
      'with a certificate of another authority': {
        ...at(mutualPort),
        ...trusting,
        TEMPORAL_TLS_CERT_FILE: other.certFile,
        TEMPORAL_TLS_KEY_FILE: other.keyFile,
      },
    };
    // All at once, because the worker's library retries for some seconds.
    const tried = Object.entries(settings).map(async ([way, env]) => {
      const settings = settingsOf(env);
      const [api, worker] = await Promise.allSettled([
        connectTemporal(settings),
        connectTemporalWorker(settings),
      ]);
      return [way, api.status, worker.status];
    });
    expect(await Promise.all(tried)).toEqual(
      Object.keys(settings).map((way) => [way, 'rejected', 'rejected']),
    );
  }, 60_000);

  it('sends its API key without the line break', async () => {
    const { certFile, keyFile } = authority.issue('localhost');
    const authorizations: (string | undefined)[] = [];
    const server = createSecureServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
    server.on('stream', (stream, headers) => {
      authorizations.push(headers.authorization);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      // An empty message.
      stream.end(Buffer.alloc(5));
    });
    await connect({ ...at(await portOf(server)), ...trusting, TEMPORAL_API_KEY_FILE: apiKeyFile });
    expect(new Set(authorizations)).toEqual(new Set(['Bearer key-of-the-api']));
  });
});

describe('the configuration of connections', () => {
  const issuesOf = (env: Record<string, string>) => {
    try {
      readConfig({ ...least, ...env }, 'worker');
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.issues.map(({ variable, code }) => `${variable} ${code}`);
    }
  };

  it.each<[Record<string, string>, string]>([
    [{ TEMPORAL_API_KEY_FILE: apiKeyFile }, 'TEMPORAL_API_KEY_FILE needs_tls'],
    [{ TEMPORAL_TLS_CA_FILE: authority.certFile }, 'TEMPORAL_TLS_CA_FILE needs_tls'],
    [{ TEMPORAL_TLS_SERVER_NAME: 'temporal.example' }, 'TEMPORAL_TLS_SERVER_NAME needs_tls'],
    [{ TEMPORAL_TLS: 'true', TEMPORAL_TLS_CERT_FILE: client.certFile }, 'TEMPORAL_TLS_KEY_FILE missing'],
    [{ TEMPORAL_TLS: 'true', TEMPORAL_TLS_KEY_FILE: client.keyFile }, 'TEMPORAL_TLS_CERT_FILE missing'],
    [{ DATABASE_CA_FILE: authority.certFile }, 'DATABASE_CA_FILE needs_tls'],
    [{ DATABASE_TLS: 'true', DATABASE_CERT_FILE: client.certFile }, 'DATABASE_KEY_FILE missing'],
    [{ DATABASE_TLS: 'true', DATABASE_KEY_FILE: client.keyFile }, 'DATABASE_CERT_FILE missing'],
    [
      // Node would compare an address with the name `localhost`.
      { DATABASE_TLS: 'true', DATABASE_URL: 'mysql://user:secret@10.0.0.1/identity' },
      'DATABASE_URL host_name_required',
    ],
    [
      { DATABASE_URL: `${least.DATABASE_URL}?ssl={"rejectUnauthorized":false}` },
      'DATABASE_URL parameters_not_allowed',
    ],
  ])('%j is refused: %s', (env, issue) => {
    expect(issuesOf(env)).toEqual([issue]);
  });
});
