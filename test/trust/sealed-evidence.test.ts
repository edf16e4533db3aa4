import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEvidenceActivities } from '../../activities/evidence';
import { signerProofOf } from '../../db/evidence/seals';
import type { EvidenceSealRow } from '../../db/tables';
import type { SignerProof } from '../../evidence/signer/signer-authority';
import { jwksOf } from '../../evidence/signing/jwks';
import { createLogger } from '../../platform/logger';
import { documents, startHarness } from '../setup/activity-harness';
import type { ActivityHarness } from '../setup/activity-harness';
import { confirm, evidenceOf } from '../setup/confirming';
import { startEvidenceAuthorities } from '../setup/evidence-authorities';
import type { EvidenceAuthorities } from '../setup/evidence-authorities';
import { joseVerifier } from '../setup/needs/jose-verifier';

// What proves a confirmation to outsiders, verified by programs that share no code with ours.

let harness: ActivityHarness;
let authorities: EvidenceAuthorities;
let content: Buffer;
let seal: EvidenceSealRow;
let proof: SignerProof;

beforeAll(async () => {
  harness = await startHarness();
  authorities = await startEvidenceAuthorities();
  const [holder] = harness.vendors.holders;
  const { journey } = await harness.enter(holder!);
  const toDo = await harness.push(holder!);
  await confirm(harness, journey, toDo);
  const { sealEvidence } = createEvidenceActivities({
    ...{ store: harness.store, documents, sealing: authorities.sealing, now: () => new Date() },
    logger: createLogger({ level: 'silent', name: 'worker' }),
  });
  await sealEvidence({ matter: toDo.matter });
  content = Buffer.from(await evidenceOf(harness, toDo.toDo));
  seal = (await harness.store.knex('evidence_seals').first())!;
  proof = (await signerProofOf<SignerProof>(harness.store, harness.store.knex, seal))!;
}, 120_000);
afterAll(async () => {
  await authorities.end();
  await harness.end();
});

function file(name: string, bytes: Buffer | string): string {
  writeFileSync(join(authorities.folder, name), bytes);
  return join(authorities.folder, name);
}

const changed = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ 1;
  return copy;
};

/** What Python says about content and signature; empty if both are right. */
function joseErrorOf(bytes: Buffer, jws: string, jwks: object = jwksOf(authorities.sealing.keys)): string {
  const files = [file('content', bytes), file('jws', jws), file('jwks', JSON.stringify(jwks))];
  const { status, stderr } = spawnSync(joseVerifier(), [join(__dirname, 'verify_jws.py'), ...files], {
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr;
}

function isStamped(jws: string, token: Buffer): boolean {
  const of = ['-data', file('stamped', jws), '-in', file('token', token), '-token_in'];
  const roots = ['-CAfile', authorities.files.timeStamping.roots];
  return spawnSync('openssl', ['ts', '-verify', ...of, ...roots], { stdio: 'pipe' }).status === 0;
}

it('Python reads canonical JSON and verifies our signature; one changed byte fails', () => {
  expect(joseErrorOf(content, seal.jws!)).toBe('');
  for (const at of [1, 200, content.length - 3])
    expect([at, joseErrorOf(changed(content, at), seal.jws!)]).not.toEqual([at, '']);
  const [header = '', , signature = ''] = seal.jws!.split('.');
  const other = `${header}..${signature.slice(0, 10)}${signature[10] === 'A' ? 'B' : 'A'}${signature.slice(11)}`;
  expect(joseErrorOf(content, other)).toContain('InvalidJWSSignature');
});

it('Python learns from our keys that one was not in use when it signed', () => {
  const { keys } = jwksOf(authorities.sealing.keys);
  const ended = { keys: keys.map((key) => ({ ...key, exp: key.nbf })) };
  expect(joseErrorOf(content, seal.jws!, ended)).toContain('the key was not in use');
});

it('openssl verifies the time stamp over the signature, and over nothing else', () => {
  expect(isStamped(seal.jws!, seal.time_stamp!)).toBe(true);
  expect(isStamped(`${seal.jws!} `, seal.time_stamp!)).toBe(false);
  const text = seal.time_stamp!;
  // Where the hash stands.
  const at = text.indexOf(Buffer.from([0x04, 32])) + 5;
  expect(isStamped(seal.jws!, changed(text, at))).toBe(false);
});

it('openssl verifies the signature under the certificate of the person', () => {
  const [own = '', root = ''] = proof.certificates.map((der) => {
    const pem = der.replaceAll(/.{64}/g, '$&\n').trimEnd();
    return `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`;
  });
  const certificate = file('person.crt', own);
  const chain = ['verify', '-CAfile', file('person-root.crt', root), certificate];
  expect(execFileSync('openssl', chain, { encoding: 'utf8' })).toContain('OK');
  const key = execFileSync('openssl', ['x509', '-in', certificate, '-noout', '-pubkey'], { stdio: 'pipe' });
  const signature = file('person.signature', Buffer.from(proof.signature, 'base64'));
  const verify = (bytes: Buffer) =>
    spawnSync(
      'openssl',
      [
        'dgst',
        '-sha256',
        '-verify',
        file('person.pub', key),
        '-signature',
        signature,
        file('content', bytes),
      ],
      { encoding: 'utf8' },
    ).stdout;
  expect(verify(content)).toContain('Verified OK');
  expect(verify(changed(content, 5))).not.toContain('Verified OK');
});
