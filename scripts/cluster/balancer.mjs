import { join } from 'node:path';
import { programOf, provideDebianTree } from '../debian.mjs';
import { findProgram } from '../machine.mjs';
import { greeting, until } from '../ports.mjs';
import { UserError } from '../user-error.mjs';

/**
 * @import { Certificates } from './certificates.mjs'
 * @import { Processes, Tools } from '../processes.mjs'
 * @import { Address } from '../services.mjs'
 */

const READY_MS = 20_000;
const deploy = join(import.meta.dirname, '../../deploy/haproxy');

/** HAProxy, of this machine or of Debian. @param {Tools} tools */
export async function provideBalancer(tools) {
  const found = findProgram('haproxy');
  if (found) return found;
  return programOf(await provideDebianTree(tools, 'haproxy', ['haproxy']), 'usr/sbin/haproxy');
}

/**
 * Starts HAProxy with TLS before the apis, and waits until it passes requests on.
 * @param {object} options
 * @param {Processes} options.processes
 * @param {string} options.program
 * @param {number} options.port
 * @param {Certificates} options.certificates
 * @param {[Address, Address]} options.apis
 */
export async function startBalancer({ processes, program, port, certificates, apis: [one, other] }) {
  await processes.start({
    name: 'balancer',
    rank: 5,
    command: program,
    args: ['-db', '-f', join(deploy, 'haproxy.cfg')],
    env: {
      ...process.env,
      BALANCER_ADDRESS: `127.0.0.1:${port}`,
      BALANCER_CERTIFICATE: certificates.balancerPem,
      UNAVAILABLE_FILE: join(deploy, 'unavailable.http'),
      API_1: `127.0.0.1:${one.port}`,
      API_2: `127.0.0.1:${other.port}`,
    },
  });
  const isServing = async () => {
    await greeting('127.0.0.1', port, 50);
    return (await fetch(`https://localhost:${port}/health/ready`)).ok;
  };
  if (!(await until(isServing, READY_MS)))
    throw new UserError(`HAProxy passed nothing on within ${READY_MS / 1000} s.`);
}
