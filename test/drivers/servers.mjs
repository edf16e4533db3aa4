import { readFileSync } from 'node:fs';

/** @import { Urls } from '../../scripts/stack.mjs' */

/** @typedef {Awaited<ReturnType<typeof openDatabase>>} DatabaseConnection */

/**
 * A connection to the database as its owner.
 * @param {Pick<Urls, 'databaseUrl' | 'caFile'>} urls
 */
export async function openDatabase({ databaseUrl, caFile }) {
  // Loaded here, so that the demo can say that nothing is running even before packages are installed.
  const { createConnection } = await import('mysql2/promise');
  return await createConnection({
    uri: databaseUrl,
    ...(caFile && { ssl: { ca: readFileSync(caFile, 'utf8'), verifyIdentity: true } }),
  });
}

/**
 * A client of Temporal, as an operator. Whoever opens it closes its connection.
 * @param {Pick<Urls, 'temporalAddress' | 'temporalNamespace' | 'caFile' | 'operatorCertFile' | 'operatorKeyFile'>} urls
 */
export async function openTemporal({ temporalAddress, temporalNamespace, ...files }) {
  const { Client, Connection } = await import('@temporalio/client');
  const { caFile, operatorCertFile, operatorKeyFile } = files;
  const connection = await Connection.connect({
    address: temporalAddress,
    ...(caFile &&
      operatorCertFile &&
      operatorKeyFile && {
        tls: {
          serverRootCACertificate: readFileSync(caFile),
          clientCertPair: { crt: readFileSync(operatorCertFile), key: readFileSync(operatorKeyFile) },
        },
      }),
  });
  return new Client({ connection, ...(temporalNamespace && { namespace: temporalNamespace }) });
}
