import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { Config } from './config';

/** Must be given to every client, worker and workflow bundle: see failure-converter.ts. */
export const temporalDataConverter: DataConverter = {
  failureConverterPath: require.resolve('./failure-converter'),
};

/**
 * For every workflow that is started. After a kill -9 of the worker Temporal waits this long before it gives a begun
 * workflow task to another one (10 s unless told); our tasks take milliseconds.
 */
export const WORKFLOW_TASK_TIMEOUT = '4s';

/** Connects the api to Temporal. The caller closes the connection. */
export async function connectTemporal(
  settings: Config['temporal'],
): Promise<{ connection: Connection; client: Client }> {
  const connection = await Connection.connect({ address: settings.address });
  const client = new Client({
    connection,
    namespace: settings.namespace,
    dataConverter: temporalDataConverter,
  });
  return { connection, client };
}
