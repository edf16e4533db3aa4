import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCertificates } from '../evidence/certificates';
import { noteVerifiers } from '../evidence/log/note';
import { readConfigFromEnvironment } from '../platform/config';
import { readKeyRing } from '../platform/key-ring';
import { auditLog, findingText } from './log/audit';
import { openStore } from './store/store';

/**
 * `node dist/db/audit-verify.js`: verifies the transparency log and all that it commits to, and says in plain words where it was broken
 * first. `--checkpoint FILE` names a checkpoint that was kept elsewhere, which the log must continue. The exit code is 1 if something does
 * not agree.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { checkpoint: { type: 'string' } } });
  const config = readConfigFromEnvironment('audit-verify');
  const read = (file: string) => readFileSync(file, 'utf8');
  const { origin, publicKeysFile } = config.transparencyLog;
  const { timeStamp } = config;
  const verifiers = noteVerifiers(read(publicKeysFile), origin);
  const kept = values.checkpoint === undefined ? undefined : read(values.checkpoint);
  const store = openStore({ ...config.database, pool: 1 }, readKeyRing(read(config.keys.file), config.env));
  try {
    // Of the only connection.
    await store.knex.raw('SET SESSION TRANSACTION READ ONLY');
    const { leaves, checkpoints, timeStamps, records, waiting, findings } = await auditLog(
      store,
      { origin, verifiers },
      {
        evidenceDays: config.kept.evidenceDays,
        now: new Date(),
        ...(timeStamp && {
          timeStampTrust: { roots: readCertificates(read(timeStamp.rootsFile)) },
        }),
        ...(kept !== undefined && { kept }),
      },
    );
    say(
      `The log ${origin} has ${leaves} leaves and ${checkpoints} checkpoints, ${timeStamps} of them with a time stamp. ${records} records were compared; ${waiting} of them wait for their leaf.`,
    );
    for (const finding of findings.slice(0, SHOWN)) say(findingText(finding));
    if (findings.length > SHOWN) say(`… and ${findings.length - SHOWN} more.`);
    say(
      findings.length === 0
        ? 'Everything agrees.'
        : 'The log is broken. docs/operations.md, "The transparency log", says what to do.',
    );
    process.exitCode = findings.length === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

const SHOWN = 20;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
