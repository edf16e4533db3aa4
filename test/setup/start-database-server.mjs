// `node test/setup/start-database-server.mjs FOLDER OPTION…`: a database server with its data in FOLDER, as `npm test` has one, with
// more options. Writes its address as one line of JSON, and ends with SIGTERM.
import { createPorts } from '../../scripts/ports.mjs';
import { createProcesses } from '../../scripts/processes.mjs';
import { provideDatabaseServer, startTestDatabase } from '../../scripts/mysql.mjs';

const [dataDir = '', ...options] = process.argv.slice(2);
const processes = createProcesses(dataDir);
const ended = new Promise((resolve) => process.on('SIGTERM', resolve));
const report = () => undefined;
const port = await createPorts(dataDir, report).take('the database', 43_306);
const server = await provideDatabaseServer({ processes, report });
const { adminUrl } = await startTestDatabase({ processes, report, dataDir, port, server, options });
process.stdout.write(`${JSON.stringify({ adminUrl })}\n`);
await Promise.race([ended, processes.crashed]);
await processes.stop();
process.exit();
