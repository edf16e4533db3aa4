// `node bench/bare-worker.mjs <address>`: the worker of the bare workflow, with the same options as our worker.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
} = require('@temporalio/worker');
/** @type {typeof import('../platform/temporal-worker.ts')} */
const { workerOptions } = require(join(import.meta.dirname, '../dist/platform/temporal-worker.js'));

const [address] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR') });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  // It receives no proven command, but its search for proofs costs as much as ours.
  ...workerOptions({ isProven: () => false }),
  connection,
  taskQueue: 'bare',
  workflowBundle: await bundleWorkflowCode({
    workflowsPath: join(import.meta.dirname, 'bare-workflow.ts'),
    failureConverterPath: join(import.meta.dirname, '../dist/platform/failure-converter.js'),
    logger: new DefaultLogger('ERROR'),
  }),
  activities: { nothing: async () => undefined },
});
const running = worker.run();
process.stdout.write('bare worker ready\n');
await running;
await connection.close();
