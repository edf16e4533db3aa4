import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCertificates } from '../certificates';
import { verifierOfKey } from '../log/note';
import { examineFile, readEvidenceFile } from './file';
import { conclusionOf } from './findings';
import type { Finding } from './findings';
import { keysOfJwks } from './trust';
import type { Trust } from './trust';
import { absenceWords, conclusionWords, mismatchWords, partWords, proofWords } from './words';
import type { Words } from './words';

const USAGE = `verify-evidence FILE --keys jwks.json [--log-keys keys.txt] [--time-stamp-roots roots.pem [--time-stamp-policy OID]]
                [--signer-roots roots.pem] [--english]

Verifies a confirmation letter or archive sheet (PDF), or an evidence bundle (JSON), without a network. FILE is only read.
  --keys              our public keys, as /.well-known/jwks.json answers them
  --log-keys          the keys of the transparency log, as /log/keys answers them
  --time-stamp-roots  root certificates of the time-stamping authority, PEM
  --signer-roots      root certificates of the authority that certifies signers, PEM
It ends with 0 if the file is genuine, 1 if something does not match, 2 if it can't be called like this, 3 if nothing proves it yet.`;

/** `verify-evidence`: the verification of one file by our public keys alone. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      keys: { type: 'string' },
      'log-keys': { type: 'string' },
      'time-stamp-roots': { type: 'string' },
      'time-stamp-policy': { type: 'string' },
      'signer-roots': { type: 'string' },
      english: { type: 'boolean' },
    },
  });
  const [path, ...more] = positionals;
  const { keys, english } = values;
  if (path === undefined || keys === undefined || more.length > 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const read = (file: string) => readFileSync(file, 'utf8');
  const trust: Trust = {
    keys: keysOfJwks(JSON.parse(read(keys))),
    logVerifiers: (values['log-keys'] === undefined ? '' : read(values['log-keys']))
      .split('\n')
      .filter(Boolean)
      .map(verifierOfKey),
    ...(values['time-stamp-roots'] !== undefined && {
      timeStamp: {
        roots: readCertificates(read(values['time-stamp-roots'])),
        policy: values['time-stamp-policy'],
      },
    }),
    ...(values['signer-roots'] !== undefined && {
      signerRoots: readCertificates(read(values['signer-roots'])),
    }),
  };
  const file = readEvidenceFile(readFileSync(path));
  const say = ({ zh, en }: Words) => (english ? en : zh);
  if (!file) {
    print(say({ zh: '无法识别该文件。', en: 'This file is nothing that can be verified.' }));
    return 1;
  }
  const { findings } = await examineFile(file, trust);
  const conclusion = conclusionOf(findings);
  print(say(conclusionWords[conclusion]));
  for (const finding of findings) print(`  ${lineOf(finding, say)}`);
  return { genuine: 0, wrong: 1, open: 3 }[conclusion];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function lineOf(finding: Finding, say: (words: Words) => string): string {
  const title = say(partWords[finding.part]);
  if (finding.result === 'wrong') return `✗ ${title}: ${say(mismatchWords[finding.why])} (${finding.why})`;
  if (finding.result === 'absent') return `… ${title}: ${say(absenceWords[finding.why])}`;
  const { how, time, by } = finding;
  return ['✓', `${title}:`, say(proofWords[how]), time?.toISOString(), by].filter(Boolean).join(' ');
}

void main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
