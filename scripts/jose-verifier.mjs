import { join } from 'node:path';
import { toolsDir } from './machine.mjs';
import { providePythonProgram } from './python.mjs';

/** @import { Tools } from './processes.mjs' */

const JWCRYPTO = '1.6.1';
const JOSERFC = '1.8.0';
const JCS = '0.2.1';

/**
 * A Python with libraries for JWS and canonical JSON that share no code with ours.
 * @param {Tools} tools
 * @returns the path of its program
 */
export async function provideJoseVerifier({ processes, report }) {
  const folder = join(toolsDir, `jose-${JWCRYPTO}-${JOSERFC}-${JCS}`);
  const packages = [`jwcrypto==${JWCRYPTO}`, `joserfc==${JOSERFC}`, `jcs==${JCS}`];
  return await providePythonProgram({ processes, report }, folder, 'python', packages);
}
