// `npm run evidence-verifier`: makes dist/verify-evidence.cjs, a program in one file that verifies evidence without a network and
// without us. It may be given to anybody.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const outfile = join(root, 'dist/verify-evidence.cjs');

await build({
  entryPoints: [join(root, 'evidence/verification/verify-evidence.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  banner: { js: '#!/usr/bin/env node' },
  legalComments: 'eof',
  logLevel: 'warning',
});
chmodSync(outfile, 0o755);
process.stdout.write(`${outfile}\n`);
